from datetime import UTC, datetime, timedelta, timezone

import pytest

from input_packages.contents import PastCycle
from input_packages.labels import anchor_label, basis_label, date_label, instant, own_name, state_label
from policies.plans.milestones import MilestoneId
from policies.recurrence.cycles import Basis
from policies.status.states import State
from tests.input_packages.examples import REVIEW
from tests.input_packages.examples import day as read

DATES = [*MilestoneId, "opens_on", "target_on", "due_on"]


def past(state, due=None, met=None) -> PastCycle:
    due_on, met_on = (read(each) if each else None for each in (due, met))
    return PastCycle(name="2024", due_on=due_on, met_on=met_on, evidence=None, state=state)


@pytest.mark.parametrize("of", DATES)
def test_every_date_has_a_name_of_its_own_in_each_language(of):
    assert date_label(of, "en") != date_label(of, "ar")


def test_every_state_and_basis_has_a_name_in_each_language():
    for language in ("en", "ar"):
        assert len({state_label(past(state), language) for state in State}) == len(State)
        assert len({basis_label(basis, language) for basis in Basis}) == len(Basis)


@pytest.mark.parametrize(
    ("language", "met", "label"),
    [
        ("en", "Fri 2024-11-01", "Met late: one day late"),
        ("en", "Wed 2024-11-20", "Met late: 20 days late"),
        ("ar", "Fri 2024-11-01", "أُنجزت بعد الموعد: بتأخير قدره يوم واحد"),
        ("ar", "Sat 2024-11-02", "أُنجزت بعد الموعد: بتأخير قدره يومان"),
        ("ar", "Wed 2024-11-20", "أُنجزت بعد الموعد: بتأخير قدره 20 يوماً"),
    ],
)
def test_a_late_cycle_says_how_late_it_was(language, met, label):
    assert state_label(past(State.MET_LATE, "Thu 2024-10-31", met), language) == label


def test_a_missed_cycle_counts_no_days_because_they_would_grow():
    assert state_label(past(State.MISSED, "Thu 2024-10-31"), "en") == "Missed"


def test_instants_are_said_in_utc():
    geneva = timezone(timedelta(hours=1))
    assert instant(datetime(2026, 11, 24, 0, 15, tzinfo=geneva), "en") == "23 November 2026, 23:15 UTC"
    assert instant(datetime(2026, 11, 23, 7, 5, tzinfo=UTC), "en") == "23 November 2026, 07:05 UTC"


@pytest.mark.parametrize(
    ("anchor", "label"),
    [
        (
            "international-migration-review-forum 2030",
            "the dates of “International Migration Review Forum 2030”",
        ),
        ("completion of working-group-review", "when “Review of the working groups” was last completed"),
        ("some-event 2030", "the dates of “some-event 2030”"),
    ],
)
def test_what_is_not_known_is_named_in_words(anchor, label):
    assert anchor_label(anchor, "en", REVIEW.names) == label


def test_languages_are_called_what_their_speakers_call_them():
    assert [own_name("en"), own_name("ar")] == ["English", "العربية"]
