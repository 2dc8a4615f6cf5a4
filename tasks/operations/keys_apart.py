"""The keys of personal values, backed up apart from the record: a file of its own that soon is no more.

The file also says who was forgotten. So a backup from before that forgets them again when it is restored.
"""

import os
from base64 import b64decode, b64encode
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import AwareDatetime, BaseModel, ConfigDict, TypeAdapter, ValidationError

from records.personal.keys import Keys, keys_in
from tasks.operations.backup_encryption import Recipient, locked, unlocked

if TYPE_CHECKING:
    from records.database import Session

SUFFIX = ".keys"
_FORMAT, _LOCKED = "mandate-keeper-keys-1", "mandate-keeper-keys-1-encrypted"


class _LockedFile(BaseModel):
    """The same, encrypted; when it was made can be read all the same."""

    model_config = ConfigDict(extra="forbid")

    format: str
    made_at: AwareDatetime
    encrypted: str


class UnusableKeysError(LookupError):
    """The file is no file of keys, or there is none."""


class _File(BaseModel):
    """A file of keys as it is written."""

    model_config = ConfigDict(extra="forbid")

    format: str
    made_at: AwareDatetime
    keys: dict[int, tuple[str, str]]
    forgotten: dict[int, tuple[AwareDatetime, str | None, str]]


def keys_file(archive: Path) -> Path:
    """Return the file of keys that belongs to an archive."""
    return archive.with_name(f"{archive.name}{SUFFIX}")


def write_keys(session: "Session", file: Path, now: datetime, only_for: Sequence[Recipient] = ()) -> None:
    """Write the keys of a record into a file that only its owner may read, and only its recipients can."""
    held = keys_in(session)
    content = _File(
        format=_FORMAT,
        made_at=now,
        keys={number: (holder, b64encode(secret).decode()) for number, (holder, secret) in held.keys.items()},
        forgotten=dict(held.forgotten),
    )
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write((_only_for(only_for, content) if only_for else content).model_dump_json(indent=1))
        stream.flush()
        os.fsync(stream.fileno())


def _only_for(recipients: Sequence[Recipient], content: _File) -> _LockedFile:
    said = content.model_dump_json().encode()
    return _LockedFile(format=_LOCKED, made_at=content.made_at, encrypted=locked(said, recipients))


def read_keys(file: Path, identity: Path | None = None) -> Keys:
    """Read a file of keys; `identity` opens one that is encrypted.

    Raises:
        UnusableKeysError: it is not there, or is none.
        LockedBackupError: it is encrypted, and `identity` does not open it.
    """
    found = _read(file)
    if isinstance(found, _LockedFile):
        found = _File.model_validate_json(unlocked(found.encrypted, file.name, identity))
    if found is None:
        raise UnusableKeysError(
            f"{file} is no file of keys that mandates backup wrote; nothing personal can be read without. "
            "Name another with --keys, one of a later backup will do; or restore --without-keys"
        )
    secrets = {number: (holder, b64decode(secret)) for number, (holder, secret) in found.keys.items()}
    return Keys(secrets, found.forgotten)


def over(folder: Path, now: datetime, days: int) -> Iterator[Path]:
    """Yield the files of keys in a folder that are older than so many days, by what they say themselves."""
    for file in sorted(folder.glob(f"*{SUFFIX}")):
        found = _read(file)
        if found and now - found.made_at > timedelta(days=days):
            yield file


def _read(file: Path) -> _File | _LockedFile | None:
    try:
        found = _ANY.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None
    return found if found.format == _FORMATS[type(found)] else None


_ANY: TypeAdapter[_File | _LockedFile] = TypeAdapter(_File | _LockedFile)
_FORMATS = {_File: _FORMAT, _LockedFile: _LOCKED}
