"""Verifying as an outsider: a file by its seal and a key that somebody knows, and against a record.

Two questions, answered apart: whether the file is what was sealed, and whether today's record still contains
what that day's did. The second needs the record, a backup of it, or the published list of its hashes.
"""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, is_zipfile

from records.chain.audit import ORIGIN, breaks
from records.chain.signing import links
from records.database import Engine, open_database, reading
from tasks.installation.seals import Seal, UnusableSealError, beside, described, grouped, seal_of
from tasks.operations.backup_encryption import is_encrypted
from tasks.operations.heads import contains

FORMAT = "mandate-keeper-hashes-1"
_DATABASE = "mandates.db"


class UnusableRecordError(LookupError):
    """What was named as the record is none, and no list of its hashes."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What could be told: of the file, and of the record where one was given.

    `contained` is None where no record was given, so that it could not be told.
    """

    told: tuple[str, ...]
    wrong: tuple[str, ...]
    contained: bool | None

    @property
    def holds(self) -> bool:
        """Whether nothing that could be told is wrong."""
        return not self.wrong


def verify(file: Path, seal_file: Path | None, fingerprint: str, record: Path | None) -> Verdict:
    """Verify a file by its seal, signed by a key of this fingerprint or one that it leads to.

    Raises:
        UnusableSealError: there is no seal, or it is none.
        UnusableRecordError: `record` is no record and no list.
        OSError: the file cannot be read.
    """
    seal = _read(seal_file or beside(file))
    wrong = [*_wrong_with(file, seal, fingerprint)]
    told = [] if wrong else [_sealed(file, seal)]
    if record is None:
        told.append(
            "whether the record of today still contains what it contained then was not told: that needs the "
            "record, a backup of it or its published hashes, with --record"
        )
        return Verdict((*told,), (*wrong,), None)
    missing = [*_missing(seal, record)]
    if not missing:
        told.append(f"{record} contains every row that was recorded up to position {seal.head.position}")
    return Verdict((*told,), (*wrong, *missing), not missing)


def write_hashes(engine: Engine, file: Path, now: datetime) -> int:
    """Write the hashes of all rows in their order, without contents; return how many.

    Raises:
        OSError: the file cannot be written.
    """
    with reading(engine) as session:
        found = [f"{position} {digest}" for position, digest in links(session)]
    head = f"{FORMAT} {now.isoformat()}"
    file.write_text("\n".join([head, *found, ""]), encoding="ascii")
    return len(found)


def _read(file: Path) -> Seal:
    if not file.is_file():
        raise UnusableSealError(f"{file} is not there; a seal lies beside the file, or name it with --seal")
    return seal_of(file.read_bytes(), str(file))


def _wrong_with(file: Path, seal: Seal, fingerprint: str) -> Iterator[str]:
    if not seal.is_signed:
        yield "the seal is not as it was signed"
    elif not seal.is_from(fingerprint):
        yield "the seal is signed by another key than the one named, and that key does not lead to it"
    found = described(file)
    if seal.file is None:
        yield "the seal is of the head of the chain alone, and of no file"
    elif (seal.file.sha256, seal.file.size) != (found.sha256, found.size):
        yield f"{file} is not the file that was sealed: its SHA-256 is {found.sha256}, not {seal.file.sha256}"


def _sealed(file: Path, seal: Seal) -> str:
    by = grouped(seal.key.public)
    return (
        f"{file} is as it was sealed on {seal.at:%Y-%m-%d} at {seal.at:%H:%M} UTC, at position "
        f"{seal.head.position} of the chain, with the public key {by}"
    )


def _missing(seal: Seal, record: Path) -> Iterator[str]:
    """Yield why a record, or the list of its hashes, does not contain what it did."""
    if not record.is_file():
        raise UnusableRecordError(f"{record} is not there")
    with record.open("rb") as stream:
        begins = stream.read(32)
    if begins.startswith(FORMAT.encode()):
        yield from _missing_in_list(seal, record)
        return
    with TemporaryDirectory() as folder:
        copy = Path(folder) / _DATABASE
        if begins.startswith(b"SQLite format 3\0"):
            _copy(record, copy)
        elif is_zipfile(record):
            _unpack(record, copy)
        elif is_encrypted(record):
            raise UnusableRecordError(
                f"{record} is an encrypted backup; decrypt it with age, and name what comes out"
            )
        else:
            raise UnusableRecordError(
                f"{record} is no record in SQLite, no backup and no list of hashes ({FORMAT})"
            )
        engine = open_database(f"sqlite:///{copy}")
        try:
            with reading(engine) as session:
                if why := contains(session, seal):
                    yield f"{record}: {why}"
                yield from (f"{record}: {each}" for each in breaks(session))
        finally:
            engine.dispose()


def _missing_in_list(seal: Seal, record: Path) -> Iterator[str]:
    chain, at = ORIGIN, 0
    for line in record.read_text(encoding="ascii", errors="replace").splitlines()[1:]:
        position, _, digest = line.partition(" ")
        if not position.isdecimal() or int(position) > seal.head.position:
            break
        at, chain = int(position), sha256(f"{chain}{digest}".encode()).hexdigest()
    if at != seal.head.position:
        yield f"{record} ends before position {seal.head.position} of the chain, or has none there any more"
    elif chain != seal.head.chain:
        yield f"{record}: the chain is another at position {seal.head.position}"


def _copy(record: Path, copy: Path) -> None:
    with sqlite3.connect(f"file:{record}?mode=ro", uri=True) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()


def _unpack(record: Path, copy: Path) -> None:
    try:
        with ZipFile(record) as archive:
            copy.write_bytes(archive.read(_DATABASE))
    except (BadZipFile, KeyError) as error:
        raise UnusableRecordError(f"{record} is no backup of a record: it holds no {_DATABASE}") from error
