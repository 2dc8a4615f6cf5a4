"""The door of the board: who is let in, and the one page that is shown outside of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from fastapi import Request

from records.passes import PassKind
from tasks.operations.letting_in import is_good, redeem

if TYPE_CHECKING:
    from records.database import Engine

LET_IN = re.compile(r"(/[a-z]{2})?/let-in")
"""The address that a link leads to, with or without a language."""

_OUTSIDE = re.compile(rf"{LET_IN.pattern}|/feed/[^/]+")
_FOR_MACHINES = "/api/"
_LARGEST = 1_000  # bytes of a form with one secret
_OURS = (None, "same-origin", "none")  # what a browser says of the page that a request comes from


@dataclass(frozen=True, slots=True)
class Door:
    """Lets in who has a pass that is good at `now`; `secure` where the board is reached over https."""

    engine: "Engine"
    now: Callable[[], datetime]
    secure: bool = False

    @property
    def cookie(self) -> str:
        """The name of the cookie that holds a session's secret; over https no other host can set it."""
        return "__Host-mandates-board" if self.secure else "mandates-board"

    def opens(self, request: Request) -> bool:
        """Say whether this request may be answered: by a session, a machine's token or its own address."""
        path = request.url.path
        if _OUTSIDE.fullmatch(path):
            return True
        if self._good(PassKind.SESSION, request.cookies.get(self.cookie, "")):
            return True
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        asks = path.startswith(_FOR_MACHINES) and scheme.lower() == "bearer"
        return asks and self._good(PassKind.TOKEN, token.strip())

    def knows(self, link: str) -> bool:
        """Say whether a link would let in now; that alone uses nothing up."""
        return self._good(PassKind.LINK, link)

    def let_in(self, link: str) -> str | None:
        """Use a link up, and return the secret of the session; None where it does not let in."""
        return redeem(self.engine, link, self.now()) if link else None

    def _good(self, kind: PassKind, secret: str) -> bool:
        return bool(secret) and is_good(self.engine, kind, secret, self.now())


def asked_here(request: Request) -> bool:
    """Say whether a form was sent from a page of ours, as far as the browser tells."""
    return request.headers.get("sec-fetch-site") in _OURS


async def field(request: Request, name: str) -> str:
    """Return a field of a small form; nothing where there is no such field, or the form is too large."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > _LARGEST:
            return ""
    found = parse_qs(content.decode("ascii", errors="replace")).get(name, [""])
    return found[0]
