"""Entries of a facts file about who is who.

Of one thing about one person only one fact may hold from the same day: so nobody wonders which is meant, and
the order in which they were recorded says nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import Field, StringConstraints, ValidationInfo, field_validator, model_validator

from policies.entries.checks import (
    Actor,
    Known,
    Past,
    RecordedPerson,
    Station,
    Text,
    known_of,
    not_before,
    once,
)
from policies.entries.entry import FactEntry
from policies.facts.facts import WHO
from policies.facts.people import ProgramRole
from policies.obligations.instrument import Identifier
from policies.people.directory_file import Address, Channels, Language, Line
from policies.problems import mistake

Hour = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
_REACHED_BY = ("address", "language", "channels", "station")


class _WhoEntry(FactEntry):
    """An entry about who is who. Another fact with the same `_told_by` would say something else instead."""

    @property
    def _told_by(self) -> tuple[str, ...]:
        return ()

    @property
    def goes_by(self) -> str | None:
        """What it is about, and since when: one entry of a file may say that."""
        return " from ".join(str(getattr(self, key)) for key in self._told_by) or None

    @model_validator(mode="after")
    def _agrees(self, info: ValidationInfo) -> Self:
        known, fact, kind = known_of(info), self.fact(), WHO[self.fact_kind]
        recorded = getattr(known.facts.who, kind.plural)
        if fact in recorded:
            return self
        if self._told_by:
            same = [each for each in recorded if self._is_about(each)]
            once(kind.name, str(self.goes_by), fact, same)
        if wrong := next(self._contradictions(known, recorded), None):
            raise mistake(*wrong)
        return self

    def _is_about(self, other: Any) -> bool:  # noqa: ANN401 (a fact of this kind)
        return all(getattr(other, key) == getattr(self, key) for key in self._told_by)

    def _contradictions(self, known: Known, recorded: Sequence[Any]) -> Iterator[tuple[str, str]]:  # noqa: ARG002 (for those that look)
        """Yield what was found and what is expected, where a new fact cannot be as it is said."""
        yield from ()


class PersonEntry(_WhoEntry):
    """That a person or an office goes by a short id, and what it is called from a given date."""

    fact_kind = "person"
    id: Identifier
    name: Line
    names: Mapping[Language, Line] = Field(default_factory=dict)
    since_on: date
    source: Text

    @property
    def _told_by(self) -> tuple[str, ...]:
        return ("id", "since_on")


class ContactEntry(_WhoEntry):
    """How somebody is written to from a given date; what is left out stays as it was."""

    fact_kind = "contact"
    person: RecordedPerson
    since_on: date
    address: Address | None = None
    language: Language | None = None
    channels: Channels | None = None
    station: Station | None = None
    source: Text

    @property
    def goes_by(self) -> str:
        """Whom it is about, and since when."""
        return f"{self.person} from {self.since_on}"

    def _contradictions(self, known: Known, recorded: Sequence[Any]) -> Iterator[tuple[str, str]]:  # noqa: ARG002 (others look)
        said = {key: value for key in _REACHED_BY if (value := getattr(self, key)) is not None}
        if not said:
            yield "nothing", f"one at least of: {', '.join(_REACHED_BY)}"
        for other in (
            each for each in recorded if (each.person, each.since_on) == (self.person, self.since_on)
        ):
            if any(getattr(other, key) not in (None, value) for key, value in said.items()):
                yield (
                    f"contact {self.goes_by} in other words than on record",
                    "the same words, or another day; to mend the one on record: mandates record correction",
                )


class _SpanEntry(_WhoEntry):
    """An entry about days from a `first` to a `last`."""

    @field_validator("last", check_fields=False)
    @classmethod
    def _after_the_first(cls, last: date, info: ValidationInfo) -> date | None:
        return not_before(last, info, "first")


class AbsenceEntry(_SpanEntry):
    """Days on which somebody is away; what is owed to them waits, or goes to a delegate."""

    fact_kind = "absence"
    person: RecordedPerson
    first: date
    last: date
    source: Text


class DelegationEntry(_SpanEntry):
    """Days on which another gets what is owed to somebody, with them in copy."""

    fact_kind = "delegation"
    person: RecordedPerson
    delegate: RecordedPerson
    first: date
    last: date
    source: Text

    def _contradictions(self, known: Known, recorded: Sequence[Any]) -> Iterator[tuple[str, str]]:  # noqa: ARG002 (others look)
        if self.delegate == self.person:
            yield repr(self.delegate), "somebody else"
        for other in recorded:
            together = other.first <= self.last and self.first <= other.last
            if other.person == self.person and together and other.delegate != self.delegate:
                yield (
                    f"{self.delegate} from {self.first} to {self.last}",
                    f"one delegate at a time: {other.delegate} from {other.first} to {other.last}",
                )


class _UntilEntry(_WhoEntry):
    """An entry about what begins on a day, and ends after another where one is known."""

    if TYPE_CHECKING:
        person: str
        since_on: date

    @field_validator("until", check_fields=False)
    @classmethod
    def _after_it_begins(cls, until: date | None, info: ValidationInfo) -> date | None:
        return not_before(until, info, "since_on")

    def _contradictions(self, known: Known, recorded: Sequence[Any]) -> Iterator[tuple[str, str]]:  # noqa: ARG002 (others look)
        yield from _used_up(known, self.person, self.since_on)


class AppointmentEntry(_UntilEntry):
    """That somebody stands for an actor from a given date."""

    fact_kind = "appointment"
    person: RecordedPerson
    actor: Actor
    since_on: date
    until: date | None = None
    place: Annotated[int, Field(ge=0, le=10_000)] = 0
    source: Text


class RoleEntry(_UntilEntry):
    """That somebody has a role in the program from a given date; only the duty officer's is acted by."""

    fact_kind = "role"
    person: RecordedPerson
    role: ProgramRole
    since_on: date
    until: date | None = None
    source: Text


