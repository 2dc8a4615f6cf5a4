"""Meetings, decisions and terms: taken as they are said, and refused with everything that is wrong."""

import tomllib
from pathlib import Path

import pytest

from policies.problems import RefusedFileError
from records.database import reading, writing
from records.facts.facts import correct_fact, read_facts
from tasks.facts.importing import Import, take
from tasks.installation.installation import Installation
from tests.installations import TODAY, at, workplace_in

FACTS = """
[[meetings]]
id = "ec-2026-11"
kind = "executive-committee-meeting"
held_on = 2026-11-16
title = "Executive Committee, November"
source = "the agenda"

[[decisions]]
id = "ec-2026-11-1"
decided_on = 2026-11-16
owner = "secretariat"
due_on = 2026-12-18
text = "publish the workplan"
source = "the minutes"

[[terms]]
body = "fund-board-members"
seat = "donors-1"
holder = "a donor"
starts_on = 2025-01-01
ends_on = 2026-12-31
source = "the roster"

[[completions]]
obligation = "meeting-records-publication"
completed_on = 2026-11-20
evidence = "the web page"
counts_for = "ec-2026-11"
"""
WRONG = """
[[meetings]]
id = "Ec 1"
kind = "council"
held_on = 2026-11-24
title = "Council"
source = "x"

[[decisions]]
id = "d-1"
decided_on = 2026-11-16
due_on = 2026-11-15
text = "publish the workplan"
source = "the minutes"

[[terms]]
body = "board"
seat = "donors-1"
holder = "a donor"
starts_on = 2026-12-31
ends_on = 2025-01-01
source = "the roster"

[[terms]]
body = "fund-board-members"
seat = "donors-1"
holder = "a donor"
starts_on = 2026-02-30
source = "the roster"

[[completions]]
obligation = "decision-follow-up"
completed_on = 2026-11-20
evidence = "a letter"

[[completions]]
obligation = "decision-follow-up"
completed_on = 2026-11-20
evidence = "a letter"
counts_for = "d-9"

[[completions]]
obligation = "coordinator-briefings"
completed_on = 2026-11-20
evidence = "a letter"
counts_for = "2026"
"""


def taken(installation: Installation, text: str) -> Import:
    return take(installation, tomllib.loads(text), Path("facts.toml"), "an officer", at(TODAY), TODAY)


def problems(installation: Installation, text: str) -> dict[str, str]:
    """Return what was expected, by the key of each mistake."""
    quoted = text.replace("2026-02-30", '"2026-02-30"')
    with pytest.raises(RefusedFileError) as refused:
        taken(installation, quoted)
    return {problem.key: problem.expected for problem in refused.value.problems}


def test_what_sets_duties_off_is_taken_together_with_what_it_set_off(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        assert taken(installation, FACTS) == Import(new=4, known=0)
        assert taken(installation, FACTS) == Import(new=0, known=4)
        with reading(installation.engine) as session:
            facts = read_facts(session)
    assert [meeting.id for meeting in facts.meetings] == ["ec-2026-11"]
    assert [(decision.id, str(decision.due_on)) for decision in facts.decisions] == [
        ("ec-2026-11-1", "2026-12-18")
    ]
    assert [term.name for term in facts.terms] == ["donors-1-2025-01-01"]


def test_every_mistake_is_listed_and_nothing_is_taken(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        found = problems(installation, WRONG)
        with reading(installation.engine) as session:
            facts = read_facts(session)
    assert sorted(found) == [
        "completions.0.counts_for",
        "completions.1.counts_for",
        "completions.2.counts_for",
        "decisions.0.due_on",
        "decisions.0.owner",
        "meetings.0.held_on",
        "meetings.0.id",
        "meetings.0.kind",
        "terms.0.body",
        "terms.0.ends_on",
        "terms.1.starts_on",
    ]
    assert found["terms.0.ends_on"] == "a day not before starts_on, 2026-12-31"
    assert found["completions.0.counts_for"].startswith("counts_for: which of the cycles of decision-")
    assert found["completions.1.counts_for"] == "one of: d-1"
    assert (facts.meetings, facts.decisions, facts.terms) == ([], [], [])


@pytest.mark.parametrize(
    ("said", "otherwise", "key"),
    [
        ("2026-11-16\ntitle", "2026-11-17\ntitle", "meetings.0"),
        ("2026-12-18", "2026-12-21", "decisions.0"),
        ("ends_on = 2026-12-31", "ends_on = 2027-12-31", "terms.0"),
    ],
)
def test_the_same_name_in_other_words_is_refused_until_the_record_is_corrected(
    tmp_path, said, otherwise, key
):
    with workplace_in(tmp_path, {}) as installation:
        taken(installation, FACTS)
        changed = FACTS.replace(said, otherwise)
        assert list(problems(installation, changed)) == [key]
        with writing(installation.engine) as session:
            correct_fact(session, key.split("s.")[0], 1, "a slip", "an officer", at(TODAY))
        assert taken(installation, changed) == Import(new=1, known=3)


def test_one_name_twice_in_a_file_is_refused(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        twice = f"{FACTS}{FACTS[: FACTS.index('[[terms]]')].replace('16', '17')}"
        assert problems(installation, twice) == {"meetings": "each name once", "decisions": "each name once"}


def test_what_was_recorded_later_was_not_known_before(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        taken(installation, FACTS)
        with reading(installation.engine) as session:
            before = read_facts(session, known_at=at(TODAY, 1))
    assert (before.meetings, before.decisions, before.terms) == ([], [], [])
