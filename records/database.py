"""The database: how it is opened, brought up to date, read and written."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from records import tables

MIGRATIONS = Path(__file__).parent / "migrations"
HEAD = "0030"
_WRITES = {"writes": True}

__all__ = [
    "DatabaseError",
    "Engine",
    "Session",
    "migrate",
    "open_database",
    "reading",
    "writing",
]

DatabaseError = DBAPIError
assert tables.TABLES  # noqa: S101 (with the tables comes the audit chain that seals their rows)


class NewerDatabaseError(LookupError):
    """The schema of the database is one this program does not know."""

    def __init__(self, url: str) -> None:
        super().__init__(
            f"{url}: its schema is newer than this program; nothing was changed. "
            "Run the newer program, or restore the backup made before it."
        )


def open_database(url: str) -> Engine:
    """Open the database at `url` (any SQLAlchemy URL), creating and migrating it as needed."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        file = make_url(url).database
        if file:
            Path(file).parent.mkdir(parents=True, exist_ok=True)
        _prepare_sqlite(engine)
    if _version(engine) != HEAD:
        migrate(engine)
    return engine


def migrate(engine: Engine, revision: str = "head") -> None:
    """Bring the schema to `revision`.

    Raises:
        NewerDatabaseError: a newer program has been at work here.
    """
    from alembic import command  # noqa: PLC0415 (takes a quarter of a second, and is needed once)
    from alembic.config import Config  # noqa: PLC0415 (the same)
    from alembic.util import CommandError  # noqa: PLC0415 (the same)

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(**_WRITES).begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            raise NewerDatabaseError(engine.url.render_as_string()) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session that sees one moment of the database and changes nothing."""
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine, *, keep: bool = True) -> Iterator[Session]:
    """Open a session whose work is taken whole, or not at all; with `keep` False, never (a rehearsal).

    On SQLite the transaction takes the write lock when it begins: what it reads cannot change under it.
    """
    with Session(engine.execution_options(**_WRITES)) as session:
        session.begin()
        yield session
        if keep:
            session.commit()


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return version


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:  # noqa: ANN401 (the driver's own type)
        connection.isolation_level = None  # the driver's own BEGIN would come too late
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=30000", "synchronous=FULL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
