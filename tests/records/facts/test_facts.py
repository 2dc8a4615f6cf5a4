"""Facts: recorded once, corrected by withdrawal, read as they were known."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.facts.facts import Certainty, Event, EventRange
from records.database import reading, writing
from records.facts.facts import (
    Completion,
    EventDate,
    UnknownFactError,
    correct_fact,
    in_force,
    read_facts,
    record_fact,
)
from records.runs import ENFORCE, record_run
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings
from tests.fuzzing import examples
from tests.installations import FORUM, TODAY, at, workplace_in

LATER = at(TODAY) + timedelta(days=3)


def review(on: date, recorded_at: datetime = LATER) -> Completion:
    return Completion(
        recorded_at=recorded_at,
        recorded_by="an officer",
        obligation="working-arrangements-review",
        completed_on=on,
        evidence="report",
        counts_for=None,
    )


def forum(first: date, certainty: str) -> EventDate:
    return EventDate(
        recorded_at=LATER,
        recorded_by="an officer",
        kind=FORUM,
        edition="2030",
        starts_on=first,
        ends_on=first + timedelta(days=3),
        certainty=certainty,
        source="a letter",
    )


def test_the_same_fact_is_recorded_once(tmp_path: Path):
    with workplace_in(tmp_path) as installation, writing(installation.engine) as session:
        assert record_fact(session, review(date(2026, 11, 20))) is True
        assert record_fact(session, review(date(2026, 11, 20))) is False


def test_a_correction_withdraws_a_fact_and_the_record_keeps_both(tmp_path: Path):
    with workplace_in(tmp_path) as installation, writing(installation.engine) as session:
        record_fact(session, review(date(2026, 11, 20)))
        correct_fact(session, "completion", 5, "it was the 21st", "an officer", LATER)
        record_fact(session, review(date(2026, 11, 21)))
        known = read_facts(session).completions_of("working-arrangements-review")
    assert [completion.completed_on for completion in known] == [date(2025, 11, 10), date(2026, 11, 21)]


def test_what_was_withdrawn_can_be_recorded_again(tmp_path: Path):
    with workplace_in(tmp_path) as installation, writing(installation.engine) as session:
        record_fact(session, review(date(2026, 11, 20)))
        correct_fact(session, "completion", 5, "a mistake", "an officer", LATER)
        assert record_fact(session, review(date(2026, 11, 20))) is True


@pytest.mark.parametrize(("fact", "number"), [("completion", 99), ("meeting", 1)])
def test_there_must_be_a_fact_to_correct(tmp_path: Path, fact: str, number: int):
    with (
        workplace_in(tmp_path) as installation,
        pytest.raises(UnknownFactError, match=f"no {fact} number {number} is in force"),
        writing(installation.engine) as session,
    ):
        correct_fact(session, fact, number, "none", "an officer", LATER)


def test_the_latest_announcement_of_an_event_is_in_force_and_the_earlier_is_kept(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        with writing(installation.engine) as session:
            record_fact(session, forum(date(2030, 5, 7), "tentative"))
            record_fact(session, forum(date(2030, 5, 14), "confirmed"))
        with reading(installation.engine) as session:
            facts = read_facts(session)
    event = facts.event(FORUM, "2030")
    assert event is not None
    assert (event.starts_on, event.certainty) == (date(2030, 5, 14), Certainty.CONFIRMED)
    assert [e.starts_on for e in facts.events if isinstance(e, Event) and e.edition == "2030"] == [
        date(2030, 5, 7),
        date(2030, 5, 14),
    ]


def test_going_back_to_an_earlier_date_is_news_too(tmp_path: Path):
    with workplace_in(tmp_path) as installation, writing(installation.engine) as session:
        for first in (date(2030, 5, 7), date(2030, 5, 14), date(2030, 5, 7)):
            assert record_fact(session, forum(first, "tentative")) is True
        event = read_facts(session).event(FORUM, "2030")
    assert event is not None
    assert event.starts_on == date(2030, 5, 7)


def test_what_was_recorded_later_was_not_known_before(tmp_path: Path):
    with workplace_in(tmp_path) as installation, writing(installation.engine) as session:
        record_fact(session, review(date(2026, 11, 20)))
        correct_fact(session, "completion", 1, "never held", "an officer", LATER)
        then = read_facts(session, known_at=LATER - timedelta(days=1))
        now = read_facts(session, known_at=LATER)
    obligation = "working-arrangements-review"
    assert [c.completed_on for c in then.completions_of(obligation)] == [date(2025, 11, 10)]
    assert [c.completed_on for c in now.completions_of(obligation)] == [date(2026, 11, 20)]


def test_the_day_the_system_went_live_is_not_known_before_it_did(tmp_path: Path):
    with workplace_in(tmp_path) as installation, writing(installation.engine) as session:
        record_run(session, ENFORCE, TODAY, LATER, {})
        then = read_facts(session, known_at=LATER - timedelta(days=1))
        now = read_facts(session, known_at=LATER)
    assert (then.went_live_on, now.went_live_on) == (None, TODAY)


def test_a_range_is_kept_and_read_as_a_range(tmp_path: Path):
    with workplace_in(tmp_path) as installation, writing(installation.engine) as session:
        record_fact(session, forum(date(2030, 5, 7), "range"))
        facts = read_facts(session)
    assert facts.event(FORUM, "2030") is None
    assert facts.event_range(FORUM, "2030") == EventRange(
        FORUM, "2030", date(2030, 5, 7), date(2030, 5, 10), "a letter"
    )


Happening = tuple[date, bool]


@given(
    happenings=st.lists(st.tuples(st.dates(date(2020, 1, 1), date(2026, 11, 1)), st.booleans()), max_size=8)
)
@settings(
    max_examples=examples(30), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_fact_recorded_later_than_known_at_has_influence(tmp_path: Path, happenings: list[Happening]):
    """One happening an hour, some of which withdraw the first fact in force: no hour's view ever changes."""
    hours = [at(TODAY) + timedelta(hours=1 + count) for count in range(len(happenings))]
    with (
        open_installation(Settings(home=tmp_path)) as installation,
        writing(installation.engine, keep=False) as session,
    ):
        seen = [read_facts(session, known_at=at(TODAY))]
        for hour, (on, wrong) in zip(hours, happenings, strict=True):
            in_error = next(iter(in_force(session, Completion)), None) if wrong else None
            if in_error:
                correct_fact(session, "completion", in_error.id, "wrong", "an officer", hour)
            else:
                record_fact(session, review(on, hour))
            seen.append(read_facts(session, known_at=hour))
        assert [read_facts(session, known_at=hour) for hour in (at(TODAY), *hours)] == seen
