"""Rolls as people see them: the rows of a body on a day, as it was known."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policies.facts.facts import Facts
from policies.facts.membership import Consultation, MembershipFacts, View
from policies.membership.consultations import views_on
from policies.membership.groups import CHAIRING, GroupOnRoll, groups_on
from policies.membership.rolls import Stay, attested_on, group_ended_on, roll_on
from policies.membership.seats import SeatOnRoll, seats_on
from policies.pack.bodies import BodyKind
from policies.pack.pack import Pack

Row = Mapping[str, str]
_SILENCE = "silent: consulted, not agreed"
COLUMNS: Mapping[BodyKind, tuple[str, ...]] = {
    BodyKind.MEMBERS: ("body", "member", "role", "joined_on", "seen_on", "decision", "source"),
    BodyKind.GROUPS: ("group", "title", "focus", "workplan", "since_on", "chairs", "decision", "source"),
    BodyKind.SEATS: (
        "body",
        "seat",
        "constituency",
        "since_on",
        "source",
        "holder",
        "starts_on",
        "ends_on",
        "term_source",
    ),
}
"""What a row of each kind of roll has; empty where nobody has recorded it."""


@dataclass(frozen=True, slots=True)
class Register:
    """The roll of a body on a day; `attested_on` is the last day somebody vouched that nobody is missing.

    `ended_on` is the day from which a working group is no more, where it has ended by then.
    """

    body: str
    kind: BodyKind
    as_of: date
    attested_on: date | None
    ended_on: date | None
    rows: tuple[Row, ...]

    def as_json(self) -> dict[str, object]:
        """Return what `mandates roll show --json` prints; the shape is a contract (docs/command-line.md)."""
        return {
            "body": self.body,
            "kind": self.kind,
            "as_of": self.as_of.isoformat(),
            "attested_on": _iso(self.attested_on) or None,
            "ended_on": _iso(self.ended_on) or None,
            "rows": [{column: row[column] or None for column in COLUMNS[self.kind]} for row in self.rows],
        }


class UnknownConsultationError(LookupError):
    """No consultation of that name is on record."""


class UnknownBodyError(LookupError):
    """No roll is kept of a body of that name."""


def register_of(pack: Pack, facts: Facts, body: str, on: date) -> Register:
    """Return the roll of a body, or of a working group, at the end of a day.

    Raises:
        UnknownBodyError: the pack keeps no roll of it, and it is no working group.
    """
    groups = {group.id for group in facts.rolls.groups}
    if body not in pack.bodies and body not in groups:
        known = ", ".join(sorted({*pack.bodies, *groups})) or "none in this pack"
        raise UnknownBodyError(f"no roll is kept of {body!r}; there are: {known}")
    kind = pack.bodies[body].kind if body in pack.bodies else BodyKind.MEMBERS
    attested, ended_on = attested_on(facts.rolls, body, on), group_ended_on(facts.rolls, body)
    ended = ended_on if ended_on and ended_on <= on else None
    return Register(body, kind, on, attested, ended, _rows(facts, body, kind, on))


def answers_to(rolls: MembershipFacts, name: str) -> tuple[Consultation, list[Row]]:
    """Return a consultation, and what each of those chosen answered.

    Raises:
        UnknownConsultationError: none of that name is on record.
    """
    found = next((each for each in rolls.consultations if each.id == name), None)
    if found is None:
        known = ", ".join(sorted(each.id for each in rolls.consultations)) or "none yet"
        raise UnknownConsultationError(f"no consultation is called {name!r}; there are: {known}")
    return found, [_of_view(member, view) for member, view in views_on(rolls, found).items()]


def _of_view(member: str, view: View | None) -> Row:
    if view is None:
        return {"member": member, "answer": _SILENCE, "answered_on": "", "reason": ""}
    said = {"answer": view.kind, "answered_on": view.answered_on.isoformat(), "reason": view.reason or ""}
    return {"member": member, **said}


def _rows(facts: Facts, body: str, kind: BodyKind, on: date) -> tuple[Row, ...]:
    if kind is BodyKind.GROUPS:
        return tuple(_of_group(group) for group in groups_on(facts.rolls, on))
    if kind is BodyKind.SEATS:
        sources = {seat.seat: seat for seat in facts.rolls.seats if seat.body == body}
        found = seats_on(facts.rolls.seats, facts.terms, body, on)
        return tuple(
            _of_seat(body, seat, sources[seat.seat].since_on, sources[seat.seat].source)
            if seat.seat in sources
            else _of_seat(body, seat)
            for seat in found
        )
    return tuple(_of_stay(stay) for stay in roll_on(facts.rolls, body, on))


def _of_stay(stay: Stay) -> Row:
    joining = stay.joining
    on = joining.joined_on.isoformat()
    return {
        "body": joining.body,
        "member": joining.member,
        "role": joining.role,
        "joined_on": "" if joining.partial else on,
        "seen_on": on if joining.partial else "",
        "decision": joining.decision or "",
        "source": joining.source,
    }


def _of_group(found: GroupOnRoll) -> Row:
    group = found.group
    return {
        "group": group.id,
        "title": group.title,
        "focus": group.focus,
        "workplan": group.workplan or "",
        "since_on": group.since_on.isoformat(),
        "chairs": " ".join(found.of_role(*CHAIRING)),
        "decision": group.decision or "",
        "source": group.source,
    }


def _of_seat(body: str, found: SeatOnRoll, since_on: date | None = None, source: str = "") -> Row:
    term = found.term
    return {
        "body": body,
        "seat": found.seat,
        "constituency": found.constituency or "",
        "since_on": _iso(since_on),
        "source": source,
        "holder": term.holder if term else "",
        "starts_on": _iso(term.starts_on if term else None),
        "ends_on": _iso(term.ends_on if term else None),
        "term_source": term.source if term else "",
    }


def _iso(on: date | None) -> str:
    return on.isoformat() if on else ""
