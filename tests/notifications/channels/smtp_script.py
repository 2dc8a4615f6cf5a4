"""A small SMTP server that misbehaves at one step, as a real one seldom does."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Thread

STEPS = ("greeting", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "content")
_ANSWERS = {
    "greeting": b"220 ready\r\n",
    "EHLO": b"250-here\r\n250 AUTH PLAIN\r\n",
    "AUTH": b"235 in\r\n",
    "DATA": b"354 go on\r\n",
    "QUIT": b"221 bye\r\n",
}


@dataclass
class Script:
    """At which step it misbehaves, and how: `close`, `halfway`, `silent` or `nonsense`."""

    step: str = ""
    how: str = ""


@contextmanager
def scripted(script: Script) -> Iterator[int]:
    """Run it; gives its port. One that fell silent keeps its connections until the end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        kept: list[socket.socket] = []
        Thread(target=_serve, args=(listening, script, kept), daemon=True).start()
        try:
            yield int(listening.getsockname()[1])
        finally:
            for each in kept:
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
                each.close()


def _serve(listening: socket.socket, script: Script, kept: list[socket.socket]) -> None:
    with suppress(OSError):
        while True:
            client, _ = listening.accept()
            kept.append(client)
            Thread(target=_talk, args=(client, script), daemon=True).start()


def _talk(client: socket.socket, script: Script) -> None:
    with suppress(OSError), client.makefile("rb") as lines:
        going = _answered(client, script, "greeting")
        content = False
        for line in lines:
            if not going:
                return
            step = "content" if content else line[:4].decode("ascii").upper()
            if not content or line == b".\r\n":
                going, content = _answered(client, script, step), step == "DATA"


def _answered(client: socket.socket, script: Script, step: str) -> bool:
    """Answer, or misbehave; whether the talk goes on."""
    answer = _ANSWERS.get(step, b"250 OK\r\n")
    how = script.how if step == script.step else ""
    if how == "silent":
        return True
    if how == "halfway":
        answer = answer[:2]
    if how == "nonsense":
        answer = b"\xff\xfe nothing of the kind\r\n"
    if how != "close":
        client.sendall(answer)
    if how:
        client.shutdown(socket.SHUT_RDWR)
    return not how
