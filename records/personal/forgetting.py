"""Forgetting: keys and values are destroyed, and that they were is recorded."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import Engine, delete, select, text
from sqlalchemy.orm import Session

from records.personal.ciphering import number_in
from records.personal.tables import Forgetting, PersonalKey, PersonalValue

_AT_ONCE = 500
_REWRITTEN = ("personal_values", "personal_keys", "notices")


def keys_of(session: Session, holders: Collection[str]) -> dict[int, str]:
    """Return the holders that have a key, by its number."""
    asked = select(PersonalKey.number, PersonalKey.holder).where(PersonalKey.holder.in_(holders))
    return dict(session.execute(asked.order_by(PersonalKey.number)).all())


def all_holders(session: Session) -> list[str]:
    """Return everybody and everything that has a key."""
    return list(session.scalars(select(PersonalKey.holder).order_by(PersonalKey.holder)))


def forget_keys(
    session: Session, keys: Iterable[int], person: str | None, reason: str, by: str, at: datetime
) -> None:
    """Destroy keys with all that belongs to them, and record that."""
    for number in keys:
        session.add(
            Forgetting(recorded_at=at, recorded_by=by, key=number, token=None, person=person, reason=reason)
        )
        session.execute(delete(PersonalValue).where(PersonalValue.key == number))
        session.execute(delete(PersonalKey).where(PersonalKey.number == number))
    session.flush()


def forget_values(session: Session, tokens: Sequence[str], reason: str, by: str, at: datetime) -> None:
    """Destroy single values of people who are not forgotten, and record that."""
    for first in range(0, len(tokens), _AT_ONCE):
        some = tokens[first : first + _AT_ONCE]
        session.add_all(
            Forgetting(
                recorded_at=at, recorded_by=by, key=number_in(token), token=token, person=None, reason=reason
            )
            for token in some
        )
        session.execute(delete(PersonalValue).where(PersonalValue.token.in_(some)))
    session.flush()


def kept_values(session: Session, tokens: Sequence[str]) -> set[str]:
    """Return those of some tokens whose values are still kept."""
    found: set[str] = set()
    for first in range(0, len(tokens), _AT_ONCE):
        asked = select(PersonalValue.token).where(PersonalValue.token.in_(tokens[first : first + _AT_ONCE]))
        found |= set(session.scalars(asked))
    return found


def forgettings(session: Session) -> list[Forgetting]:
    """Return everything that was destroyed as a whole, the earliest first."""
    asked = select(Forgetting).where(Forgetting.token.is_(None))
    return list(session.scalars(asked.order_by(Forgetting.id)))


def forgotten_people(session: Session) -> dict[str, datetime]:
    """Return who was forgotten, by id, with when that was last."""
    return {each.person: each.recorded_at for each in forgettings(session) if each.person}


def locked_keys(session: Session) -> list[int]:
    """Return the numbers of keys that are not here though nobody was forgotten."""
    gone = select(PersonalValue.key).where(PersonalValue.key.not_in(select(PersonalKey.number)))
    return sorted(session.scalars(gone.distinct()))


def shred(engine: Engine) -> None:
    """Leave nothing of what was deleted in the files of a database: no free page, no log of SQLite.

    PostgreSQL rewrites the tables; what its own log and backups hold is ended where those are kept.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "postgresql":
            for table in _REWRITTEN:
                connection.execute(text(f"VACUUM FULL {table}"))
            return
        driver = connection.connection.driver_connection
        assert driver is not None  # noqa: S101 (it is SQLite's own)
        driver.rollback()  # the engine begins a transaction with every connection, and VACUUM runs in none
        driver.execute("VACUUM")
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
