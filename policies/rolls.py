"""Rolls: who belongs to a body on a day, derived from the facts in whatever order they were recorded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policies.facts import Term
from policies.roll_facts import Group, Joining, Leaving, Outcome, Result, Role, RollFacts, Seat

CHAIRING = frozenset({Role.CHAIR, Role.CO_CHAIR})
ENDING = frozenset({Result.MERGE, Result.CLOSE})


@dataclass(frozen=True, slots=True)
class Stay:
    """The time somebody belongs to a body, from the joining to the day before the leaving."""

    joining: Joining
    leaving: Leaving | None = None

    @property
    def member(self) -> str:
        """Who it is."""
        return self.joining.member

    @property
    def role(self) -> Role:
        """The part they have in the body."""
        return self.joining.role

    def holds(self, on: date) -> bool:
        """Return whether they belong to the body on a day."""
        return self.joining.joined_on <= on and (self.leaving is None or on < self.leaving.left_on)


@dataclass(frozen=True, slots=True)
class Amiss:
    """A fact that contradicts the others about the same member and body, and what would be right."""

    fact: Joining | Leaving
    expected: str


@dataclass(frozen=True, slots=True)
class GroupOnRoll:
    """A working group on a day: what it is by then, since when there is one, and who belongs to it."""

    group: Group
    begun_on: date
    stays: tuple[Stay, ...]

    def of_role(self, *roles: Role) -> tuple[str, ...]:
        """Return those who have one of these roles in it, by name."""
        return tuple(stay.member for stay in self.stays if stay.role in roles)


@dataclass(frozen=True, slots=True)
class SeatOnRoll:
    """A seat on a day: its constituency and its term, each None where nobody has recorded it."""

    seat: str
    constituency: str | None
    term: Term | None


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody who entered a body or left it, with the fact that says so."""

    on: date
    fact: Joining | Leaving

    @property
    def joined(self) -> bool:
        """Whether they entered."""
        return isinstance(self.fact, Joining)


def stays_in(rolls: RollFacts, body: str) -> tuple[Stay, ...]:
    """Return every stay in a body, by member and day."""
    return tuple(stay for stays, _ in _walks(rolls, body) for stay in stays)


def amiss_of(rolls: RollFacts, body: str, member: str) -> tuple[Amiss, ...]:
    """Return every fact about one member of a body that contradicts the others about it."""
    _, amiss = _walk(_of_members(rolls, body).get(member, ()))
    return tuple(amiss)


def amiss_in(rolls: RollFacts, body: str) -> tuple[Amiss, ...]:
    """Return every fact about a body's members that contradicts the others; a roll leaves those out."""
    return tuple(amiss for _, found in _walks(rolls, body) for amiss in found)


def roll_on(rolls: RollFacts, body: str, on: date) -> tuple[Stay, ...]:
    """Return who belongs to a body on a day, by name; nobody, once it is a group that has ended."""
    ended_on = group_ended_on(rolls, body)
    if ended_on and on >= ended_on:
        return ()
    return tuple(stay for stay in stays_in(rolls, body) if stay.holds(on))


def groups_on(rolls: RollFacts, on: date) -> tuple[GroupOnRoll, ...]:
    """Return the working groups there are on a day, by id."""
    names = sorted({group.id for group in rolls.groups})
    return tuple(found for name in names if (found := group_on(rolls, name, on)))


def group_on(rolls: RollFacts, name: str, on: date) -> GroupOnRoll | None:
    """Return a working group as it is on a day; None before it begins and once it has ended."""
    described = sorted(_of_group(rolls.groups, name), key=lambda group: (group.since_on, repr(group)))
    in_force = [group for group in described if group.since_on <= on]
    ended_on = group_ended_on(rolls, name)
    if not in_force or (ended_on and on >= ended_on):
        return None
    return GroupOnRoll(in_force[-1], in_force[0].since_on, roll_on(rolls, name, on))


def group_ended_on(rolls: RollFacts, name: str) -> date | None:
    """Return the first day on which a group is no more; None while nobody has ended it."""
    ends = (each.decided_on for each in rolls.outcomes if each.group == name and each.result in ENDING)
    return min(ends, default=None)


def seats_on(seats: Iterable[Seat], terms: Iterable[Term], body: str, on: date) -> tuple[SeatOnRoll, ...]:
    """Return the seats of a body on a day, by name: those recorded, and those that only a term names."""
    known = {each.seat: each for each in _by_day(seats) if each.body == body and each.since_on <= on}
    held = {term.seat: term for term in sorted(terms, key=repr) if term.body == body and holds(term, on)}
    return tuple(
        SeatOnRoll(name, known[name].constituency if name in known else None, held.get(name))
        for name in sorted({*known, *held})
    )


def holds(term: Term, on: date) -> bool:
    """Return whether a term runs on a day; its last day counts, and an unknown one has not come."""
    return term.starts_on <= on <= (term.ends_on or on)


