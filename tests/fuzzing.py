"""How many examples properties are tried with, and how what people send is broken for them."""

import os
from collections.abc import Iterable

TIMES = int(os.environ.get("SOAK_TIMES", "1"))
# What mails consist of; put in anywhere, it makes others of them.
MAIL_PIECES = (
    *(b"\r\n\r\n", b"--b\n", b"Content-Type: ", b"multipart/mixed; boundary=b", b"=?utf-8?b?", b"?=", b"\0"),
    *(b"(", b"message/rfc822", b"Content-Transfer-Encoding: base64\n", b"From: ilo@example.org\n"),
    b"References: <",
)


def examples(usual: int) -> int:
    """Return how many examples to try, of which `make test` tries the usual number."""
    return usual * TIMES


def edited(content: bytes, edits: Iterable[tuple[float, float, bytes]]) -> bytes:
    """Return a content in which pieces were replaced: each from a place on, over a length, by others.

    Place and length are shares of the whole.
    """
    for where, length, piece in edits:
        first = int(where * len(content))
        content = content[:first] + piece + content[first + int(length * len(content)) :]
    return content
