"""A small IMAP server with one message, that misbehaves at one step, as a real one seldom does."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from io import BufferedRWPair
from threading import Thread

MESSAGE = (
    b"From: Focal point <ilo@example.org>\r\nSubject: Out of office\r\nMessage-ID: <away@example.org>\r\n"
    b"Auto-Submitted: auto-replied\r\nDate: Mon, 11 Oct 2027 08:00:00 +0000\r\n\r\nI am away.\r\n"
)
STEPS = ("greeting", "LOGIN", "SELECT", "STATUS", "SEARCH", "SIZE", "BODY", "STORE", "LOGOUT")
_ANSWERS = {
    "SELECT": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n",
    "STATUS": b'* STATUS "INBOX" (UIDVALIDITY 7)\r\n',
    "SEARCH": b"* SEARCH 1\r\n",
    "SIZE": b"* 1 FETCH (UID 1 RFC822.SIZE %d)\r\n",
    "BODY": b"* 1 FETCH (UID 1 BODY[] {%d}\r\n%s)\r\n" % (len(MESSAGE), MESSAGE),
    "LOGOUT": b"* BYE\r\n",
    "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n",
    "LIST": b'* LIST () "/" "INBOX"\r\n',
}


@dataclass
class Script:
    """At which step it misbehaves: `close`, `halfway`, `silent`, `NO`, `BAD`, `echo` or `nonsense`.

    `size` is how many bytes it says that its message has.
    """

    step: str = ""
    how: str = ""
    size: int = len(MESSAGE)
    asked: list[str] = field(default_factory=list)


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
    with suppress(OSError), client.makefile("rwb") as wire:
        if not _said(client, wire, script, "greeting", b"", b"* OK ready\r\n"):
            return
        for line in wire:
            tag, _, command = line.strip().partition(b" ")
            step = _step(command.decode("latin-1"))
            script.asked.append(step)
            told = _ANSWERS.get(step, b"")
            answer = (told % script.size if step == "SIZE" else told) + tag + b" OK done\r\n"
            if (step, "echo") == (script.step, script.how):
                answer = tag + b" NO you said: " + command + b"\r\n"
            if not _said(client, wire, script, step, tag, answer):
                return


def _step(command: str) -> str:
    verb = (re.sub(r"^UID ", "", command).split() or [""])[0]
    return {"FETCH": "SIZE" if "SIZE" in command else "BODY", "EXAMINE": "SELECT"}.get(verb, verb)


def _said(
    client: socket.socket, wire: BufferedRWPair, script: Script, step: str, tag: bytes, answer: bytes
) -> bool:
    """Answer, or misbehave; whether the talk goes on."""
    how = script.how if script.step == step else ""
    if how == "silent":
        return False
    if how == "halfway":
        answer = answer[: len(answer) // 2]
    if how in {"NO", "BAD"}:
        answer = (tag or b"*") + b" " + how.encode() + b" not today\r\n"
    if how == "nonsense":
        answer = b"\xff\xfe nothing of the kind\r\n"
    if how != "close":
        wire.write(answer)
        wire.flush()
    if how in {"close", "halfway", "nonsense"}:
        client.shutdown(socket.SHUT_RDWR)
        return False
    return True
