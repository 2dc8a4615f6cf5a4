"""The pages over HTTP: for those let in, read only, in every language, with nothing loaded from anywhere."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Protocol, TypeVar

from fastapi import FastAPI, Path, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.middleware.trustedhost import TrustedHostMiddleware

from policies.recurrence.cycle_key import CycleKey
from policies.status.states import State
from portal.board.addresses import Addresses
from portal.board.cycle import cycle_page, notice_page
from portal.board.data import BoardData
from portal.board.door import Door, asked_here, field
from portal.board.obligation import obligation_page
from portal.board.operations import findings_page, health_of, load_page, statements_page
from portal.board.overview import board
from portal.board.people import people_page
from portal.board.refusals import spoken_by
from portal.board.rendering import offered, page
from portal.board.responses import GUARDS, Gone, Missing, NotLetIn, has_already, refusing
from portal.board.rolls import rolls_page
from records.feeds import feed_at
from records.overview import Wanted
from records.packages import package_in
from records.statements import statement_with
from tasks.calendar.calendar import calendar_between
from tasks.calendar.feed import feed, give
from tasks.calendar.feed_filter import FeedFilter
from tasks.installation.seals import SUFFIX
from tasks.status.statuses import status_json

Answering = TypeVar("Answering", bound=Callable[..., Response])
Language = Annotated[str, Path(pattern="^[a-z]{2}$")]
Name = Annotated[str, Path(max_length=200)]
Words = Annotated[str, Query(max_length=100)]
Link = Annotated[str, Query(max_length=100)]
PageNumber = Annotated[int, Query(ge=1, le=100_000)]
REFUSED: Mapping[int | str, dict[str, Any]] = {
    status: {"description": words, "content": {"text/html": {}}}
    for status, words in {
        400: "not understood",
        401: "not let in",
        403: "lets nobody in",
        404: "no such page",
        410: "revoked",
    }.items()
}
OWN_NAMES = ("127.0.0.1", "localhost")
"""What the board is called on its own machine."""


def create_app(board_data: BoardData, door: Door | None, *, hosts: Sequence[str] = OWN_NAMES) -> FastAPI:
    """Return the application. It answers to the names in `hosts`, and shows the board to whom `door` lets in.

    Without a door it is not for serving but for writing files, and leaves out what needs a server.
    """
    app = FastAPI(
        title="Mandate Keeper", docs_url=None, redoc_url=None, responses=dict(REFUSED), redirect_slashes=False
    )
    refusing(app, board_data, door)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*hosts])
    shown = _showing(board_data, static=door is None)
    if door:
        _entering(app, door, shown)
    _duties(app, board_data, shown)
    _house(app, board_data, shown)
    _files(app, board_data)
    if door:
        _feeds(app, board_data, door)
    _machines(app, board_data)
    return app


def _read(app: FastAPI, path: str, **more: Any) -> Callable[[Answering], Answering]:  # noqa: ANN401 (FastAPI's own)
    """Let a function answer GET and HEAD (RFC 9110 asks for both; mail scanners send the latter)."""

    def routed(answer: Answering) -> Answering:
        app.get(path, **more)(answer)
        app.head(path, include_in_schema=False, **more)(answer)
        return answer

    return routed


class _Shown(Protocol):
    def __call__(self, request: Request, language: str, template: str, words: Mapping[str, Any]) -> Response:
        """Answer with a page."""


def _showing(board_data: BoardData, *, static: bool) -> _Shown:
    def shown(request: Request, language: str, template: str, words: Mapping[str, Any]) -> Response:
        here = template.removesuffix(".html")
        around = around_of(board_data, request.url.path, language, "" if here == "board" else here)
        return HTMLResponse(page(language, template, {**around, "static": static, **words}), headers=GUARDS)

    return shown


def _entering(app: FastAPI, door: Door, shown: _Shown) -> None:
    """Show the page that a link leads to, with one button; only pressing it uses the link up."""

    @_read(app, "/let-in", response_class=RedirectResponse, status_code=307)
    def a_link(request: Request, link: Link = "") -> Response:
        language = spoken_by("", request.headers.get("accept-language", ""))
        return RedirectResponse(Addresses(language).let_in(link), 307, headers=GUARDS)

    @_read(app, "/{language}/let-in", response_class=HTMLResponse)
    def before_the_door(request: Request, language: Language, link: Link = "") -> Response:
        if not door.knows(link):
            raise NotLetIn
        here = {"link": link, "path": Addresses(_spoken(language)).let_in(link), "as_of": None}
        return shown(request, language, "let_in.html", here)

    @app.post("/{language}/let-in", response_class=RedirectResponse, status_code=303)
    async def through_the_door(request: Request, language: Language) -> Response:
        start = Addresses(_spoken(language)).board()
        link = await field(request, "link") if asked_here(request) else ""
        secret = await run_in_threadpool(door.let_in, link)
        if secret is None:
            raise NotLetIn
        answer = RedirectResponse(start, 303, headers=GUARDS)
        answer.set_cookie(door.cookie, secret, httponly=True, samesite="strict", secure=door.secure)
        return answer


def _duties(app: FastAPI, board_data: BoardData, shown: _Shown) -> None:
    @_read(app, "/", response_class=RedirectResponse, status_code=307, name="start")
    def start(request: Request) -> Response:
        language = spoken_by("", request.headers.get("accept-language", ""))
        return RedirectResponse(Addresses(language).board(), 307, headers=GUARDS)

    @_read(app, "/{language}/", response_class=HTMLResponse)
    def the_board(
        request: Request,
        language: Language,
        q: Words = "",
        state: State | None = None,
        holder: Words = "",
        page: PageNumber = 1,
    ) -> Response:
        wanted = Wanted(q, state or "", _holder(board_data, holder), page)
        return shown(request, _spoken(language), "board.html", board(board_data, wanted, language))

    @_read(app, "/{language}/obligations/{obligation}", response_class=HTMLResponse)
    def an_obligation(request: Request, language: Language, obligation: Name) -> Response:
        words = obligation_page(board_data, obligation, _spoken(language))
        return shown(request, language, "obligation.html", words | {"parts_of": words["parts"]})

    @_read(app, "/{language}/cycles/{obligation}/{name}", response_class=HTMLResponse)
    def a_cycle(request: Request, language: Language, obligation: Name, name: Name) -> Response:
        words = cycle_page(board_data, str(CycleKey(obligation, name)), _spoken(language))
        return shown(request, language, "cycle.html", words)

    @_read(app, "/{language}/cycles/{obligation}/{name}/notices/{notice}", response_class=HTMLResponse)
    def a_notice(
        request: Request, language: Language, obligation: Name, name: Name, notice: Name
    ) -> Response:
        words = notice_page(board_data, str(CycleKey(obligation, name)), notice, _spoken(language))
        return shown(request, language, "notice.html", words)


def _house(app: FastAPI, board_data: BoardData, shown: _Shown) -> None:
    @_read(app, "/{language}/findings", response_class=HTMLResponse)
    def the_findings(request: Request, language: Language, page: PageNumber = 1) -> Response:
        words = findings_page(board_data, page, _spoken(language))
        return shown(request, language, "findings.html", words)

    @_read(app, "/{language}/load", response_class=HTMLResponse)
    def the_load(request: Request, language: Language) -> Response:
        return shown(request, _spoken(language), "load.html", load_page(board_data))

    @_read(app, "/{language}/statements", response_class=HTMLResponse)
    def the_statements(request: Request, language: Language) -> Response:
        return shown(request, _spoken(language), "statements.html", statements_page(board_data))

    @_read(app, "/{language}/rolls", response_class=HTMLResponse)
    def the_rolls(request: Request, language: Language) -> Response:
        return shown(request, _spoken(language), "rolls.html", rolls_page(board_data))

    @_read(app, "/{language}/people", response_class=HTMLResponse)
    def the_people(request: Request, language: Language) -> Response:
        return shown(request, _spoken(language), "people.html", people_page(board_data))

    @_read(app, "/{language}/health", response_class=HTMLResponse)
    def the_health(request: Request, language: Language) -> Response:
        return shown(request, _spoken(language), "health.html", {"health": health_of(board_data)})


def _files(app: FastAPI, board_data: BoardData) -> None:
    @_read(app, "/packages/{file}", response_class=FileResponse)
    def a_package(file: Name) -> Response:
        with board_data.session() as session:
            known = package_in(session, file.removesuffix(SUFFIX))
        return _file(board_data.installation.settings.packages / file if known else None)

    @_read(app, "/statements/{file}", response_class=FileResponse)
    def a_statement(file: Name) -> Response:
        with board_data.session() as session:
            known = statement_with(session, file.removesuffix(SUFFIX))
        return _file(board_data.installation.settings.statements / file if known else None)


def _feeds(app: FastAPI, board_data: BoardData, door: Door) -> None:
    @_read(app, "/feed/{token}.ics", response_class=Response)
    def a_feed(request: Request, token: Name) -> Response:
        installation, today = board_data.installation, board_data.today()
        with board_data.session() as session:
            found = feed_at(session, token)
            if found is None:
                raise Missing
            if found.revoked:
                raise Gone
            grant = found.grant
            wanted = FeedFilter(grant.obligation, grant.actor, grant.language)
            reader = f"feed:{grant.id}"
            calendar = feed(session, installation, board_data.overview().facts, today, wanted, reader)
        if calendar.new:
            calendar = give(installation, today, wanted, reader, door.now())
        headers = {**GUARDS, "ETag": calendar.etag, "Cache-Control": "private, no-cache"}
        if has_already(request.headers.getlist("if-none-match"), calendar.etag):
            return Response(status_code=304, headers=headers)
        return Response(calendar.content, media_type="text/calendar", headers=headers)


def _machines(app: FastAPI, board_data: BoardData) -> None:
    @_read(app, "/api/status.json", response_class=JSONResponse)
    def the_status(
        after: Annotated[str, Query(max_length=100)] = "", limit: Annotated[int, Query(ge=1, le=1000)] = 1000
    ) -> Response:
        seen = board_data.overview()
        wanted = sorted(name for name in seen.pack.obligations if name > after)[:limit]
        statuses = [seen.status(each) for each in wanted]
        actors = seen.pack.actors
        rows = [status_json(each, external=actors[each.obligation.holder].external) for each in statuses]
        return JSONResponse({"as_of": seen.as_of.isoformat(), "obligations": rows}, headers=GUARDS)

    @_read(app, "/api/calendar.json", response_class=JSONResponse)
    def the_calendar(year: Annotated[int, Query(ge=1900, le=2200)] | None = None) -> Response:
        seen = board_data.overview()
        first = seen.as_of.replace(year=year or seen.as_of.year, month=1, day=1)
        rows = calendar_between(seen.pack, seen.facts, seen.as_of, first, first.replace(month=12, day=31))
        return JSONResponse(rows, headers=GUARDS)

    @_read(app, "/api/health.json", response_class=JSONResponse)
    def the_health() -> Response:
        health = health_of(board_data)
        enforced = health.runs["enforce"]
        told = {
            "as_of": health.as_of.isoformat(),
            "keeps_watch": health.well,
            "enforced_for": enforced.as_of.isoformat() if enforced else None,
            "notices": health.ledger,
        }
        return JSONResponse(told, headers=GUARDS)


def around_of(board_data: BoardData, path: str, language: str, here: str) -> dict[str, Any]:
    """Return what every page shows around its own matter."""
    return {
        "at": Addresses(language),
        "path": path,
        "here": here,
        "pack": board_data.installation.pack,
        "institution": board_data.installation.pack.instrument.institution,
        "as_of": board_data.today(),
    }


def _spoken(language: str) -> str:
    if language not in offered():
        raise Missing
    return language


def _holder(board_data: BoardData, holder: str) -> str:
    if holder and holder not in board_data.installation.pack.actors:
        raise Missing
    return holder


def _file(file: Any) -> Response:  # noqa: ANN401 (a path, or none)
    if file is None or not file.is_file():
        raise Missing
    return FileResponse(file, filename=file.name, headers=GUARDS)
