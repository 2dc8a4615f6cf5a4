"""What packages say of rolls: groups under review, what changed since the last report, who leads a review."""

from collections.abc import Collection, Iterable
from datetime import date

from input_packages.roll_contents import (
    ChangeKind,
    GroupPart,
    Groups,
    Leading,
    Member,
    RollChange,
    RollChanges,
)
from policies.facts.membership import Role
from policies.membership.groups import CHAIRING, GroupOnRoll, groups_on
from policies.membership.rolls import Change, attested_on, changes_after, roll_on
from policies.pack.bodies import BodyKind
from policies.pack.pack import Pack
from policies.pack.packages import Parts
from tasks.status.open_cycles import OpenCycle


def of_groups(open_cycle: OpenCycle, parts: Parts | None) -> bool:
    """Return whether a review falls into working groups rather than seats."""
    body = open_cycle.pack.bodies.get(parts.body) if parts else None
    return body is not None and body.kind is BodyKind.GROUPS


def groups_of(open_cycle: OpenCycle, parts: Parts | None, answered: Collection[str]) -> Groups | None:
    """Return the working groups as on the day the cycle was opened; None where the review is of none.

    `answered` names whoever answered, and the parts that files came about.
    """
    if parts is None or not of_groups(open_cycle, parts):
        return None
    found = groups_on(open_cycle.facts.rolls, open_cycle.opened.opened_on)
    groups = tuple(_part(open_cycle.pack, each, answered) for each in found)
    return Groups(title=parts.title, asks=parts.asks, groups=groups)


def changes_of(open_cycle: OpenCycle, before: date | None) -> RollChanges | None:
    """Return what changed on the roll that the duty reports since `before`, the day of the last report."""
    pack, rolls = open_cycle.pack, open_cycle.facts.rolls
    body = next(
        (each.actor for each in pack.bodies.values() if each.reported_by == open_cycle.obligation.id), None
    )
    if body is None:
        return None
    upto = open_cycle.turn.cycle.met_on
    return RollChanges(
        body=pack.actors[body].name,
        since=before,
        changes=tuple(_change(pack, each) for each in changes_after(rolls, body, before, upto)),
        members=_called(pack, (stay.member for stay in roll_on(rolls, body, upto or date.max))),
        attested_on=attested_on(rolls, body, upto or date.max),
    )


def leading(open_cycle: OpenCycle) -> Leading | None:
    """Return who leads the review of the cycle; None while nobody has been named."""
    lead = open_cycle.facts.rolls.lead_of(open_cycle.turn.cycle.key)
    if lead is None:
        return None
    return Leading(name=lead.name, decided_by=lead.decided_by, decided_on=lead.decided_on)


def _part(pack: Pack, found: GroupOnRoll, answered: Collection[str]) -> GroupPart:
    group, chairs = found.group, found.of_role(*CHAIRING)
    return GroupPart(
        id=group.id,
        title=group.title,
        focus=group.focus,
        since=found.begun_on,
        workplan=group.workplan,
        chairs=_called(pack, chairs),
        members=_called(pack, found.of_role(Role.MEMBER)),
        partners=_called(pack, found.of_role(Role.PARTNER)),
        answered=bool({group.id, *chairs} & set(answered)),
    )


def _change(pack: Pack, change: Change) -> RollChange:
    kind = ChangeKind.ENTERED if change.joined else ChangeKind.LEFT
    [member] = _called(pack, [change.fact.member])
    return RollChange(member=member, kind=kind, on=change.on, decision=change.fact.decision)


def _called(pack: Pack, members: Iterable[str]) -> tuple[Member, ...]:
    return tuple(Member(each, pack.member_names.get(each)) for each in members)
