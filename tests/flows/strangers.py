"""People who do not belong: another user of the machine, and a page on another server."""

import encodings.idna  # noqa: F401 (another user cannot import it later, where our Python is in our home)
import os
import pwd
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from typing import TypeVar

from playwright.sync_api import Page

from tests.patience import PATIENCE

NOBODY = "nobody"
Found = TypeVar("Found")

# What a page elsewhere tries: to read, to start a run, and both with the password, should it have leaked.
TRY = """
async ([url, auth]) => {
    const tries = [
        {}, {mode: "no-cors"},
        {method: "POST", body: "{}", mode: "no-cors"},
        {method: "POST", body: "{}", headers: {"Content-Type": "application/json"}},
        {headers: {Authorization: "Basic " + btoa(auth)}},
        {method: "POST", body: "{}", headers: {Authorization: "Basic " + btoa(auth)}},
    ];
    const read = [];
    for (const each of tries) {
        try {
            const answer = await fetch(url, {credentials: "include", ...each});
            read.push(await answer.text());
        } catch (error) {
            read.push("");
        }
    }
    return read;
}
"""


def as_another_user(work: Callable[..., Found], *given: object) -> Found:
    """Do some work as a user who owns nothing here; as ourselves where we cannot become another."""
    with ProcessPoolExecutor(1, get_context("spawn"), become_nobody if is_root() else None) as pool:
        return pool.submit(work, *given).result()


def become_nobody() -> None:
    nobody = pwd.getpwnam(NOBODY)
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)


def statuses(port: int, asked: Sequence[tuple[str, str]]) -> list[int]:
    """What a server on this machine answers to each method and path, when no password is shown."""
    found = []
    for method, path in asked:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request(method, path, body="{}" if method == "POST" else None)
        found.append(connection.getresponse().status)
        connection.close()
    return found


def unreadable(files: Sequence[Path]) -> list[bool]:
    """Whether each file is kept from who asks."""
    return [is_unreadable(file) for file in files]


def is_unreadable(file: Path) -> bool:
    try:
        file.read_bytes()
    except PermissionError:
        return True
    return False


def is_root() -> bool:
    """Whether this process may become another user."""
    return os.geteuid() == 0


@contextmanager
def another_server(folder: Path) -> Iterator[int]:
    """Serve the files of a folder on a port of this machine that is not ours, and yield the port."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def frame_of(page: Page, url: str) -> str:
    """Where a frame of a page stands when it has been sent to `url`."""
    page.evaluate(
        """url => new Promise(done => {
            const frame = document.createElement("iframe");
            frame.onload = done;
            frame.src = url;
            document.body.append(frame);
        })""",
        url,
    )
    return page.frames[-1].url
