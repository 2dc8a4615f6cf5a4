"""The reader: what a file is, why it is refused if it is, and what can be read of it."""

import json
import os
import socket
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from errno import EINVAL, EPERM
from hashlib import file_digest
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from input_packages.reading.confinement import Kernel, this_kernel
from input_packages.reading.limits import LIMITS, Limits
from input_packages.reading.previewing.preview import Preview
from input_packages.reading.refusals import Refusal
from input_packages.reading.scanner import Scanner, no_scanner
from input_packages.reading.signatures import HEAD, TAIL, Kind, is_locked_office, kind_of
from policies.problems import visible

_ROOT: Final = Path(__file__).parents[2]
_CHILD: Final = "input_packages.reading.child"


class UnopenedError(OSError):
    """A file was not opened, or not to its end, for a reason that is no fault of its own."""

    def __init__(self, why: str) -> None:
        super().__init__(EPERM, f"files cannot be opened safely on this machine: {why}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in a file. With no refusal, `preview` is there.

    Its SHA-256 names the bytes that came; None where they were too many to be read at all.
    """

    sha256: str | None
    size: int
    kind: Kind | None
    refusals: tuple[Refusal, ...] = ()
    preview: Preview | None = None


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Kind
    refusals: tuple[Refusal, ...]
    preview: Preview | None


class _Unready(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    unready: str


_ANSWERS: Final = TypeAdapter[_Answer | _Unready](_Answer | _Unready)


@dataclass(slots=True)
class Reader:
    """Reads files one after the other; the child that opens them starts with the first one.

    Each is opened in a process that is confined by what the `kernel` has; none is, if that has not all of it
    and `only_confined` is set. `program` is the module that is run as the child.
    """

    limits: Limits = LIMITS
    scanner: Scanner = no_scanner
    kernel: Kernel = field(default_factory=this_kernel)
    only_confined: bool = False
    program: str = _CHILD
    _child: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _asking: socket.socket | None = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child and self._asking:
            self._asking.close()
            self._child.communicate()
            self._child = self._asking = None

    def check(self) -> None:
        """See that files may be opened here.

        Raises:
            UnopenedError: they may not.
        """
        if self.only_confined and self.kernel.missing:
            raise UnopenedError(f"its kernel has no {self.kernel.missing}, and MANDATES_READER=confined")

    def read(self, file: Path) -> Reading:
        """Return what a file is and what speaks against it. Nothing in it is run, whatever it holds.

        Raises:
            UnopenedError: no file may be opened here, or this one could not be.
            OSError: the file cannot be read.
        """
        self.check()
        if file.exists() and not file.is_file():
            raise OSError(EINVAL, "no plain file; expected a document", str(file))
        with file.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            if size > self.limits.size:
                return Reading(None, size, None, (Refusal.TOO_LARGE,))
            sha256 = file_digest(stream, "sha256").hexdigest()
            kind = _at_sight(stream, size) if size else Refusal.EMPTY
            if isinstance(kind, Refusal):
                return Reading(sha256, size, None, (kind,))
            if refusal := self.scanner(file):
                return Reading(sha256, size, kind, (refusal,))
            said = self._opened(stream, kind)
        return Reading(sha256, size, said.kind, said.refusals, said.preview)

    def _opened(self, file: BinaryIO, kind: Kind) -> _Answer:
        """Hand the open file over, and return what the child says of it."""
        child, asking = self._start()
        assert child.stdout  # noqa: S101 (a pipe: see _start)
        asked = {"kind": kind, "limits": asdict(self.limits), "kernel": asdict(self.kernel)}
        socket.send_fds(asking, [json.dumps(asked).encode()], [file.fileno()])
        try:
            said = _ANSWERS.validate_json(child.stdout.readline())
        except ValidationError:
            return _Answer(kind=kind, refusals=(Refusal.DAMAGED,), preview=None)
        if isinstance(said, _Unready):
            raise UnopenedError(visible(said.unready))
        return said

    def _start(self) -> "tuple[subprocess.Popen[bytes], socket.socket]":
        """Start the child with nothing of our environment: no secret can be read where files are opened."""
        if self._child and self._asking:
            return self._child, self._asking
        self._asking, asked = socket.socketpair()
        with asked:
            self._child = subprocess.Popen(  # noqa: S603 (a module of our own)
                [sys.executable, "-m", self.program],
                stdin=asked.fileno(),
                stdout=subprocess.PIPE,
                cwd=_ROOT,
                env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
            )
        return self._child, self._asking


def _at_sight(stream: BinaryIO, size: int) -> Kind | Refusal:
    stream.seek(0)
    head = stream.read(HEAD)
    stream.seek(max(size - TAIL, 0))
    found = kind_of(head, stream.read())
    if found is not Refusal.OLD_OFFICE:
        return found
    stream.seek(0)
    return Refusal.ENCRYPTED if is_locked_office(stream.read()) else found
