"""The keys as they are taken out of a record and put back into one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from records.personal.forgetting import forget_keys, forgettings
from records.personal.tables import PersonalKey, PersonalValue


@dataclass(frozen=True, slots=True)
class Keys:
    """Holder and secret of each key by its number; and of each that was forgotten, when, who and why."""

    keys: Mapping[int, tuple[str, bytes]]
    forgotten: Mapping[int, tuple[datetime, str | None, str]]


def keys_in(session: Session) -> Keys:
    """Return all keys of a record, and what was forgotten in it."""
    asked = select(PersonalKey.number, PersonalKey.holder, PersonalKey.secret)
    keys = {number: (holder, secret) for number, holder, secret in session.execute(asked)}
    return Keys(
        keys, {each.key: (each.recorded_at, each.person, each.reason) for each in forgettings(session)}
    )


def take_keys_out(session: Session) -> None:
    """Leave a copy of a record without the keys."""
    session.execute(delete(PersonalKey))


def put_keys(session: Session, keys: Keys, by: str, at: datetime) -> int:
    """Put keys into a record that lacks them, and forget again who was forgotten after it was copied.

    Only keys are taken of which the record holds a value. Returns how many were forgotten.
    """
    there = set(session.scalars(select(PersonalKey.number)))
    used = set(session.scalars(select(PersonalValue.key).distinct()))
    wanted = [
        {"number": number, "holder": holder, "secret": secret}
        for number, (holder, secret) in keys.keys.items()
        if number in used - there
    ]
    if wanted:
        session.execute(insert(PersonalKey), wanted)
    known = {each.key for each in forgettings(session)}
    again = {number: said for number, said in keys.forgotten.items() if number not in known}
    for number, (since, person, reason) in again.items():
        forget_keys(session, [number], person, f"{reason} (forgotten on {since:%Y-%m-%d})", by, at)
    return len(again)
