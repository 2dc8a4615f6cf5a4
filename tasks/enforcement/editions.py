"""Editions: the source of what decides, the rules and the people, each by the SHA-256 of its content."""

from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from policies.pack.pack import Pack, load_pack
from records.editions import (
    EditionOf,
    RunSeal,
    digest_of,
    keep_edition,
    listed,
    people_edition,
    record_run_seal,
)
from records.runs import ENFORCE, Run
from tasks.installation.installation import Installation, texts_of

if TYPE_CHECKING:
    from records.database import Session

ENGINE = ("policies", "records", "tasks/enforcement", "tasks/status")
"""The rooms whose source decides what is owed; whoever changes a word in them makes another engine."""
_NOT_DECIDING = ("records/migrations",)
_TEXTS = TypeAdapter(dict[str, str])


class Owed:
    """What a run derives as owed, counted and kept a list at a time."""

    def __init__(self) -> None:
        self.count = 0
        self.lists: list[str] = []
        self._waiting: list[str] = []
        self._all = sha256()

    def add(self, keys: list[str]) -> None:
        """Count the keys of what is owed about a cycle."""
        self._waiting += keys

    def keep(self, session: "Session", at: datetime) -> None:
        """Keep what was added as a list: for many thousand obligations not everything fits into memory."""
        if not self._waiting:
            return
        content = listed(self._waiting)
        self._all.update(content)
        self.count += len(self._waiting)
        self.lists.append(keep_edition(session, EditionOf.OWED, content, at))
        self._waiting.clear()

    @property
    def digest(self) -> str:
        """The SHA-256 of all that was kept."""
        return self._all.hexdigest()


def seal_run(session: "Session", installation: Installation, run: Run, owed: Owed, moves_before: int) -> None:
    """Seal what a run derived as owed, with the editions it worked by."""
    at = run.recorded_at
    contents = {
        EditionOf.ENGINE: engine_edition(installation.program),
        EditionOf.RULES: installation.rules,
        EditionOf.PEOPLE: people_edition(session),
    }
    editions = {str(kind): keep_edition(session, kind, each, at) for kind, each in contents.items()}
    record_run_seal(
        session,
        RunSeal(
            recorded_at=at,
            recorded_by=ENFORCE,
            run=run.id,
            moves_before=moves_before,
            owed=owed.count,
            digest=owed.digest,
            lists=owed.lists,
            **editions,
        ),
    )


@cache
def engine_edition(program: Path) -> bytes:
    """Return the source of what decides as it is kept: the text of each file, by its name.

    It is read once for each process, which works by what it read when it began.
    """
    files = (file for room in ENGINE for file in (program / room).rglob("*.py"))
    named = {file.relative_to(program).as_posix(): file for file in files}
    return texts_of({name: file for name, file in named.items() if not name.startswith(_NOT_DECIDING)})


def engine_digest(installation: Installation) -> str:
    """Return the edition of the engine that is at work."""
    return _engine_digest(installation.program)


@cache
def _engine_digest(program: Path) -> str:
    return digest_of(engine_edition(program))


def rules_of(content: bytes) -> Pack:
    """Read the rules of an edition, from files that are gone afterwards.

    Raises:
        RefusedFileError: this program cannot read them any more.
        ValueError: they are none: whoever forges a record may have any file written otherwise.
    """
    with TemporaryDirectory(prefix="rules-") as folder:
        for name, text in _TEXTS.validate_json(content).items():
            file = Path(folder, name)
            if not file.resolve().is_relative_to(Path(folder).resolve()):
                raise ValueError(f"{name!r} is no name of a file of rules")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode("utf-8", "surrogateescape"))
        return load_pack(Path(folder))
