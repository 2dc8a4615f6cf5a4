"""Sealing: the head of the chain signed each day, and a seal beside each file that leaves the house."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from records.chain.signing import KeyFate, head_of, signing_keys
from records.database import reading
from records.packages import versions_on_record
from records.statements import statements
from tasks.installation.seals import (
    Endorsement,
    Head,
    Seal,
    SealedFile,
    SealKey,
    Unsigned,
    beside,
    described,
    endorsements,
    public_of,
    sign,
)
from tasks.installation.settings import Settings
from tasks.installation.signing_key import ensure_key

if TYPE_CHECKING:
    from records.database import Engine, Session

HEADS = "heads.jsonl"


@dataclass(frozen=True, slots=True)
class Sealer:
    """What seals at one moment: the key with the keys it follows, and the head of the chain."""

    key: Ed25519PrivateKey
    follows: tuple[Endorsement, ...]
    head: Head
    now: datetime

    def seal(self, file: SealedFile | None, head: Head | None = None) -> Seal:
        """Return the seal of a file, or of the head alone; of an earlier `head`, where one is given."""
        key = SealKey(public=public_of(self.key), follows=self.follows)
        return sign(self.key, Unsigned(at=self.now, head=head or self.head, file=file, key=key))

    def seal_file(self, file: Path, head: Head | None = None) -> Path:
        """Write the seal of a file beside it, whole or not at all."""
        written = beside(file)
        partial = written.with_name(f".{written.name}.partial")
        partial.write_bytes(self.seal(described(file), head).written())
        partial.replace(written)
        return written


def sealer(engine: "Engine", settings: Settings, now: datetime) -> Sealer | None:
    """Return what seals now; None where the key is not here, which is a finding, or nothing is recorded."""
    return sealer_with(engine, ensure_key(engine, settings, now), now)


def sealer_with(engine: "Engine", key: Ed25519PrivateKey | None, now: datetime) -> Sealer | None:
    """Return what seals now with a key; None where there is none, or nothing is recorded."""
    if key is None:
        return None
    with reading(engine) as session:
        found = head_of(session)
        made = [each for each in signing_keys(session) if each.fate == KeyFate.MADE]
    if found is None:
        return None
    head = Head(position=found[0], chain=found[1])
    return Sealer(key, endorsements([(each.public, each.endorsement) for each in made]), head, now)


def seal_what_left(engine: "Engine", settings: Settings, now: datetime) -> None:
    """Sign the head, and seal each published statement and released package that has no seal yet."""
    found = sealer(engine, settings, now)
    if found is None:
        return
    _keep_head(settings, found)
    with reading(engine) as session:
        files = list(_leaving(session, settings))
    for file, sha256 in files:
        if file.is_file() and not beside(file).exists() and described(file).sha256 == sha256:
            found.seal_file(file)


def heads_file(settings: Settings) -> Path:
    """Return the file of the heads that were signed here, one in each line."""
    return settings.home / HEADS


def _leaving(session: "Session", settings: Settings) -> Iterator[tuple[Path, str]]:
    """Yield the files that leave the house, with their hashes on record."""
    for published in statements(session):
        yield from ((settings.statements / name, sha256) for name, sha256 in published.files.items())
    for version in versions_on_record(session):
        if version.final:
            yield settings.packages / version.file, version.sha256


def _keep_head(settings: Settings, found: Sealer) -> None:
    """Write the head behind the last one, unless nothing was recorded since."""
    file = heads_file(settings)
    lines = file.read_bytes().splitlines() if file.exists() else []
    if lines and _position(lines[-1]) == found.head.position:
        return
    said = json.dumps(found.seal(None).model_dump(mode="json"), separators=(",", ":"))
    with file.open("ab") as stream:
        stream.write(f"{said}\n".encode())


def _position(line: bytes) -> int | None:
    try:
        return int(json.loads(line)["head"]["position"])
    except (ValueError, KeyError, TypeError):
        return None
