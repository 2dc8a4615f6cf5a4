"""Rolls: who belongs to a body on a day, derived from the facts in whatever order they were recorded."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from policies.facts.membership import Joining, Leaving, MembershipFacts, Result, Role

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
class Contradiction:
    """A fact that contradicts the others about the same member and body, and what would be right."""

    fact: Joining | Leaving
    expected: str


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody who entered a body or left it, with the fact that says so."""

    on: date
    fact: Joining | Leaving

    @property
    def joined(self) -> bool:
        """Whether they entered."""
        return isinstance(self.fact, Joining)


def stays_in(rolls: MembershipFacts, body: str) -> tuple[Stay, ...]:
    """Return every stay in a body, by member and day."""
    return tuple(stay for stays, _ in _walks(rolls, body) for stay in stays)


def contradictions_of(rolls: MembershipFacts, body: str, member: str) -> tuple[Contradiction, ...]:
    """Return every fact about one member of a body that contradicts the others about it."""
    _, contradictions = _walk(_of_members(rolls, body).get(member, ()))
    return tuple(contradictions)


def contradictions_in(rolls: MembershipFacts, body: str) -> tuple[Contradiction, ...]:
    """Return every fact about a body's members that contradicts the others; a roll leaves those out."""
    return tuple(each for _, found in _walks(rolls, body) for each in found)


def roll_on(rolls: MembershipFacts, body: str, on: date) -> tuple[Stay, ...]:
    """Return who belongs to a body on a day, by name; nobody, once it is a group that has ended."""
    ended_on = group_ended_on(rolls, body)
    if ended_on and on >= ended_on:
        return ()
    return tuple(stay for stay in stays_in(rolls, body) if stay.holds(on))


def group_ended_on(rolls: MembershipFacts, name: str) -> date | None:
    """Return the first day on which a group is no more; None while nobody has ended it."""
    ends = (each.decided_on for each in rolls.outcomes if each.group == name and each.result in ENDING)
    return min(ends, default=None)


def changes_after(
    rolls: MembershipFacts, body: str, after: date | None, upto: date | None
) -> tuple[Change, ...]:
    """Return who entered and left a body after one day and up to another, the earliest first.

    With None for `after` it is from the first day on record, with None for `upto` to the last. Members that
    were only seen on the roll did not enter it on that day, and are left out.
    """
    first, last = after or date.min, upto or date.max
    return tuple(change for change in _changes(stays_in(rolls, body)) if first < change.on <= last)


def attested_on(rolls: MembershipFacts, body: str, on: date) -> date | None:
    """Return the latest day, up to `on`, for which somebody vouched that nobody is missing from the roll."""
    days = (each.attested_on for each in rolls.attestations if each.body == body and each.attested_on <= on)
    return max(days, default=None)


def _changes(stays: Iterable[Stay]) -> list[Change]:
    joined = [Change(s.joining.joined_on, s.joining) for s in stays if not s.joining.partial]
    left = [Change(s.leaving.left_on, s.leaving) for s in stays if s.leaving]
    return sorted([*left, *joined], key=lambda change: (change.on, change.joined, change.fact.member))


def _walks(rolls: MembershipFacts, body: str) -> Iterator[tuple[list[Stay], list[Contradiction]]]:
    """Yield the stays of each member of a body, and the facts that contradict them."""
    return (_walk(changes) for _, changes in sorted(_of_members(rolls, body).items()))


def _of_members(rolls: MembershipFacts, body: str) -> Mapping[str, Sequence[Joining | Leaving]]:
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


def _walk(changes: Sequence[Joining | Leaving]) -> tuple[list[Stay], list[Contradiction]]:
    stays: list[Stay] = []
    contradictions: list[Contradiction] = []
    current: Joining | None = None
    for change in changes:
        if isinstance(change, Leaving):
            if current is None:
                contradictions.append(Contradiction(change, _not_there(change, changes)))
            else:
                stays.append(Stay(current, change))
            current = None
        elif current is not None:
            since = f"on the roll of {change.body} since {current.joined_on}"
            contradictions.append(
                Contradiction(change, f"{change.member} to leave before it enters again: it is {since}")
            )
        else:
            current = change
    return ([*stays, Stay(current)] if current else stays), contradictions


def _not_there(leaving: Leaving, changes: Sequence[Joining | Leaving]) -> str:
    later = [c.joined_on for c in changes if isinstance(c, Joining) and c.joined_on >= leaving.left_on]
    if later:
        return f"a day after {leaving.member} entered {leaving.body}, {min(later)}"
    return f"somebody who is on the roll of {leaving.body}; {leaving.member} is not, up to that day"
