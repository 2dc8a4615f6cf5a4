"""A working group is what was last said of it, until a decision ends it and its roll."""

from datetime import date, timedelta

from policies.facts.membership import Group, MembershipFacts, Outcome, Result, Role
from policies.membership.groups import chairs_on, group_on, groups_on, undecided
from tests.days import day
from tests.policies.membership.test_rolls import joined, members

S = "the minutes"
TRADE, CLIMATE = "trade", "climate"
START, LATER, LAST = day("Wed 2025-01-01"), day("Sun 2025-06-01"), day("Thu 2026-01-01")


def group(name: str, on: date, focus: str = "what it looks into") -> Group:
    return Group(name, f"Group on {name}", focus, on, S)


def outcome(name: str, result: Result, on: date, into: str | None = None) -> Outcome:
    return Outcome(name, result, on, "ec-1", S, "review/2026", into)


def test_a_group_is_what_was_last_said_of_it_and_ends_with_its_roll():
    rolls = MembershipFacts(
        groups=[group(TRADE, START), group(TRADE, LATER, "tariffs"), group(CLIMATE, LATER)],
        joinings=[joined("ilo", START, Role.CO_CHAIR, TRADE), joined("who", START, body=TRADE)],
        outcomes=[outcome(TRADE, Result.MERGE, LAST, CLIMATE), outcome(CLIMATE, Result.CONTINUE, LAST)],
    )
    before, after = LAST - timedelta(1), LAST
    found = group_on(rolls, TRADE, before)
    assert found
    assert (found.group.focus, found.begun_on, found.of_role(Role.MEMBER)) == ("tariffs", START, ("who",))
    assert [each.group.id for each in groups_on(rolls, before)] == [CLIMATE, TRADE]
    assert [each.group.id for each in groups_on(rolls, after)] == [CLIMATE]
    assert (chairs_on(rolls, before), chairs_on(rolls, after)) == (("ilo",), ())
    assert (members(rolls, before, TRADE), members(rolls, after, TRADE)) == (["ilo", "who"], [])
    assert group_on(rolls, TRADE, START - timedelta(1)) is None


def test_a_review_has_decided_on_the_groups_that_others_went_into():
    rolls = MembershipFacts(
        groups=[group(name, START) for name in ("health", "labour", CLIMATE, TRADE)],
        outcomes=[outcome(TRADE, Result.MERGE, LAST, CLIMATE), outcome("labour", Result.REFOCUS, LAST)],
    )
    assert undecided(rolls, "review/2026", LAST) == ("health",)
    assert undecided(rolls, "review/2030", LAST) == (CLIMATE, "health", "labour")
