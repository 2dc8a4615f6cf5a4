"""Where the record is, and what it is used for there: a copy of the live record is not the live one.

With every use that somebody says, its place is recorded. A copy is in another place, and so it is recognised.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Mapped, Session

from records.schema import Base, Recorded


class Use(StrEnum):
    """What a record is used for. What is due leaves from a live one alone.

    `COPY` is what a restored or moved record is until somebody says that it is the live one.
    """

    LIVE = "live"
    COPY = "copy"
    TRIAL = "trial"


class RecordUse(Recorded, Base):
    """What the record is used for from now on; the last row counts. `place` is where it was then."""

    __tablename__ = "record_uses"

    use: Mapped[str]
    place: Mapped[dict[str, Any]]
    reason: Mapped[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is. Two are one place where all of it is the same.

    `machine` is empty for a database on a server that is reached from several machines. `database` is a file,
    or the address of a server and the name there. `identity` is what a copy of the database does not share.
    """

    machine: str
    database: str
    identity: str


def place_of(session: Session, machine: str) -> Place:
    """Return where the record is that a session of the machine called `machine` reads."""
    return _PLACES[session.get_bind().dialect.name](session, machine)


def last_use(session: Session) -> RecordUse | None:
    """Return what was last said about the use of the record; None where nobody said anything yet."""
    return session.scalars(select(RecordUse).order_by(RecordUse.id.desc()).limit(1)).first()


def record_use(session: Session, use: Use, place: Place, reason: str, at: datetime, by: str) -> RecordUse:
    """Record what the record is used for from now on, and return the row."""
    row = RecordUse(recorded_at=at, recorded_by=by, use=use, place=asdict(place), reason=reason)
    session.add(row)
    session.flush()
    return row


def place_in(use: RecordUse) -> Place:
    """Return where the record was when something was said of its use."""
    said: Mapping[str, str] = use.place
    return Place(**said)


def _of_sqlite(session: Session, machine: str) -> Place:
    file = Path(str(session.connection().engine.url.database)).resolve()
    return Place(machine, str(file), str(file.stat().st_ino))


def _of_postgresql(session: Session, machine: str) -> Place:
    connection: Any = session.connection().connection.driver_connection  # psycopg's own
    reached = connection.info
    database = f"postgresql://{reached.host}:{reached.port}/{reached.dbname}"
    asked = _SERVER if session.scalar(_MAY_ASK) else _DATABASE
    identity = "/".join(map(str, session.execute(asked).one()))
    return Place(machine_at(reached.host, machine), database, identity)


def machine_at(host: str, machine: str) -> str:
    """Return the machine that a server at `host` belongs to: this one, or none where others reach it too."""
    return machine if host.startswith("/") or host in _LOOPBACK else ""


# Everybody may call these, unless somebody took that away; the database's own number is left then.
_MAY_ASK = text(
    "SELECT has_function_privilege('pg_control_system()', 'execute') "
    "AND has_function_privilege('pg_control_checkpoint()', 'execute')"
)
_DATABASE = text("SELECT oid FROM pg_database WHERE datname = current_database()")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# A database loaded from a dump has another oid or system; a server set back to an earlier moment, another
# timeline.
_SERVER = text(
    "SELECT system.system_identifier, here.oid, log.timeline_id FROM pg_control_system() AS system, "
    "pg_control_checkpoint() AS log, pg_database AS here WHERE here.datname = current_database()"
)
_PLACES: dict[str, Callable[[Session, str], Place]] = {
    "sqlite": _of_sqlite,
    "postgresql": _of_postgresql,
}
