"""A desk as it is after a day's work (facts, messages, packages, a statement), and a server for its board."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn
from fastapi import FastAPI

from portal.board.app import create_app
from portal.board.data import Desk
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.packages.assembly import assemble
from tasks.statement.publishing import state, this_day
from tests.workplaces import TODAY, at, workplace_in


def lived_in(home: Path) -> Desk:
    """Return the desk of a workplace that has done its work of today."""
    workplace = workplace_in(home)
    enforce(workplace, TODAY, at(TODAY))
    assemble(workplace, TODAY, at(TODAY))
    dispatch(workplace, TODAY, at(TODAY))
    state(workplace, this_day(TODAY), at(TODAY), "a test")
    return Desk(workplace, lambda: TODAY)


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


@contextmanager
def reading(desk: Desk, hosts: list[str] | None = None) -> Iterator[httpx.Client]:
    """Read the board of a desk over HTTP."""
    with (
        served(create_app(desk, hosts=hosts)) as address,
        httpx.Client(base_url=address, trust_env=False) as client,
    ):
        yield client
