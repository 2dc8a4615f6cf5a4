"""Backups: the record and every file of the home in one archive that proves itself; the keys apart."""

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from errno import EINVAL
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, ValidationError

from input_packages.packing import NONSENSE
from input_packages.reading.limits import LIMITS
from policies.pack.retention import load_retention
from policies.problems import is_text
from records.chain.signing import head_of
from records.copying import Counts, breaks_in, copy_record, copy_sqlite, counts
from records.database import open_database, reading, writing
from records.personal.forgetting import shred
from records.personal.keys import Keys, put_keys, take_keys_out
from tasks.inputs.folder.keeping import contents_of
from tasks.installation.live import make_copy
from tasks.installation.sealing import HEADS
from tasks.installation.seals import Head
from tasks.installation.settings import Settings
from tasks.installation.signing_key import key_files
from tasks.operations.backup_encryption import Recipient, lock, opened, recipients_of
from tasks.operations.backup_proof import (
    files_wrong,
    heads_up_to,
    position_of,
    seal_backup,
    seal_wrong,
    signer_of,
)
from tasks.operations.keys_apart import keys_file, over, write_keys

if TYPE_CHECKING:
    from records.database import Session

DATABASE, MANIFEST = "mandates.db", "MANIFEST.json"
RETENTION = "retention"
_FORMAT = 1
# Prefect's own history and the logs are no part of the record; locks and passwords belong to the machine.
_LEFT_OUT = ("prefect", "prefect.auth", "logs", "up.lock", "watch.lock")
# The heads are written up to that of the record in the archive.


class UnusableBackupError(LookupError):
    """The archive is no backup, or not what was backed up, or there is no room for it here."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What an archive holds."""

    file: Path
    rows: Counts
    files: int
    broken: int
    head: Head | None = None
    amiss: Sequence[str] = ()

    def __str__(self) -> str:
        chain = "the audit chain is intact" if not self.broken else f"{self.broken} breaks in the audit chain"
        said = f"{sum(self.rows.values())} rows, {self.files} files; {chain}; {signer_of(self.file)}"
        return "\n  - ".join([said, *self.amiss])

    @property
    def holds(self) -> bool:
        """Whether record and files are as they were sealed."""
        return not self.broken and not self.amiss


def back_up(settings: Settings, file: Path, now: datetime, recipients: Sequence[str] = ()) -> Backup:
    """Write the record as it is at one moment, and the files beside it, into one archive; it is verified.

    Whatever the database, the archive holds the record as a SQLite file, without the keys of personal values:
    they are in a second file, and older files of keys in the folder are deleted once their time is over. The
    record is copied first: every file it names was there before it was named. With `recipients`, public keys,
    both files can be read by these alone.

    Raises:
        FileExistsError: the file is there already.
        UnusableRecipientError: not every one of these is a public key.
    """
    only_for = recipients_of(recipients)
    if file.exists():
        raise FileExistsError(17, "there is a file of that name already", str(file))
    partial = file.with_name(f".{file.name}.partial")
    partial.touch(mode=0o600)
    try:
        with TemporaryDirectory(dir=file.absolute().parent) as folder:
            database, keys = Path(folder) / DATABASE, Path(folder) / "keys"
            _copy_database(settings, database)
            _take_keys_out(database, keys, now, only_for)
            _write(settings, database, partial, now, leaving=(file, partial))
            verified = verify(partial)
            if only_for:
                lock(partial, only_for)
            keys.replace(keys_file(file))
            partial.replace(file)
            seal_backup(settings, file, verified.head, now)
    finally:
        partial.unlink(missing_ok=True)
    for old in over(file.absolute().parent, now, load_retention(settings.policies).key_files.days):
        old.unlink(missing_ok=True)
    return replace(verified, file=file)


def verify(file: Path, identity: Path | None = None) -> Backup:
    """Compare every file in an archive with its hash, and the record with its audit chain.

    `identity` is the file of the secret key that opens the archive, where it is encrypted.

    Raises:
        UnusableBackupError: it is no backup, or something in it is not what was backed up.
        LockedBackupError: it is encrypted, and `identity` does not open it.
    """
    with opened(file, identity) as archive, TemporaryDirectory(dir=file.absolute().parent) as folder:
        manifest = _extract(archive, Path(folder))
        engine = open_database(f"sqlite:///{Path(folder) / DATABASE}")
        with reading(engine) as session:
            rows, head, amiss = counts(session), head_of(session), files_wrong(session, Path(folder))
        broken, wrong = breaks_in(engine), seal_wrong(file, engine)
        engine.dispose()
    if head is None or wrong:
        raise UnusableBackupError(f"{file} is no backup of a record: {wrong or 'nothing is recorded in it'}")
    at = Head(position=head[0], chain=head[1])
    return Backup(file, rows, len(manifest.files) - 1, len(broken), at, amiss)


