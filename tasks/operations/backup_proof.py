"""What proves a backup: that it holds a record and the files this names, its seal, and the heads up to it."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from records.chain.signing import head_of
from records.database import Engine, open_database, reading
from tasks.installation.sealing import heads_file, sealer_with
from tasks.installation.seals import Head, UnusableSealError, beside, described, grouped, seal_of
from tasks.installation.settings import Settings
from tasks.installation.signing_key import key_here
from tasks.operations.files_on_record import file_breaks
from tasks.operations.heads import contains

if TYPE_CHECKING:
    from records.database import Session


def position_of(database: Path) -> int:
    """Return how far the chain of a copied record goes; 0 where nothing is recorded."""
    engine = open_database(f"sqlite:///{database}")
    try:
        with reading(engine) as session:
            found = head_of(session)
    finally:
        engine.dispose()
    return found[0] if found else 0


def heads_up_to(settings: Settings, position: int) -> bytes:
    """Return the heads signed here that a record contains whose chain ends at a position."""
    file = heads_file(settings)
    lines = file.read_bytes().splitlines(keepends=True) if file.is_file() else []
    return b"".join(line for line in lines if json.loads(line)["head"]["position"] <= position)


def seal_backup(settings: Settings, file: Path, head: Head | None, now: datetime) -> Path | None:
    """Write the seal of a backup beside it; None where the key is not here."""
    engine = open_database(settings.database)
    try:
        with reading(engine) as session:
            key = key_here(session, settings)  # none is made here: others may be writing
        found = sealer_with(engine, key, now)
    finally:
        engine.dispose()
    return found.seal_file(file, head) if found else None


def seal_wrong(file: Path, engine: Engine) -> str:
    """Return what is wrong with the seal beside a backup; empty where there is none, or it holds."""
    try:
        seal = seal_of(beside(file).read_bytes(), beside(file).name)
    except FileNotFoundError:
        return ""
    except UnusableSealError as error:
        return str(error)
    if not seal.is_signed:
        return f"{beside(file).name} is not as it was signed"
    found = described(file)
    if seal.file is None or (seal.file.sha256, seal.file.size) != (found.sha256, found.size):
        return f"{file.name} is not the file that its seal is of"
    with reading(engine) as session:
        return contains(session, seal)


def signer_of(file: Path) -> str:
    """Return with which key a backup was sealed, in words."""
    try:
        public = seal_of(beside(file).read_bytes(), beside(file).name).key.public
    except (OSError, UnusableSealError):
        return "no seal is beside it"
    return f"sealed with the public key {grouped(public)}"


def files_wrong(session: "Session", folder: Path) -> list[str]:
    """Return which files of an unpacked backup are not those that its record names."""
    return list(file_breaks(session, Settings(home=folder)))
