"""What every answer carries, and how a refusal is answered: a page with the right status, never a trace."""

import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from policies.pack.pack import UnknownObligationError
from portal.board.addresses import Addresses
from portal.board.cycle import UnknownCycleError
from portal.board.data import BoardData
from portal.board.door import LET_IN, Door
from portal.board.overview import NoSuchPageError
from portal.board.refusals import refusal, spoken_by
from portal.board.rendering import POLICY, page
from records.database import DatabaseError

LONGEST = 2_000
"""Characters that an address may have."""

GUARDS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex",
}
"""Carried by every answer."""

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')  # RFC 9110, 8.8.3
_log = logging.getLogger(__name__)


class Missing(LookupError):  # noqa: N818 (a page, not an error of the program)
    """There is no such page."""


class Gone(LookupError):  # noqa: N818 (the same)
    """There was such an address, and it was taken back."""


class NotLetIn(LookupError):  # noqa: N818 (the same)
    """What was shown at the door does not let in."""


def has_already(if_none_match: Sequence[str], etag: str) -> bool:
    """Say whether what a reader has is what is shown: any of the tags it names, or whatever there is (`*`).

    Tags are compared weakly, as If-None-Match wants it (RFC 9110, 8.8.3.2 and 13.1.2).
    """
    named = ",".join(if_none_match)
    return named.strip() == "*" or etag in _TAG.findall(named)


def refused(board_data: BoardData, request: Request, status: int) -> Response:
    """Answer with a page that says what a status means, and what to do."""
    path = request.url.path
    language = spoken_by(path, request.headers.get("accept-language", ""))
    told = refusal(status, language)
    start = Addresses(language).board()
    words: dict[str, Any] = {
        "at": Addresses(language),
        "path": start,
        "here": None,
        "institution": board_data.installation.pack.instrument.institution,
        "as_of": None,
        "told": told,
    }
    return HTMLResponse(page(language, "refusal.html", words), status, headers=GUARDS | _needed(status, path))


def _needed(status: int, path: str) -> dict[str, str]:
    """Return the headers that a status must come with (RFC 9110, 15.5.2 and 15.5.6)."""
    methods = "GET, HEAD, POST" if LET_IN.fullmatch(path) else "GET, HEAD"
    needed = {401: {"WWW-Authenticate": 'Bearer realm="board"'}, 405: {"Allow": methods}}
    return needed.get(status, {})


def refusing(app: FastAPI, board_data: BoardData, door: Door | None) -> None:
    """Let the application answer whoever is not let in, and every failure, with a page that helps."""
    statuses: dict[type[Exception], int] = {
        Missing: 404,
        UnknownObligationError: 404,
        UnknownCycleError: 404,
        NoSuchPageError: 404,
        Gone: 410,
        NotLetIn: 403,
        RequestValidationError: 400,
        DatabaseError: 503,
    }
    for kind, status in statuses.items():
        app.add_exception_handler(
            kind, lambda request, _error, status=status: refused(board_data, request, status)
        )
    app.add_exception_handler(
        HTTPException, lambda request, error: refused(board_data, request, _status(error))
    )

    @app.middleware("http")
    async def guard(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
        if len(str(request.url)) > LONGEST:
            return refused(board_data, request, 414)
        try:
            if door and not await run_in_threadpool(door.opens, request):
                return refused(board_data, request, 401)
            return await proceed(request)
        except DatabaseError:
            return refused(board_data, request, 503)
        except Exception:  # noqa: BLE001 (whatever it was: the log has the trace, the reader a page)
            _log.exception("a page could not be made: %s", _named(request))
            return refused(board_data, request, 500)


def _named(request: Request) -> str:
    """Return the address for the log, without the secret that the address of a calendar is."""
    path = request.url.path
    return "/feed/…" if path.startswith("/feed/") else path


def _status(error: Exception) -> int:
    return error.status_code if isinstance(error, HTTPException) else 500
