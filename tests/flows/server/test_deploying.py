from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import httpx
import pytest
from pydantic import SecretStr

from flows.server.credentials import made
from flows.server.deploying import deploy
from flows.server.errors import StartError
from tasks.installation.settings import Settings


class Elsewhere(ThreadingHTTPServer):
    """Somebody else's server: it keeps what it is told, and answers that it is broken."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Listening)
        self.told: list[str | None] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/api"


class Listening(BaseHTTPRequestHandler):
    server: Elsewhere

    def do_POST(self) -> None:
        self.server.told.append(self.headers["Authorization"])
        self.send_error(500)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    with Elsewhere() as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def test_the_password_made_for_our_server_is_told_to_no_other(tmp_path, elsewhere):
    settings = Settings(home=tmp_path)
    made(settings)

    with pytest.raises(httpx.HTTPStatusError):
        deploy(settings, elsewhere.url, None, say=print)

    assert elsewhere.told == [None]


def test_a_password_that_a_person_set_is_told_to_the_server_they_name(tmp_path, elsewhere):
    settings = Settings(home=tmp_path, prefect_auth=SecretStr("us:chosen"))

    with pytest.raises(httpx.HTTPStatusError):
        deploy(settings, elsewhere.url, None, say=print)

    assert elsewhere.told == [f"Basic {b64encode(b'us:chosen').decode()}"]


def test_whoever_listens_on_our_port_while_our_server_does_not_run_is_told_nothing(tmp_path, elsewhere):
    settings = Settings(home=tmp_path, port=elsewhere.server_port)
    made(settings)

    for url in (None, elsewhere.url):
        with pytest.raises(StartError, match="No automation server runs on"):
            deploy(settings, url, None, say=print)

    assert elsewhere.told == []
