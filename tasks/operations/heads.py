"""The record compared with the heads that were signed: those kept here, and those in seals beside files."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from records.chain.signing import chain_at, signing_keys
from tasks.installation.sealing import heads_file
from tasks.installation.seals import SUFFIX, Seal, UnusableSealError, described, seal_of
from tasks.installation.settings import Settings

if TYPE_CHECKING:
    from records.database import Session


def head_breaks(session: "Session", settings: Settings) -> Iterator[str]:
    """Yield every signed head that the record does not contain, and every seal that does not hold."""
    known = {each.public for each in signing_keys(session)}
    file = heads_file(settings)
    lines = file.read_bytes().splitlines() if file.is_file() else []
    if known and not lines:
        yield f"{file.name} is not there or empty, though a key is on record that signs heads"
    for number, line in enumerate(lines, start=1):
        yield from _compared(session, line, f"{file.name}, line {number}", known)
    for folder in (settings.statements, settings.packages):
        for seal in sorted(folder.glob(f"*{SUFFIX}")):
            yield from _compared(session, seal.read_bytes(), f"{folder.name}/{seal.name}", known)
            yield from _beside(seal)


def contains(session: "Session", seal: Seal) -> str:
    """Return why a record does not contain what it contained when a seal was made; empty where it does."""
    found = chain_at(session, seal.head.position)
    if found is None:
        return (
            f"the record ends before position {seal.head.position} of the chain, or has none there any more"
        )
    return "" if found == seal.head.chain else f"the chain is another at position {seal.head.position}"


def _compared(session: "Session", content: bytes, where: str, known: set[str]) -> Iterator[str]:
    try:
        seal = seal_of(content, where)
    except UnusableSealError as error:
        yield str(error)
        return
    if not seal.is_signed:
        yield f"{where} is not as it was signed"
    elif seal.key.public not in known:
        yield f"{where} is signed by a key that is not on record"
    elif why := contains(session, seal):
        yield f"{where}, signed at {seal.at:%Y-%m-%d %H:%M} UTC: {why}"


def _beside(seal: Path) -> Iterator[str]:
    try:
        said = seal_of(seal.read_bytes(), seal.name).file
        found = described(seal.with_name(seal.name.removesuffix(SUFFIX)))
    except (UnusableSealError, OSError):
        return  # said of the seal, or of the file, already
    if said != found:
        yield f"{seal.parent.name}/{found.name} is not the file that its seal is of"
