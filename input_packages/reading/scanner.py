"""The hook for a virus scanner: clamd, asked over a socket with its command INSTREAM."""

import socket
import struct
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from input_packages.reading.refusals import Refusal

_CHUNK = 256 * 1024
_SECONDS = 60.0
_LONGEST_ANSWER = 4096

Scanner = Callable[[Path], Refusal | None]


def no_scanner(_file: Path) -> Refusal | None:
    """Find nothing: where no scanner is set up, the other guards are all there is."""
    return None


@dataclass(frozen=True, slots=True)
class Clamd:
    """A clamd at `unix:///path/to/clamd.ctl` or `tcp://host:3310`."""

    address: str

    def __call__(self, file: Path) -> Refusal | None:
        """Return why the scanner refuses a file. One that cannot be asked lets nothing pass."""
        try:
            with self._connection() as scanner, file.open("rb") as stream:
                scanner.sendall(b"zINSTREAM\0")
                while chunk := stream.read(_CHUNK):
                    scanner.sendall(struct.pack("!L", len(chunk)) + chunk)
                scanner.sendall(struct.pack("!L", 0))
                said = scanner.makefile("rb").read(_LONGEST_ANSWER)
        except OSError:
            return Refusal.NOT_SCANNED
        verdict = said.rstrip(b"\0\n")
        if verdict.endswith(b"FOUND"):
            return Refusal.VIRUS
        return None if verdict == b"stream: OK" else Refusal.NOT_SCANNED

    def _connection(self) -> socket.socket:
        where = urlsplit(self.address)
        if where.scheme == "unix":
            with ExitStack() as until_connected:
                scanner = until_connected.enter_context(socket.socket(socket.AF_UNIX))
                scanner.settimeout(_SECONDS)
                scanner.connect(where.path)
                until_connected.pop_all()
                return scanner
        return socket.create_connection((where.hostname or "", where.port or 3310), timeout=_SECONDS)
