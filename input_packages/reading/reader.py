"""The reader: what a file is, why it is refused if it is, and what can be read of it."""

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass, field
from errno import EINVAL
from hashlib import file_digest
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from input_packages.reading.limits import LIMITS, Limits
from input_packages.reading.previewing.preview import Preview
from input_packages.reading.refusals import Refusal
from input_packages.reading.scanner import Scanner, no_scanner
from input_packages.reading.signatures import HEAD, TAIL, Kind, is_locked_office, kind_of

_ROOT: Final = Path(__file__).parents[2]


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


@dataclass(slots=True)
class Reader:
    """Reads files one after the other; the child that opens them starts with the first one."""

    limits: Limits = LIMITS
    scanner: Scanner = no_scanner
    _child: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._child:
            self._child.communicate()
            self._child = None

    def read(self, file: Path) -> Reading:
        """Return what a file is and what speaks against it. Nothing in it is run, whatever it holds.

        Raises:
            OSError: the file cannot be read.
        """
        if file.exists() and not file.is_file():
            raise OSError(EINVAL, "no plain file; expected a document", str(file))
        size = file.stat().st_size
        if size > self.limits.size:
            return Reading(None, size, None, (Refusal.TOO_LARGE,))
        with file.open("rb") as stream:
            sha256 = file_digest(stream, "sha256").hexdigest()
        if not size:
            return Reading(sha256, size, None, (Refusal.EMPTY,))
        kind = _at_sight(file, size)
        if isinstance(kind, Refusal):
            return Reading(sha256, size, None, (kind,))
        if refusal := self.scanner(file):
            return Reading(sha256, size, kind, (refusal,))
        said = self._opened(file, kind)
        return Reading(sha256, size, said.kind, said.refusals, said.preview)

    def _opened(self, file: Path, kind: Kind) -> _Answer:
        child = self._child or self._start()
        assert child.stdin  # noqa: S101 (a pipe: see _start)
        assert child.stdout  # noqa: S101 (a pipe: see _start)
        asked = {"file": str(file.resolve()), "kind": kind, "limits": asdict(self.limits)}
        child.stdin.write(json.dumps(asked).encode() + b"\n")
        child.stdin.flush()
        try:
            return _Answer.model_validate_json(child.stdout.readline())
        except ValidationError:
            return _Answer(kind=kind, refusals=(Refusal.DAMAGED,), preview=None)

    def _start(self) -> "subprocess.Popen[bytes]":
        """Start the child with nothing of our environment: no secret can be read where files are opened."""
        self._child = subprocess.Popen(
            [sys.executable, "-m", "input_packages.reading.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=_ROOT,
            env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
        )
        return self._child


def _at_sight(file: Path, size: int) -> Kind | Refusal:
    with file.open("rb") as stream:
        head = stream.read(HEAD)
        stream.seek(max(size - TAIL, 0))
        found = kind_of(head, stream.read())
        if found is not Refusal.OLD_OFFICE:
            return found
        stream.seek(0)
        return Refusal.ENCRYPTED if is_locked_office(stream.read()) else found
