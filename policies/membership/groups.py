"""Working groups: what each is on a day, who chairs it, and what a review has not decided yet."""

from dataclasses import dataclass
from datetime import date

from policies.facts.membership import Group, MembershipFacts, Role
from policies.membership.rolls import Stay, group_ended_on, roll_on

CHAIRING = frozenset({Role.CHAIR, Role.CO_CHAIR})


@dataclass(frozen=True, slots=True)
class GroupOnRoll:
    """A working group on a day: what it is by then, since when there is one, and who belongs to it."""

    group: Group
    begun_on: date
    stays: tuple[Stay, ...]

    def of_role(self, *roles: Role) -> tuple[str, ...]:
        """Return those who have one of these roles in it, by name."""
        return tuple(stay.member for stay in self.stays if stay.role in roles)


def groups_on(rolls: MembershipFacts, on: date) -> tuple[GroupOnRoll, ...]:
    """Return the working groups there are on a day, by id."""
    names = sorted({group.id for group in rolls.groups})
    return tuple(found for name in names if (found := group_on(rolls, name, on)))


def group_on(rolls: MembershipFacts, name: str, on: date) -> GroupOnRoll | None:
    """Return a working group as it is on a day; None before it begins and once it has ended."""
    of_name = (group for group in rolls.groups if group.id == name)
    described = sorted(of_name, key=lambda group: (group.since_on, repr(group)))
    in_force = [group for group in described if group.since_on <= on]
    ended_on = group_ended_on(rolls, name)
    if not in_force or (ended_on and on >= ended_on):
        return None
    return GroupOnRoll(in_force[-1], in_force[0].since_on, roll_on(rolls, name, on))


def chairs_on(rolls: MembershipFacts, on: date) -> tuple[str, ...]:
    """Return who chairs or co-chairs any working group on a day, each once, by name."""
    chairs = {who for group in groups_on(rolls, on) for who in group.of_role(*CHAIRING)}
    return tuple(sorted(chairs))


def undecided(rolls: MembershipFacts, cycle: str, on: date) -> tuple[str, ...]:
    """Return the groups there are on a day about which the review of `cycle` has decided nothing.

    A group that others were merged into in the same review has been decided on with them.
    """
    decided = [outcome for outcome in rolls.outcomes if outcome.cycle == cycle]
    settled = {outcome.group for outcome in decided} | {outcome.into for outcome in decided}
    return tuple(group.group.id for group in groups_on(rolls, on) if group.group.id not in settled)
