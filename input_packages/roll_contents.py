"""What a package says of rolls: the groups under review, who entered and left a body, who leads."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from policies.obligations.instrument import Words


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a roll; the name is None where the rules have only the id."""

    id: str
    name: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPart:
    """A working group under review, as it was on the day the cycle opened.

    `since` is the day the group began; `workplan` is None where nobody has recorded one. `answered` says
    whether its own assessment came.
    """

    id: str
    title: str
    focus: str
    since: date
    workplan: str | None
    chairs: tuple[Member, ...]
    members: tuple[Member, ...]
    partners: tuple[Member, ...]
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The review falls into groups. With no `groups` recorded, that is a gap and is said."""

    title: Words
    asks: Words
    groups: tuple[GroupPart, ...] = ()


class ChangeKind(StrEnum):
    """What somebody did."""

    ENTERED = "entered"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class RollChange:
    """Somebody who entered or left, from which day on, and the decision behind it, if any is recorded."""

    member: Member
    kind: ChangeKind
    on: date
    decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RollChanges:
    """What changed on the roll of a body since it was last reported; no `changes` are a nil return.

    `since` is the day of the last report, None where there was none. `members` are on the roll after all of
    it. `attested_on` is the latest day for which somebody vouched that nobody is missing.
    """

    body: Words
    since: date | None
    changes: tuple[RollChange, ...]
    members: tuple[Member, ...]
    attested_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """Who leads the review, and who decided that."""

    name: str
    decided_by: str
    decided_on: date
