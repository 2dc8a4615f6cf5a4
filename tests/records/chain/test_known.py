"""How far a record is known: at a place in its chain, whatever the clock said."""

from pathlib import Path

from records.chain.known import places_of
from records.database import reading, writing
from records.facts.facts import Completion, correct_fact, read_facts, record_fact
from records.runs import ENFORCE, record_run
from tests.days import day
from tests.installations import TODAY, at, workplace_in


def completion(evidence: str) -> Completion:
    return Completion(
        recorded_at=at(TODAY),
        recorded_by="an officer",
        obligation="annual-meeting",
        completed_on=TODAY,
        counts_for=None,
        evidence=evidence,
    )


def test_what_was_recorded_at_one_instant_is_known_by_its_place(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        numbers = []
        for evidence in ("first", "second", "third"):
            with writing(installation.engine) as session:
                record_fact(session, completion(evidence))
                numbers.append(record_run(session, ENFORCE, TODAY, at(TODAY), {}).id)
        with writing(installation.engine) as session:
            correct_fact(session, "completion", 1, "a slip", "an officer", at(TODAY))
        with reading(installation.engine) as session:
            places = places_of(session, numbers)
            known = [read_facts(session, places[number]).completions for number in numbers]
            now = read_facts(session).completions
    assert [[each.evidence for each in fact] for fact in known] == [
        ["first"],
        ["first", "second"],
        ["first", "second", "third"],
    ]
    assert [each.evidence for each in now] == ["second", "third"]


def test_a_run_does_not_know_itself_and_who_was_who_from_the_beginning(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        with writing(installation.engine) as session:
            first = record_run(session, ENFORCE, TODAY, at(TODAY), {}).id
            second = record_run(session, ENFORCE, day("Mon 2026-11-30"), at(TODAY), {}).id
        with reading(installation.engine) as session:
            places = places_of(session, [first, second])
            facts = {number: read_facts(session, place) for number, place in places.items()}
    assert facts[first].went_live_on is None
    assert facts[second].went_live_on == TODAY
    assert len(facts[first].who.people) > 10


def test_a_run_that_the_chain_does_not_have_has_no_place(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation, reading(installation.engine) as session:
        assert places_of(session, [4711]) == {}
