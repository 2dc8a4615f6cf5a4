"""People who do not belong: another user of the machine, and a page on another server."""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from playwright.sync_api import Page

NOBODY = "nobody"

ASK = """
import json, sys, urllib.error, urllib.request
answers = []
for method, url in json.loads(sys.argv[1]):
    asked = urllib.request.Request(url, method=method, data=b"{}" if method == "POST" else None)
    try:
        answers.append(urllib.request.urlopen(asked, timeout=120).status)
    except urllib.error.HTTPError as refusal:
        answers.append(refusal.code)
print(json.dumps(answers))
"""

READ = """
import sys
try:
    print(open(sys.argv[1], "rb").read())
except PermissionError:
    print("refused")
"""

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


def as_another_user(script: str, *words: str) -> str:
    """Run a script of Python as a user who owns nothing here; as ourselves where we cannot become another."""
    become = {"user": NOBODY, "group": pwd.getpwnam(NOBODY).pw_gid, "extra_groups": []} if is_root() else {}
    done = subprocess.run(
        [sys.executable, "-I", "-c", script, *words],
        capture_output=True,
        text=True,
        check=True,
        cwd="/",
        env={"PATH": os.defpath},
        **become,  # type: ignore[call-overload]
    )
    return str(done.stdout).strip()


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
    """What a page gets to show of `url` in a frame of its own."""
    page.evaluate(
        """url => new Promise(done => {
            const frame = document.createElement("iframe");
            frame.onload = done;
            frame.src = url;
            document.body.append(frame);
        })""",
        url,
    )
    return page.frames[-1].title() if len(page.frames) > 1 else ""