class DepartureEntry(_WhoEntry):
    """That somebody stands for an actor no longer, or has a role no longer; or that they have left."""

    fact_kind = "departure"
    person: RecordedPerson
    left_on: date
    actor: Actor | None = None
    role: ProgramRole | None = None
    source: Text

    def _contradictions(self, known: Known, recorded: Sequence[Any]) -> Iterator[tuple[str, str]]:  # noqa: ARG002 (others look)
        before = known.directory_on(self.left_on - timedelta(days=1))
        filed = [entry for entry in known.entries("appointments") if entry.get("person") == self.person]
        stood_for = {*before.actors_of(self.person), *(str(entry.get("actor")) for entry in filed)}
        if self.actor and self.actor not in stood_for:
            told = ", ".join(sorted(stood_for)) or "none"
            yield self.actor, f"an actor that {self.person} stands for until {self.left_on}: {told}"
        if self.role and self.role not in before.roles_of(self.person):
            told = ", ".join(before.roles_of(self.person)) or "none"
            yield self.role, f"a role that {self.person} has until {self.left_on}: {told}"


class SuccessionEntry(_WhoEntry):
    """That another takes somebody's place from a given date: for every actor, and in whatever is open.

    What was sent before that day was sent to the predecessor; so the day is today at the earliest. Who comes
    back takes the place from the one who took it.
    """

    fact_kind = "succession"
    person: RecordedPerson
    successor: RecordedPerson
    since_on: date
    source: Text

    @property
    def _told_by(self) -> tuple[str, ...]:
        return ("person", "since_on")

    def _contradictions(self, known: Known, recorded: Sequence[Any]) -> Iterator[tuple[str, str]]:  # noqa: ARG002 (others look)
        if self.successor == self.person:
            yield repr(self.successor), "somebody else"
        if self.since_on < known.today:
            yield (
                str(self.since_on),
                f"a day from {known.today} on: what was sent until now went to {self.person}",
            )
        yield from _used_up(known, self.person, self.since_on)
        comes_back = known.directory_on(self.since_on).holder_of(self.successor) == self.person
        yield from () if comes_back else _used_up(known, self.successor, self.since_on)


class SenderEntry(_WhoEntry):
    """What the program calls itself from a given date, and the address it writes from."""

    fact_kind = "sender"
    name: Line
    address: Address
    since_on: date
    source: Text

    @property
    def _told_by(self) -> tuple[str, ...]:
        return ("since_on",)


class QuietEntry(_WhoEntry):
    """When nobody at a duty station is written to from a given date: before and after these hours (HH:MM)."""

    fact_kind = "quiet"
    station: Station
    before: Hour
    after: Hour
    free_days: bool = True
    since_on: date
    source: Text

    @property
    def _told_by(self) -> tuple[str, ...]:
        return ("station", "since_on")

    def _contradictions(self, known: Known, recorded: Sequence[Any]) -> Iterator[tuple[str, str]]:  # noqa: ARG002 (others look)
        if self.after <= self.before:
            yield self.after, f"an hour later than before, {self.before}"


class ConfirmationEntry(_WhoEntry):
    """That you certify what is recorded about who is who."""

    fact_kind = "confirmation"
    confirmed_on: Past
    source: Text


def _used_up(known: Known, person: str, on: date) -> Iterator[tuple[str, str]]:
    """Yield that somebody else has the place of this id, and all that is open under it."""
    if holder := known.directory_on(on).successors.get(person):
        yield (
            person,
            f"another id: {holder} took the place of {person}, and gets what is open under that id",
        )
