from datetime import date

import pytest

from policies.calendar.counting import Unit
from policies.recurrence.cycles import Anchor, AnchorKind, Basis, Cycle, Reckoning
from policies.status.states import State, Surroundings, lasting_state, next_opening, state_on
from tests.days import day
from tests.policies.asking import done

SLOT = Anchor(AnchorKind.SLOT, "2026", day("Thu 2026-10-01"), "the text")
SUPPOSED = SLOT._replace(kind=AnchorKind.ASSUMED)
OPENS = Reckoning(day("Thu 2026-10-01"), SLOT)
DUE = Reckoning(day("Sat 2026-10-31"), SLOT)
TARGET = Reckoning(day("Thu 2026-10-15"), SLOT, 0, Unit.DAYS, Basis.HOUSE_PRACTICE)
CYCLE = Cycle("review", "2026", opens=OPENS, due=DUE)
TARGET_ONLY = Cycle("review", "2026", opens=OPENS, target=TARGET)
ON_RECORD = Surroundings(begins_on=day("Fri 2026-05-01"), next_opens_on=day("Sun 2028-10-01"), on_record=True)
OFF_RECORD = ON_RECORD._replace(on_record=False)


def state_of(cycle: Cycle, around: Surroundings, as_of: date) -> State:
    return lasting_state(cycle) or state_on(cycle, around, as_of)


@pytest.mark.parametrize("as_of", ["Fri 2026-10-30", "Sun 2026-11-01", "Mon 2029-01-01"])
def test_what_follows_a_cycle_that_is_only_supposed_to_be_met_is_never_late_itself(as_of):
    """One late cycle is one breach, not one more for every interval that has passed since."""
    supposed = CYCLE._replace(opens=OPENS._replace(anchor=SUPPOSED), projected=True)
    assert state_of(supposed, ON_RECORD._replace(next_opens_on=None), day(as_of)) is State.SCHEDULED


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("Thu 2026-04-30", State.SCHEDULED),
        ("Fri 2026-05-01", State.OPEN),
        ("Sat 2026-10-31", State.OPEN),
        ("Sun 2026-11-01", State.OVERDUE),
        ("Sat 2028-09-30", State.OVERDUE),
        ("Sun 2028-10-01", State.MISSED),
    ],
)
def test_a_cycle_that_nobody_meets_goes_from_scheduled_to_missed(as_of, state):
    assert state_of(CYCLE, ON_RECORD, day(as_of)) is state


@pytest.mark.parametrize(
    ("met_on", "state"),
    [("Wed 2026-09-30", State.MET), ("Sat 2026-10-31", State.MET), ("Sun 2026-11-01", State.MET_LATE)],
)
def test_a_cycle_met_on_its_due_date_is_met_and_a_day_after_it_met_late(met_on, state):
    assert state_of(CYCLE.met_by(done(met_on)), ON_RECORD, day("Mon 2029-01-01")) is state


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("Sat 2026-10-31", State.OPEN),
        ("Sun 2026-11-01", State.UNRECORDED),
        ("Mon 2029-01-01", State.UNRECORDED),
    ],
)
def test_before_the_record_begins_silence_is_unrecorded_and_never_a_breach(as_of, state):
    assert state_of(CYCLE, OFF_RECORD, day(as_of)) is state


@pytest.mark.parametrize(
    ("around", "as_of", "state"),
    [
        (ON_RECORD, "Fri 2026-10-16", State.OPEN),
        (ON_RECORD, "Sun 2028-10-01", State.MISSED),
        (OFF_RECORD, "Sun 2028-10-01", State.UNRECORDED),
    ],
)
def test_a_passed_target_is_no_breach_but_the_next_cycle_ends_this_one(around, as_of, state):
    assert state_of(TARGET_ONLY, around, day(as_of)) is state


def test_a_cycle_without_any_date_and_with_an_anchor_missing_is_unknown():
    assert (
        state_of(
            Cycle("review", "first", unknown=("completion of review",)), ON_RECORD, day("Mon 2026-11-23")
        )
        is State.UNKNOWN
    )


def test_a_cycle_that_rests_on_a_supposed_completion_is_never_open():
    projected = CYCLE._replace(opens=OPENS._replace(anchor=SUPPOSED))
    assert state_of(projected, ON_RECORD, day("Thu 2026-10-15")) is State.SCHEDULED


def test_only_a_real_opening_succeeds_a_cycle():
    following = CYCLE._replace(name="2028")
    projected = following._replace(opens=OPENS._replace(anchor=SUPPOSED))
    assert next_opening(CYCLE, following) == day("Thu 2026-10-01")
    assert next_opening(CYCLE, projected) is None
    assert next_opening(CYCLE, None) is None
    assert next_opening(CYCLE._replace(alone=True), following) is None
