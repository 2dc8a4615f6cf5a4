"""Who is who: people and offices, where they are reached, whom they stand for, when they are away.

Names, addresses and sources are values about people; each has a column of its own, and no id says anything.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from policies.facts import people as known
from records.facts.rows import FactRow
from records.personal.columns import Personal
from records.personal.wallet import unread
from records.schema import Base, Packed


class Person(FactRow, Base):
    """That a person or an office goes by an id, and what it is called from a day on.

    The column `person` keeps the id: `id` is the number of the row.
    """

    __tablename__ = "people"
    fact_kind = "person"
    kept_as: ClassVar[Mapping[str, str]] = {"id": "person"}

    person: Mapped[str] = mapped_column(index=True)
    name: Mapped[str] = mapped_column(Personal("person"))
    names: Mapped[str] = mapped_column(Personal("person"))
    since_on: Mapped[date]
    source: Mapped[str] = mapped_column(Personal("person"))

    @classmethod
    def fact_of(cls, row: Any) -> known.PersonFact:  # noqa: ANN401 (a row of this table)
        """Return the fact; who was forgotten has no names in other languages any more."""
        names = json.loads(row.names) if row.names.startswith("{") else {}
        return known.PersonFact(row.person, row.name, row.since_on, row.source, names)

    @classmethod
    def columns_of(cls, fact: known.PersonFact) -> dict[str, Any]:
        """Return the columns, the names as JSON: the same text for the same names."""
        names = json.dumps(dict(fact.names), ensure_ascii=False, sort_keys=True)
        return super().columns_of(fact) | {"names": names}


class Contact(FactRow, Base):
    """How somebody is written to from a day on; what is null stays as it was."""

    __tablename__ = "contacts"
    fact_kind = "contact"

    person: Mapped[str] = mapped_column(index=True)
    since_on: Mapped[date]
    address: Mapped[str | None] = mapped_column(Personal("person"))
    language: Mapped[str | None]
    channels: Mapped[list[str] | None] = mapped_column(Packed)
    station: Mapped[str | None]
    source: Mapped[str] = mapped_column(Personal("person"))


class Appointment(FactRow, Base):
    """That somebody stands for an actor from a day on."""

    __tablename__ = "appointments"
    fact_kind = "appointment"

    person: Mapped[str]
    actor: Mapped[str]
    since_on: Mapped[date]
    until: Mapped[date | None]
    place: Mapped[int]
    source: Mapped[str] = mapped_column(Personal("person"))


class Departure(FactRow, Base):
    """That somebody stands for an actor no longer, or has a role no longer, or has left."""

    __tablename__ = "departures"
    fact_kind = "departure"

    person: Mapped[str]
    left_on: Mapped[date]
    actor: Mapped[str | None]
    role: Mapped[str | None]
    source: Mapped[str] = mapped_column(Personal("person"))


class Succession(FactRow, Base):
    """That another takes somebody's place from a day on."""

    __tablename__ = "successions"
    fact_kind = "succession"

    person: Mapped[str]
    successor: Mapped[str]
    since_on: Mapped[date]
    source: Mapped[str] = mapped_column(Personal("person"))


class Absence(FactRow, Base):
    """Days on which somebody is away."""

    __tablename__ = "absences"
    fact_kind = "absence"

    person: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    source: Mapped[str] = mapped_column(Personal("person"))


class Delegation(FactRow, Base):
    """Days on which another gets what is owed to somebody."""

    __tablename__ = "delegations"
    fact_kind = "delegation"

    person: Mapped[str]
    delegate: Mapped[str]
    first: Mapped[date]
    last: Mapped[date]
    source: Mapped[str] = mapped_column(Personal("person"))


class RoleHeld(FactRow, Base):
    """That somebody has a role in the program from a day on."""

    __tablename__ = "program_roles"
    fact_kind = "role"

    person: Mapped[str]
    role: Mapped[str]
    since_on: Mapped[date]
    until: Mapped[date | None]
    source: Mapped[str] = mapped_column(Personal("person"))


class SenderName(FactRow, Base):
    """What the program calls itself from a day on, and the address it writes from."""

    __tablename__ = "senders"
    fact_kind = "sender"

    name: Mapped[str]
    address: Mapped[str]
    since_on: Mapped[date]
    source: Mapped[str]


class QuietHours(FactRow, Base):
    """When nobody at a duty station is written to, from a day on (HH:MM, local time)."""

    __tablename__ = "quiet_hours"
    fact_kind = "quiet"

    station: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    free_days: Mapped[bool]
    since_on: Mapped[date]
    source: Mapped[str]


class Confirmation(FactRow, Base):
    """That somebody vouches for what is recorded about who is who."""

    __tablename__ = "confirmations"
    fact_kind = "confirmation"

    confirmed_on: Mapped[date]
    source: Mapped[str]


def called(session: Session, person: str) -> list[str]:
    """Return every name and address that was ever recorded for somebody, and can be read."""
    names = session.scalars(select(Person).where(Person.person == person).order_by(Person.id))
    found = [each for row in names for each in (row.name, *Person.fact_of(row).names.values())]
    addresses = session.scalars(select(Contact.address).where(Contact.person == person).order_by(Contact.id))
    readable = (each for each in (*found, *addresses) if each and not unread(each))
    return list(dict.fromkeys(readable))