def restore(
    settings: Settings, file: Path, now: datetime, keys: Keys | None = None, identity: Path | None = None
) -> Backup:
    """Put a backup into an empty home and, where the settings name another database, into that.

    With `keys`, those of the backup or of a later one, what is personal can be read again, and who was
    forgotten by then is forgotten. Nothing is sent from what was restored before somebody says that it is the
    live record. `identity` is as for `verify`.

    Raises:
        UnusableBackupError: the archive is not what was backed up, or the home holds a record already.
        LockedBackupError: it is encrypted, and `identity` does not open it.
        OccupiedDatabaseError: the database holds rows already.
        NewerDatabaseError: a newer program made the backup.
    """
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    if taken := sorted(path.name for path in home.iterdir() if path.name not in _LEFT_OUT):
        raise UnusableBackupError(f"{home} is not empty ({', '.join(taken[:5])}); name another MANDATES_HOME")
    with opened(file, identity) as archive, TemporaryDirectory(dir=home) as folder:
        unpacked = Path(folder)
        manifest = _extract(archive, unpacked)
        engine = open_database(f"sqlite:///{unpacked / DATABASE}")
        if wrong := seal_wrong(file, engine):
            raise UnusableBackupError(f"{file} is no backup that can be relied on: {wrong}")
        with reading(engine) as session:
            amiss = files_wrong(session, unpacked)
        target = open_database(settings.database)
        how = f"restored from {file.name}"

        def then(_: "Session", copy: "Session") -> None:
            make_copy(copy, settings, now, how)
            if keys:
                put_keys(copy, keys, RETENTION, now)

        rows = copy_record(engine, target, then)
        shred(target)
        broken = breaks_in(target)
        engine.dispose()
        target.dispose()
        for name in manifest.files:
            if name != DATABASE:
                (home / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.move(unpacked / name, home / name)
    return Backup(file, rows, len(manifest.files) - 1, len(broken), None, amiss)


def _copy_database(settings: Settings, database: Path) -> None:
    engine = open_database(settings.database)
    try:
        if engine.dialect.name == "sqlite":
            copy_sqlite(engine, database)
        else:
            copy = open_database(f"sqlite:///{database}")
            copy_record(engine, copy)
            copy.dispose()
    finally:
        engine.dispose()


def _take_keys_out(database: Path, keys: Path, now: datetime, only_for: Sequence[Recipient]) -> None:
    """Write the keys of a copied record into a file of their own, and leave nothing of them in the copy."""
    engine = open_database(f"sqlite:///{database}")
    try:
        with writing(engine) as session:
            write_keys(session, keys, now, only_for)
            take_keys_out(session)
        shred(engine)
    finally:
        engine.dispose()


def _write(
    settings: Settings, database: Path, archive: Path, now: datetime, leaving: tuple[Path, ...]
) -> None:
    hashes: dict[str, str] = {}
    left = {path.absolute() for path in leaving}
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as written:
        ours = ((name, path.read_bytes()) for path, name in _files(settings) if path.absolute() not in left)
        heads = (HEADS, heads_up_to(settings, position_of(database)))
        for name, content in ((DATABASE, database.read_bytes()), heads, *_waiting(settings), *ours):
            hashes[name] = hashlib.sha256(content).hexdigest()
            written.writestr(name, content)
        manifest = {"format": _FORMAT, "made_at": now.isoformat(), "files": hashes}
        written.writestr(MANIFEST, json.dumps(manifest, indent=2, ensure_ascii=False))


def _waiting(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Yield what waits in the drop folder, but not where that is a link to a place with its own backups."""
    if not settings.incoming.is_symlink():
        for name, content in contents_of(settings.incoming, LIMITS.size):
            yield f"{settings.incoming.name}/{name}", content


def _files(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Yield every whole file of the home but the database, the signing key and what strangers put there.

    What begins with a dot is being written; a name that is no text is of a file that the vault has too.
    """
    left = (*_LEFT_OUT, HEADS, settings.incoming.name)
    secret = {file.absolute() for file in key_files(settings)}
    for path in sorted(settings.home.rglob("*")):
        name = path.relative_to(settings.home)
        hidden = any(part.startswith(".") for part in name.parts) or path.suffix == ".partial"
        database = len(name.parts) == 1 and name.name.startswith(DATABASE)
        ours = name.parts[0] not in left and is_text(name.as_posix()) and path.absolute() not in secret
        if ours and path.is_file() and not hidden and not database:
            yield path, name.as_posix()


class _Manifest(BaseModel):
    """What an archive says of itself: the SHA-256 of each of its files by name."""

    model_config = ConfigDict(strict=True)

    format: int
    files: dict[str, str]


def _extract(file: Path, folder: Path) -> _Manifest:
    """Unpack what the manifest names, each compared with its hash; return the manifest."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _Manifest.model_validate_json(archive.read(MANIFEST))
            _require_known(manifest, file)
            if DATABASE not in manifest.files:
                raise UnusableBackupError(f"{file} is a backup without a record; nothing was taken")
            for name, digest in manifest.files.items():
                parts = PurePosixPath(name)
                content = archive.read(name)
                if (
                    parts.is_absolute()
                    or ".." in parts.parts
                    or hashlib.sha256(content).hexdigest() != digest
                ):
                    raise UnusableBackupError(f"{file}: {name} is not what was backed up; nothing was taken")
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
    except NONSENSE as error:
        if isinstance(error, OSError) and error.errno != EINVAL:
            raise  # the disk, and not the archive
        raise UnusableBackupError(f"{file} is no whole backup of Mandate Keeper: {_why(error)}") from error
    return manifest


def _require_known(manifest: _Manifest, file: Path) -> None:
    """Refuse a backup in another format: what this program made of it might be no record."""
    if manifest.format != _FORMAT:
        raise UnusableBackupError(
            f"{file} is a backup in format {manifest.format}; this program knows {_FORMAT}. Restore it "
            "with the program that made it; nothing was taken"
        )


def _why(error: Exception) -> str:
    """Return what an archive lacks, in a few words; pydantic's own would show all of it."""
    if isinstance(error, ValidationError):
        return f"{MANIFEST} is not the list of its files"
    return str(error)
