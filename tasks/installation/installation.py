"""The installation: the pack and the database that every task works with."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from policies.pack.pack import Pack, load_pack
from policies.problems import RefusedFileError
from records.database import open_database, reading
from records.secrets import LETTERS, secret_of
from tasks.installation.file_modes import prepare_home
from tasks.installation.last_good import DIRECTORY_FILE, directory_file, keep_last_good, last_good
from tasks.installation.settings import ROOT, Settings, read_settings

if TYPE_CHECKING:
    from records.database import Engine


_NO_RULES = frozenset({DIRECTORY_FILE, "history.toml"})
"""Files of a pack that are taken as facts, and are no rules."""


@dataclass(frozen=True)
class Installation:
    """Everything a task needs, opened once.

    `refused` is what was wrong with the rules in force, where the last good ones had to stand in for them.
    `program` is where the source of the program lies that is at work.
    """

    settings: Settings
    pack: Pack
    engine: "Engine"
    refused: RefusedFileError | None = None
    program: Path = ROOT

    @cached_property
    def basis(self) -> str:
        """The digest of the rules: under others, the same facts may owe something else.

        Who is who is no rule but recorded; what the file of a directory says changes nothing.
        """
        return basis_of(self.pack.folder)

    @cached_property
    def rules(self) -> bytes:
        """The rules as they are kept with the runs that work by them: the text of each file, by its name."""
        files = {
            file.relative_to(self.pack.folder).as_posix(): file for file in self.pack.folder.rglob("*.toml")
        }
        return texts_of({name: file for name, file in files.items() if name not in _NO_RULES})

    @cached_property
    def basis_with_directory(self) -> str:
        """The digest of the rules and the directory, as runs had it while a file said who is who."""
        return _digest([*sorted(self.pack.folder.rglob("*.toml")), self.directory_file])

    @property
    def directory_file(self) -> Path:
        """The file that the record begins with, where nobody is on record: who is who."""
        return directory_file(self.settings)

    @property
    def zone(self) -> str:
        """The time zone of the institution's seat (IANA name)."""
        return self.pack.instrument.zone

    @cached_property
    def letter_secret(self) -> bytes:
        """What makes the Message-ID of each letter one that nobody can guess."""
        with reading(self.engine) as session:
            return secret_of(session, LETTERS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()


def texts_of(files: Mapping[str, Path]) -> bytes:
    """Return the texts of files by their names, always the same for the same files."""
    texts = {name: file.read_bytes().decode("utf-8", "surrogateescape") for name, file in files.items()}
    return json.dumps(texts, sort_keys=True).encode()


def basis_of(folder: Path) -> str:
    """Return the digest of the rules in a folder."""
    files = sorted(folder.rglob("*.toml"))
    return _digest(file for file in files if file != folder / DIRECTORY_FILE)


def open_installation(settings: Settings | None = None) -> Installation:
    """Read settings and pack, and open the database, creating or migrating it as needed.

    Raises:
        RefusedFileError: with every mistake in the pack.
    """
    settings = settings or read_settings()
    pack = load_pack(settings.policies)
    prepare_home(settings)
    return Installation(settings, pack, open_database(settings.database))


def open_unattended(settings: Settings | None = None) -> Installation:
    """Do as `open_installation`, with the last good rules where a mistake makes the present ones unreadable.

    Raises:
        RefusedFileError: there is a mistake, and no rules were ever read without one.
    """
    settings = settings or read_settings()
    try:
        installation = open_installation(settings)
    except RefusedFileError as refusal:
        kept = last_good(settings)
        if kept is None:
            raise
        return replace(open_installation(kept), refused=refusal)
    keep_last_good(settings)
    return installation


def _digest(files: Iterable[Path]) -> str:
    return sha256(b"".join(sha256(file.read_bytes()).digest() for file in files)).hexdigest()
