"""The process that opens files: it imports the converters once, and forks for every file.

The fork that opens a file is bound in memory, time and open files, and can write none. When it dies of the
file, only it dies. Asked in lines of JSON on the standard input, it answers in lines on the standard output.
"""

import json
import os
import resource
import select
import signal
import sys
import time
from pathlib import Path

from input_packages.reading.guarding import office, pdf
from input_packages.reading.limits import Limits
from input_packages.reading.previewing.preview import Preview
from input_packages.reading.previewing.previews import preview_of
from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind, is_pdf_inside
from input_packages.reading.text import NoTextError

_LONGEST_ANSWER = 8 * 1024 * 1024  # bytes


def opened(file: Path, kind: Kind, limits: Limits) -> tuple[Kind, list[Refusal], Preview | None]:
    """Look into a file and, if nothing speaks against it, make its preview."""
    refusals: list[Refusal] = []
    if kind is Kind.OFFICE:
        found, refusals = office.looked_into(file, limits)
        kind = found or kind
    elif kind is Kind.PDF:
        refusals = pdf.refusals_of(file, limits)
    elif is_pdf_inside(file.read_bytes()):
        refusals = [Refusal.TWO_KINDS]
    if refusals:
        return kind, refusals, None
    try:
        return kind, [], preview_of(file, kind, limits.preview)
    except NoTextError:
        return kind, [Refusal.OTHER_KIND], None
    except (MemoryError, RecursionError):
        return kind, [Refusal.TOO_HEAVY], None
    except Exception:  # noqa: BLE001 (a converter may raise anything on a file that is not what it seems)
        return kind, [Refusal.DAMAGED], None


def answer(file: Path, kind: Kind, limits: Limits) -> bytes:
    """Open a file in a fork of its own, and return what it said as one line of JSON."""
    read_end, write_end = os.pipe()
    fork = os.fork()
    if not fork:
        os.close(read_end)
        _open_bound(write_end, file, kind, limits)
    os.close(write_end)
    said = _heard(read_end, time.monotonic() + limits.seconds)
    os.close(read_end)
    if said is None:
        os.kill(fork, signal.SIGKILL)
    os.waitpid(fork, 0)
    return said or json.dumps({"kind": kind, "refusals": [Refusal.TOO_HEAVY], "preview": None}).encode()


def _open_bound(write_end: int, file: Path, kind: Kind, limits: Limits) -> None:
    """Bind this process, open the file, say what was found, and end without returning."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        found, refusals, preview = opened(file, kind, limits)
        shown = preview.model_dump() if preview else None
        said = json.dumps({"kind": found, "refusals": refusals, "preview": shown}).encode()
        with os.fdopen(write_end, "wb") as pipe:
            pipe.write(said)
    finally:
        os._exit(0)


def _heard(pipe: int, until: float) -> bytes | None:
    """Return what came through the pipe before it closed; None when it took too long or said too much."""
    said = bytearray()
    while len(said) <= _LONGEST_ANSWER:
        ready, _, _ = select.select([pipe], [], [], max(until - time.monotonic(), 0))
        if not ready:
            return None
        chunk = os.read(pipe, 1 << 16)
        if not chunk:
            return bytes(said)
        said += chunk
    return None


def serve() -> None:
    """Answer every line until there is none."""
    for line in sys.stdin:
        asked = json.loads(line)
        said = answer(Path(asked["file"]), Kind(asked["kind"]), Limits(**asked["limits"]))
        sys.stdout.buffer.write(said + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    serve()
