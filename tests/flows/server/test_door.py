from typing import NamedTuple

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Scope

from flows.server.door import Door, names
from flows.server.environment import origins
from tests.apart import finished

OURS = "http://127.0.0.1:4300"
WHERE = 4300, "https://Mandates.example.org"


class Answer(NamedTuple):
    status: int
    text: str
    headers: dict[str, str]


def answer(kind: str = "http", *, host: str = "127.0.0.1:4300", origin: str | None = None) -> Answer:
    """Ask at a door before a server that answers everything with "inside"."""
    sent = list[Message]()
    headers = [(b"host", host.encode()), *([(b"origin", origin.encode())] if origin is not None else [])]
    scope: Scope = {"type": kind, "method": "GET", "path": "/", "headers": headers}

    async def receive() -> Message:
        return {"type": f"{kind}.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    finished(Door(PlainTextResponse("inside"), names(*WHERE), origins(*WHERE))(scope, receive, send))
    start, body = sent
    found = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], body["body"].decode(), found)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:4300", 200),
        ("mandates.example.org", 200),
        ("MANDATES.example.org", 200),
        ("127.0.0.1", 421),
        ("127.0.0.1:4301", 421),
        ("localhost:4300", 421),
        ("evil.localhost:4300", 421),
        ("mandates.example.org.evil.example", 421),
        ("127.0.0.1:4300.evil.example", 421),
        ("evil.example", 421),
        ("", 421),
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_only_our_own_names_are_answered(kind, host, status):
    assert answer(kind, host=host).status == status


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (OURS, 200),
        ("https://mandates.example.org", 200),
        ("http://mandates.example.org", 403),
        ("http://127.0.0.1:4301", 403),
        ("http://localhost:4300", 403),
        ("https://evil.example", 403),
        ("null", 403),
        ("", 403),
    ],
)
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_only_our_own_pages_are_answered(kind, origin, status):
    assert answer(kind, origin=origin).status == status


def test_who_asks_by_our_name_and_from_no_page_is_let_in():
    assert answer()[:2] == (200, "inside")


def test_who_is_turned_away_is_told_where_to_ask():
    assert answer(host="localhost:4300").text == (
        "This server does not answer to that name. "
        "Its address is http://127.0.0.1:4300 or https://mandates.example.org.\n"
    )


@pytest.mark.parametrize("host", ["127.0.0.1:4300", "evil.example"])
def test_no_other_page_may_frame_ours_and_ours_ask_no_other_server(host):
    headers = answer(host=host).headers

    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert headers["content-security-policy"] == "frame-ancestors 'self'; connect-src 'self'"
