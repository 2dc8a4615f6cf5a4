"""What every answer carries, and how a refusal is answered: a page with the right status, never a trace."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from policies.pack.pack import UnknownObligationError
from portal.board.addresses import Addresses
from portal.board.cycle import UnknownCycleError
from portal.board.data import Desk
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

_log = logging.getLogger(__name__)


class Missing(LookupError):  # noqa: N818 (a page, not an error of the program)
    """There is no such page."""


class Gone(LookupError):  # noqa: N818 (the same)
    """There was such an address, and it was taken back."""


def refusing(app: FastAPI, desk: Desk) -> None:
    """Let the application answer every failure with a page that helps."""

    def refused(request: Request, status: int) -> Response:
        path = request.url.path
        language = spoken_by(path, request.headers.get("accept-language", ""))
        told = refusal(status, language)
        start = Addresses(language).board()
        words: dict[str, Any] = {
            "at": Addresses(language),
            "path": start,
            "here": None,
            "institution": desk.workplace.pack.instrument.institution,
            "as_of": None,
            "heading": told.heading,
            "advice": told.advice,
        }
        allowed = {"Allow": "GET, HEAD"} if status == 405 else {}  # noqa: PLR2004 (RFC 9110 demands it there)
        return HTMLResponse(page(language, "refusal.html", words), status, headers=GUARDS | allowed)

    statuses: dict[type[Exception], int] = {
        Missing: 404,
        UnknownObligationError: 404,
        UnknownCycleError: 404,
        NoSuchPageError: 404,
        Gone: 410,
        RequestValidationError: 400,
        DatabaseError: 503,
    }
    for kind, status in statuses.items():
        app.add_exception_handler(kind, lambda request, _error, status=status: refused(request, status))
    app.add_exception_handler(HTTPException, lambda request, error: refused(request, _status(error)))

    @app.middleware("http")
    async def guard(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
        if len(str(request.url)) > LONGEST:
            return refused(request, 414)
        try:
            return await proceed(request)
        except Exception:  # noqa: BLE001 (whatever it was: the log has the trace, the reader a page)
            _log.exception("a page could not be made: %s", request.url.path)
            return refused(request, 500)


def _status(error: Exception) -> int:
    return error.status_code if isinstance(error, HTTPException) else 500
