"""A desk as it is after a day's work (facts, messages, packages, a statement), and a server for its board."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, BrowserContext

from portal.board.app import OWN_NAMES, create_app
from portal.board.data import BoardData
from portal.board.door import Door
from records.passes import PassKind
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.operations.letting_in import give, redeem
from tasks.packages.assembly import assemble
from tasks.statement.publishing import state, this_day
from tests.installations import TODAY, at, workplace_in


def lived_in(home: Path, languages: tuple[str, ...] = ("en",)) -> BoardData:
    """Return the desk of an installation that has done its work of today, its packages in these languages."""
    installation = workplace_in(home, languages=languages)
    enforce(installation, TODAY, at(TODAY))
    assemble(installation, TODAY, at(TODAY))
    dispatch(installation, TODAY, at(TODAY))
    state(installation, this_day(TODAY), at(TODAY), "a test")
    return BoardData(installation, lambda: TODAY)


@dataclass(frozen=True)
class LetIn:
    """A browser whose every window was let in to the board at an address."""

    browser: Browser
    address: str
    cookies: Mapping[str, str]

    def new_context(self, **more: Any) -> BrowserContext:
        """Open a window, as Playwright's own method does."""
        context = self.browser.new_context(**more)
        context.add_cookies(
            [{"name": name, "value": value, "url": self.address} for name, value in self.cookies.items()]
        )
        return context


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine, and give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def door_of(board_data: BoardData, *, secure: bool = False) -> Door:
    """Return the door of a desk, at which it is always six o'clock of the day of the tests."""
    return Door(board_data.installation.engine, lambda: at(TODAY), secure)


def let_in(board_data: BoardData) -> dict[str, str]:
    """Let somebody in, and return the cookie that a browser then has."""
    engine = board_data.installation.engine
    link = give(engine, PassKind.LINK, "a reader", "a test", at(TODAY))
    session = redeem(engine, link, at(TODAY))
    assert session
    return {door_of(board_data).cookie: session}


@contextmanager
def reading(board_data: BoardData, hosts: Sequence[str] = OWN_NAMES) -> Iterator[httpx.Client]:
    """Read the board of a desk over HTTP, as somebody who was let in."""
    with (
        served(create_app(board_data, door_of(board_data), hosts=hosts)) as address,
        httpx.Client(base_url=address, trust_env=False, cookies=let_in(board_data)) as client,
    ):
        yield client
