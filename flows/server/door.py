"""The door of our Prefect server: it answers under its own names, and to pages of its own origin alone.

Prefect asks for a password, but does not look at the name it is asked under. A page elsewhere could take a
name that leads to this machine, and have a browser here ask for it.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from flows.server.environment import HOST

_ASKED = {"http", "websocket"}
# A page that frames the interface could have somebody press its buttons unseen; and Prefect's own pages would
# tell a service elsewhere how they are used.
_BOUNDS = {
    "X-Frame-Options": "SAMEORIGIN",
    "Content-Security-Policy": "frame-ancestors 'self'; connect-src 'self'",
}


class Door:
    """Lets through to `app` what is asked under one of `names`, and by no page or by one of `origins`."""

    def __init__(self, app: ASGIApp, names: Collection[str], origins: Collection[str]) -> None:
        self._app = app
        self._names = names
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or turn it away: 421 for a name that is not ours, 403 for another's page."""

        async def send_bounded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_BOUNDS)
            await send(message)

        refusal = self._refusal(Headers(scope=scope)) if scope["type"] in _ASKED else None
        await (refusal or self._app)(scope, receive, send_bounded)

    def _refusal(self, headers: Headers) -> PlainTextResponse | None:
        name, origin = headers.get("host", ""), headers.get("origin")
        if name.lower() not in self._names:
            return PlainTextResponse(f"This server does not answer to that name. {self._here()}\n", 421)
        if origin is not None and origin.lower() not in self._origins:
            return PlainTextResponse(f"Pages of other servers are not answered. {self._here()}\n", 403)
        return None

    def _here(self) -> str:
        return f"Its address is {' or '.join(sorted(self._origins))}."


def names(port: int, public_url: str | None) -> set[str]:
    """Return the names our server is asked under: the port on loopback, and what a proxy passes on."""
    public = urlsplit(public_url or "")
    return {f"{HOST}:{port}"} | {name.lower() for name in (public.hostname, public.netloc) if name}
