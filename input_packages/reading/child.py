"""The process that opens files: it imports the converters once, and forks for every file.

The fork has the bytes of one file, and everything it needs of the converters; then it can open nothing more.
Asked in lines of JSON on a socket, each with an open file, it answers in lines on the standard output.
"""

import json
import socket
import sys
from codecs import lookup
from collections.abc import Callable
from functools import partial
from importlib import import_module
from io import BytesIO
from os import close

import pikepdf

from input_packages.reading.bound import UnreadyError, said_of
from input_packages.reading.confinement import Kernel
from input_packages.reading.guarding import office, open_document, pdf
from input_packages.reading.limits import Limits
from input_packages.reading.previewing.preview import Preview
from input_packages.reading.previewing.previews import preview_of
from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind, is_pdf_inside
from input_packages.reading.text import ENCODINGS, NoTextError

Look = Callable[[bytes, Kind, Limits], tuple[Kind, list[Refusal], Preview | None]]
LONGEST_QUESTION = 4096  # bytes
_OF_ARCHIVES = ("cp437", "ascii")  # what the names of members are written in


def opened(content: bytes, kind: Kind, limits: Limits) -> tuple[Kind, list[Refusal], Preview | None]:
    """Look into a file and, if nothing speaks against it, make its preview.

    Raises:
        UnreadyError: a converter wanted something that cannot be had here; it says nothing of the file.
    """
    refusals: list[Refusal] = []
    if kind is Kind.OFFICE:
        look = open_document if open_document.begins(content) else office
        found, refusals = look.looked_into(content, limits)
        kind = found or kind
    elif kind is Kind.PDF:
        refusals = pdf.refusals_of(content, limits)
    elif is_pdf_inside(content):
        refusals = [Refusal.TWO_KINDS]
    if refusals:
        return kind, refusals, None
    try:
        return kind, [], preview_of(content, kind, limits.preview)
    except NoTextError:
        return kind, [Refusal.OTHER_KIND], None
    except (MemoryError, RecursionError):
        return kind, [Refusal.TOO_HEAVY], None
    except (ImportError, PermissionError) as error:
        raise UnreadyError(str(error)) from error
    except Exception:  # noqa: BLE001 (a converter may raise anything on a file that is not what it seems)
        return kind, [Refusal.DAMAGED], None


def _line(look: Look, kind: Kind, limits: Limits, content: bytes) -> bytes:
    found, refusals, preview = look(content, kind, limits)
    shown = preview.model_dump() if preview else None
    return json.dumps({"kind": found, "refusals": refusals, "preview": shown}).encode()


def _prepare() -> None:
    """Have at hand what the converters open only when they first need it: confined, they cannot."""
    import_module("xml.dom.expatbuilder")
    for encoding in (*ENCODINGS, *_OF_ARCHIVES):
        lookup(encoding)
    # qpdf opens the system's source of random bytes with the first PDF that has a password of its owner.
    pikepdf.new().save(BytesIO(), encryption=pikepdf.Encryption(owner="a", user=""))


def serve(look: Look) -> None:
    """Answer every question until there is none: `look` is done in a fork with each file."""
    _prepare()
    with socket.socket(fileno=sys.stdin.fileno()) as asking:
        while (question := socket.recv_fds(asking, LONGEST_QUESTION, maxfds=1))[0]:
            line, (file, *_), _, _ = question
            asked = json.loads(line)
            kind, limits = Kind(asked["kind"]), Limits(**asked["limits"])
            said = said_of(partial(_line, look, kind, limits), file, limits, Kernel(**asked["kernel"]))
            close(file)
            too_heavy = {"kind": kind, "refusals": [Refusal.TOO_HEAVY], "preview": None}
            sys.stdout.buffer.write((said or json.dumps(too_heavy).encode()) + b"\n")
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    serve(opened)
