"""A roll on a day is what the facts say, in whatever order they were recorded."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.facts.membership import (
    Attestation,
    Joining,
    Lead,
    Leaving,
    MembershipFacts,
    Role,
)
from policies.membership.rolls import attested_on, changes_after, contradictions_in, roll_on, stays_in
from tests.days import day
from tests.fuzzing import examples

S = "the minutes"
NETWORK, TRADE, CLIMATE = "network-members", "trade", "climate"
START, LATER, LAST = day("Wed 2025-01-01"), day("Sun 2025-06-01"), day("Thu 2026-01-01")


def joined(member: str, on: date, role: Role = Role.MEMBER, body: str = NETWORK) -> Joining:
    return Joining(body, member, role, on, S)


def left(member: str, on: date, body: str = NETWORK) -> Leaving:
    return Leaving(body, member, on, S)


def members(rolls: MembershipFacts, on: date, body: str = NETWORK) -> list[str]:
    return [stay.member for stay in roll_on(rolls, body, on)]


def test_somebody_belongs_from_the_day_they_enter_to_the_day_before_they_leave():
    rolls = MembershipFacts(joinings=[joined("ilo", START)], leavings=[left("ilo", LATER)])
    days = (START - timedelta(1), START, LATER - timedelta(1), LATER)
    assert [members(rolls, on) for on in days] == [[], ["ilo"], ["ilo"], []]


def test_on_one_day_somebody_may_leave_and_enter_in_another_role():
    rolls = MembershipFacts(
        joinings=[joined("ilo", START, body=TRADE), joined("ilo", LATER, Role.CHAIR, TRADE)],
        leavings=[left("ilo", LATER, TRADE)],
    )
    roles = [[stay.role for stay in roll_on(rolls, TRADE, on)] for on in (LATER - timedelta(1), LATER)]
    assert (roles, contradictions_in(rolls, TRADE)) == ([[Role.MEMBER], [Role.CHAIR]], ())


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (
            MembershipFacts(leavings=[left("ilo", START)]),
            "somebody who is on the roll of network-members; ilo is",
        ),
        (
            MembershipFacts(joinings=[joined("ilo", LATER)], leavings=[left("ilo", START)]),
            "a day after ilo entered network-members, 2025-06-01",
        ),
        (
            MembershipFacts(joinings=[joined("ilo", START)], leavings=[left("ilo", START)]),
            "a day after ilo entered network-members, 2025-01-01",
        ),
        (
            MembershipFacts(joinings=[joined("ilo", START), joined("ilo", LATER)]),
            "ilo to leave before it enters again: it is on the roll of network-members since 2025-01-01",
        ),
    ],
    ids=["never entered", "before it entered", "on the day it entered", "entered twice"],
)
def test_what_contradicts_itself_is_said_and_left_out_of_the_roll(facts: MembershipFacts, expected: str):
    (found,) = contradictions_in(facts, NETWORK)
    assert found.expected.startswith(expected)
    assert members(facts, LAST) == [each.member for each in facts.joinings[:1]]


def test_the_changes_between_two_days_leave_out_who_was_only_seen():
    rolls = MembershipFacts(
        joinings=[joined("ilo", START), joined("who", LATER), replace(joined("iom", LATER), partial=True)],
        leavings=[left("ilo", LAST)],
    )

    def changes(after: date | None, upto: date | None) -> list[tuple[str, bool]]:
        return [(each.fact.member, each.joined) for each in changes_after(rolls, NETWORK, after, upto)]

    assert changes(START, None) == [("who", True), ("ilo", False)]
    assert changes(None, LATER) == [("ilo", True), ("who", True)]
    assert changes(LAST, None) == []


def test_the_latest_attestation_and_the_latest_lead_count():
    rolls = MembershipFacts(
        attestations=[Attestation(NETWORK, START, S), Attestation(NETWORK, LATER, S)],
        leads=[Lead("c/1", "A. First", "the EC", START, S), Lead("c/1", "B. Second", "the EC", LATER, S)],
    )
    found = [attested_on(rolls, NETWORK, on) for on in (START - timedelta(1), START, LAST)]
    assert found == [None, START, LATER]
    lead = rolls.lead_of("c/1")
    assert (lead and lead.name, rolls.lead_of("c/2")) == ("B. Second", None)


days = st.dates(START, LAST)
names = st.sampled_from(["ilo", "iom", "who"])
joinings = st.lists(st.builds(joined, names, days, st.sampled_from(Role)), max_size=8)
leavings = st.lists(st.builds(left, names, days), max_size=8)


@settings(deadline=None, max_examples=examples(60))
@given(joinings, leavings, st.randoms(use_true_random=False), days)
def test_the_order_of_recording_changes_no_roll(
    joinings: list[Joining], leavings: list[Leaving], random: Random, on: date
):
    rolls = MembershipFacts(joinings=joinings, leavings=leavings)
    shuffled = MembershipFacts(
        joinings=random.sample(joinings, len(joinings)), leavings=random.sample(leavings, len(leavings))
    )
    assert stays_in(shuffled, NETWORK) == stays_in(rolls, NETWORK)
    assert roll_on(shuffled, NETWORK, on) == roll_on(rolls, NETWORK, on)
    assert contradictions_in(shuffled, NETWORK) == contradictions_in(rolls, NETWORK)


@settings(deadline=None, max_examples=examples(60))
@given(joinings, leavings, days)
def test_nobody_is_on_a_roll_twice_and_every_stay_ends_after_it_begins(
    joinings: list[Joining], leavings: list[Leaving], on: date
):
    rolls = MembershipFacts(joinings=joinings, leavings=leavings)
    found = members(rolls, on)
    assert len(found) == len(set(found))
    for stay in stays_in(rolls, NETWORK):
        assert stay.leaving is None or stay.joining.joined_on < stay.leaving.left_on


@settings(deadline=None, max_examples=examples(60))
@given(joinings, leavings, days, days)
def test_the_roll_of_a_day_is_that_of_an_earlier_one_with_the_changes_between(
    joinings: list[Joining], leavings: list[Leaving], one: date, other: date
):
    first, last = sorted((one, other))
    rolls = MembershipFacts(joinings=joinings, leavings=leavings)
    found = {stay.member for stay in roll_on(rolls, NETWORK, first)}
    for change in changes_after(rolls, NETWORK, first, last):
        (found.add if change.joined else found.remove)(change.fact.member)
    assert sorted(found) == members(rolls, last)