def overlap(one: Term, other: Term) -> bool:
    """Return whether two terms would put two holders on one seat at one time."""
    same_seat = (one.body, one.seat) == (other.body, other.seat)
    return same_seat and one != other and _begins_in(one, other) | _begins_in(other, one)


def chairs_on(rolls: RollFacts, on: date) -> tuple[str, ...]:
    """Return who chairs or co-chairs any working group on a day, each once, by name."""
    chairs = {who for group in groups_on(rolls, on) for who in group.of_role(*CHAIRING)}
    return tuple(sorted(chairs))


def changes_after(rolls: RollFacts, body: str, after: date | None, upto: date | None) -> tuple[Change, ...]:
    """Return who entered and left a body after one day and up to another, the earliest first.

    With None for `after` it is from the first day on record, with None for `upto` to the last. Members that
    were only seen on the roll did not enter it on that day, and are left out.
    """
    first, last = after or date.min, upto or date.max
    return tuple(change for change in _changes(stays_in(rolls, body)) if first < change.on <= last)


def attested_on(rolls: RollFacts, body: str, on: date) -> date | None:
    """Return the latest day, up to `on`, for which somebody vouched that nobody is missing from the roll."""
    days = (each.attested_on for each in rolls.attestations if each.body == body and each.attested_on <= on)
    return max(days, default=None)


def undecided(rolls: RollFacts, cycle: str, on: date) -> tuple[str, ...]:
    """Return the groups there are on a day about which the review of `cycle` has decided nothing.

    A group that others were merged into in the same review has been decided on with them.
    """
    decided = [outcome for outcome in rolls.outcomes if outcome.cycle == cycle]
    settled = {outcome.group for outcome in decided} | {outcome.into for outcome in decided}
    return tuple(group.group.id for group in groups_on(rolls, on) if group.group.id not in settled)


def _changes(stays: Iterable[Stay]) -> list[Change]:
    joined = [Change(s.joining.joined_on, s.joining) for s in stays if not s.joining.partial]
    left = [Change(s.leaving.left_on, s.leaving) for s in stays if s.leaving]
    return sorted([*left, *joined], key=lambda change: (change.on, change.joined, change.fact.member))


def _walks(rolls: RollFacts, body: str) -> Iterator[tuple[list[Stay], list[Amiss]]]:
    """Yield the stays of each member of a body, and the facts that contradict them."""
    return (_walk(changes) for _, changes in sorted(_of_members(rolls, body).items()))


def _of_members(rolls: RollFacts, body: str) -> Mapping[str, Sequence[Joining | Leaving]]:
    """Return what is said of each member of a body, in the order of the days; what is said twice, once."""
    facts: set[Joining | Leaving] = {*rolls.joinings, *rolls.leavings}
    found: defaultdict[str, list[Joining | Leaving]] = defaultdict(list)
    for change in sorted((fact for fact in facts if fact.body == body), key=_place):
        found[change.member].append(change)
    return found


def _place(change: Joining | Leaving) -> tuple[date, bool, str]:
    """Return where a change comes among those of one member: on one day they leave first and enter then."""
    if isinstance(change, Joining):
        return change.joined_on, True, repr(change)
    return change.left_on, False, repr(change)


def _walk(changes: Sequence[Joining | Leaving]) -> tuple[list[Stay], list[Amiss]]:
    stays: list[Stay] = []
    amiss: list[Amiss] = []
    current: Joining | None = None
    for change in changes:
        if isinstance(change, Leaving):
            if current is None:
                amiss.append(Amiss(change, _not_there(change, changes)))
            else:
                stays.append(Stay(current, change))
            current = None
        elif current is not None:
            since = f"on the roll of {change.body} since {current.joined_on}"
            amiss.append(Amiss(change, f"{change.member} to leave before it enters again: it is {since}"))
        else:
            current = change
    return ([*stays, Stay(current)] if current else stays), amiss


def _not_there(leaving: Leaving, changes: Sequence[Joining | Leaving]) -> str:
    later = [c.joined_on for c in changes if isinstance(c, Joining) and c.joined_on >= leaving.left_on]
    if later:
        return f"a day after {leaving.member} entered {leaving.body}, {min(later)}"
    return f"somebody who is on the roll of {leaving.body}; {leaving.member} is not, up to that day"


def _of_group(groups: Iterable[Group], name: str) -> Iterator[Group]:
    return (group for group in groups if group.id == name)


def _by_day(seats: Iterable[Seat]) -> list[Seat]:
    return sorted(seats, key=lambda seat: (seat.since_on, repr(seat)))


def _begins_in(one: Term, other: Term) -> bool:
    return other.starts_on <= one.starts_on <= (other.ends_on or date.max)


def outcomes_of(rolls: RollFacts, cycle: str) -> tuple[Outcome, ...]:
    """Return what the review of a cycle decided, by group."""
    found = (outcome for outcome in rolls.outcomes if outcome.cycle == cycle)
    return tuple(sorted(found, key=lambda outcome: (outcome.group, outcome.decided_on, outcome.result)))
