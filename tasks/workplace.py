"""The workplace: the pack, the directory and the database that every task works with."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from notifications.directory import Directory, load_directory
from policies.pack import Pack, load_pack
from records.database import open_database
from tasks.settings import Settings, read_settings

if TYPE_CHECKING:
    from records.database import Engine


@dataclass(frozen=True)
class Workplace:
    """Everything a task needs, opened once."""

    settings: Settings
    pack: Pack
    directory: Directory
    engine: "Engine"

    @cached_property
    def basis(self) -> str:
        """The digest of the rules and the directory: under others, the same facts may owe something else."""
        files = [*sorted(self.pack.folder.rglob("*.toml")), self.directory_file]
        return sha256(b"".join(sha256(file.read_bytes()).digest() for file in files)).hexdigest()

    @property
    def directory_file(self) -> Path:
        """The file the directory was read from."""
        return self.settings.directory or self.pack.folder / "directory.toml"

    @property
    def zone(self) -> str:
        """The time zone of the institution's seat (IANA name)."""
        return self.pack.instrument.zone

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()


def open_workplace(settings: Settings | None = None) -> Workplace:
    """Read settings, pack and directory, and open the database, creating or migrating it as needed.

    Raises:
        RefusedFileError: with every mistake in the pack and the directory.
    """
    settings = settings or read_settings()
    pack = load_pack(settings.policies)
    directory = load_directory(
        settings.directory or pack.folder / "directory.toml", pack.actors, pack.instrument.stations
    )
    return Workplace(settings, pack, directory, open_database(settings.database))
