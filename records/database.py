"""The database: how it is opened, brought up to date, read and written."""

from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOENT
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.orm import Session

from records import tables
from records.chain.audit import seal
from records.personal.forgetting import shred
from records.personal.sealing import sealed
from records.personal.wallet import give_wallet, wallet_of

MIGRATIONS = Path(__file__).parent / "migrations"
# A migration begins with its number: the last one makes the schema this program knows.
HEAD = max(file.name.partition("_")[0] for file in (MIGRATIONS / "versions").glob("[0-9]*.py"))
_WRITES = {"writes": True}
_APART = "0014"  # until then rows held what is personal; nothing of that is left in the files

# The advisory lock that each writing transaction takes on PostgreSQL, and how long it waits for it: as long
# as SQLite does. A writer whose machine went away is ended after the second time, and its lock is free again.
_WRITER = 8_367_301
_LIMITS = {"lock_timeout": "30s", "idle_in_transaction_session_timeout": "5min"}

__all__ = [
    "DatabaseError",
    "Engine",
    "Session",
    "has_password",
    "migrate",
    "open_database",
    "reach_database",
    "reading",
    "shown",
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


class UnusableAddressError(LookupError):
    """There is no database of ours at such an address, which may hold a password and is not shown."""

    def __init__(self) -> None:
        super().__init__(
            "the address of the database, which is not shown here, is none that can be used; expected "
            "postgresql://user@host/name or sqlite:///file; in a password write / as %2F, : as %3A, @ as %40"
        )


def open_database(url: str) -> Engine:
    """Open the database at `url`, of SQLite or PostgreSQL, creating and migrating its tables as needed.

    Raises:
        NewerDatabaseError: a newer program has been at work here.
        UnusableAddressError: the address names no database of a kind that we use.
    """
    where = _located(url)
    if where.get_backend_name() == "sqlite" and where.database:
        Path(where.database).parent.mkdir(parents=True, exist_ok=True)
    engine = _engine(where)
    try:
        if _version(engine) != HEAD:
            migrate(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def reach_database(url: str) -> Engine:
    """Open the database at `url` as it is: nothing is created and nothing is migrated.

    Raises:
        FileNotFoundError: a SQLite file is not there.
        UnusableAddressError: the address names no database of a kind that we use.
    """
    where = _located(url)
    if where.get_backend_name() == "sqlite" and where.database and not Path(where.database).exists():
        raise FileNotFoundError(ENOENT, "there is no database", where.database)
    return _engine(where)


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
    before = _version(engine)
    with engine.execution_options(**_WRITES).begin() as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, revision)
        except CommandError as error:
            raise NewerDatabaseError(shown(engine)) from error
    if before and before < _APART:
        shred(engine)


def shown(engine: Engine) -> str:
    """Return where a database is, without its password, wherever in the address that stands."""
    return engine.url.set(query={}).render_as_string(hide_password=True)


def has_password(url: str) -> bool:
    """Say whether an address holds a password.

    Raises:
        UnusableAddressError: the address names no database of a kind that we use.
    """
    where = _located(url)
    return where.password is not None or "password" in where.query


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """Open a session that sees one moment of the database and changes nothing."""
    one_moment = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    wallet_of(engine).begin()
    with Session(engine.execution_options(**one_moment)) as session:
        yield session


@contextmanager
def writing(engine: Engine, *, keep: bool = True) -> Iterator[Session]:
    """Open a session whose work is taken whole, or not at all; with `keep` False, never (a rehearsal).

    Writers go one after the other: the transaction takes the write lock when it begins (on PostgreSQL an
    advisory lock), so what it reads cannot change under it, and the audit chain has one end to continue.
    """
    wallet_of(engine).begin()
    with Session(engine.execution_options(**_WRITES)) as session:
        session.begin()
        try:
            yield session
            if keep:
                seal(session)
                session.commit()
        finally:
            sealed(session)


def _version(engine: Engine) -> str | None:
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        version: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return version


def _engine(where: URL) -> Engine:
    if where.get_backend_name() == "sqlite":
        engine = create_engine(where)
        _prepare_sqlite(engine)
    else:
        # A server can go and come back while the program runs: each connection is tried before it is used.
        engine = create_engine(where, pool_pre_ping=True, connect_args={"connect_timeout": 10})
        _prepare_postgresql(engine)
    give_wallet(engine)
    return engine


def _located(url: str) -> URL:
    """Return an address with the driver it is for.

    Raises:
        UnusableAddressError: it is not one of SQLite or PostgreSQL. What it was is not passed on: a log would
            show it.
    """
    try:
        where = make_url(url)
    except (ArgumentError, ValueError):
        raise UnusableAddressError from None
    found = _DRIVERS.get(where.drivername)
    if found is None:
        raise UnusableAddressError
    return where.set(drivername=found)


_DRIVERS = {
    "sqlite": "sqlite",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            for limit, value in _LIMITS.items():
                connection.exec_driver_sql(f"SET LOCAL {limit} = '{value}'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")


# What is deleted is overwritten, so that nothing of a forgotten person is left in the file.
_PRAGMAS = (
    "journal_mode=WAL",
    "foreign_keys=ON",
    "busy_timeout=30000",
    "synchronous=FULL",
    "secure_delete=ON",
)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:  # noqa: ANN401 (the driver's own type)
        connection.isolation_level = None  # the driver's own BEGIN would come too late
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
