"""Facts about who belongs to which body: only ever added, and never a roll themselves.

A roll is derived from them (`policies/membership/rolls.py`). A body is an actor, or a working group by its
id. All days are calendar dates at the institution's seat. On the day somebody leaves or a group ends, they
are on the roll no longer: so another part can begin on that very day.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.facts.kinds import kept, on


class Role(StrEnum):
    """The part somebody has in a body. Partners are no members of the institution."""

    MEMBER = "member"
    CHAIR = "chair"
    CO_CHAIR = "co-chair"
    PARTNER = "partner"


class Result(StrEnum):
    """What is decided about a working group."""

    CONTINUE = "continue"
    REFOCUS = "refocus"
    RECOMPOSE = "recompose"
    MERGE = "merge"
    CLOSE = "close"
    NEW = "new"


class ViewKind(StrEnum):
    """What somebody who was consulted answered. Who says nothing was consulted, and has not agreed."""

    AGREES = "agrees"
    OBJECTS = "objects"
    NO_COMMENT = "no-comment"


@dataclass(frozen=True, slots=True)
class Joining:
    """That somebody enters a body; `decision` is the recorded decision behind it.

    `partial` marks what was found in a source: `joined_on` is then the day the member was seen on the roll,
    and since when it had been there is not known.
    """

    body: str
    member: str
    role: Role
    joined_on: date
    source: str
    decision: str | None = None
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Leaving:
    """That somebody leaves a body: `left_on` is the first day on which it no longer belongs to it."""

    body: str
    member: str
    left_on: date
    source: str
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """What a working group is from `since_on` on: the first description begins it, a later one renews it.

    `workplan` is the reference of its workplan, where it has one.
    """

    id: str
    title: str
    focus: str
    since_on: date
    source: str
    workplan: str | None = None
    decision: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided about a group. To merge and to close end it on that day.

    `into` is the group that a merged one goes into; `cycle` the review that the decision came from, if any.
    """

    group: str
    result: Result
    decided_on: date
    decision: str
    source: str
    cycle: str | None = None
    into: str | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a body whose members rotate, and the constituency that fills it. Its terms are apart."""

    body: str
    seat: str
    constituency: str
    since_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Consultation:
    """That chosen members were asked about a partner for a working group; answers count up to `until`.

    `chosen_by` is the person who picked them, and `reason` why these.
    """

    id: str
    group: str
    partner: str
    chosen: tuple[str, ...]
    chosen_by: str
    reason: str
    invited_on: date
    until: date
    source: str


@dataclass(frozen=True, slots=True)
class View:
    """What one of those consulted answered."""

    consultation: str
    member: str
    kind: ViewKind
    answered_on: date
    source: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Lead:
    """Who leads the review of one cycle, and who decided that."""

    cycle: str
    name: str
    decided_by: str
    decided_on: date
    source: str


@dataclass(frozen=True, slots=True)
class Attestation:
    """That somebody vouches for the roll of a body as recorded: nobody is missing from it on that day."""

    body: str
    attested_on: date
    source: str


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """Everything known about rolls."""

    joinings: Sequence[Joining] = kept(
        "joining",
        rests_on=(
            on("decision", decision="id"),
            on("body", group="id"),
            on("body", "member", consultation=("group", "partner")),
        ),
    )
    leavings: Sequence[Leaving] = kept(
        "leaving",
        rests_on=(on("decision", decision="id"), on("body", "member", joining=("body", "member"))),
    )
    groups: Sequence[Group] = kept("group", rests_on=(on("decision", decision="id"),))
    outcomes: Sequence[Outcome] = kept(
        "outcome",
        happened_on="decided_on",
        rests_on=(on("decision", decision="id"), on("group", group="id"), on("into", group="id")),
    )
    seats: Sequence[Seat] = kept("seat")
    consultations: Sequence[Consultation] = kept(
        "consultation", happened_on="invited_on", rests_on=(on("group", group="id"),)
    )
    views: Sequence[View] = kept(
        "view", happened_on="answered_on", rests_on=(on("consultation", consultation="id"),)
    )
    leads: Sequence[Lead] = kept("lead", happened_on="decided_on")
    attestations: Sequence[Attestation] = kept("attestation", happened_on="attested_on")

    def lead_of(self, cycle: str) -> Lead | None:
        """Return who leads the review of a cycle; the latest word counts."""
        named = [lead for lead in self.leads if lead.cycle == cycle]
        return max(named, key=lambda lead: (lead.decided_on, lead.name), default=None)
