"""A file of facts: everything wrong is listed at once, and nothing of a wrong file is taken."""

from datetime import date
from pathlib import Path

import pytest

from policies.facts.facts import WHO, Event, EventRange
from policies.problems import RefusedFileError, read_toml
from records.database import reading
from records.facts.facts import KINDS, in_force, read_facts
from tasks.facts.importing import Import, take
from tasks.installation.installation import Installation
from tests.installations import FORUM, TODAY, at, workplace_in

WRONG = """
evnts = []

[[events]]
kind = "world-cup"
edition = "2026"
starts_on = 2026-06-11
ends_on = 2026-06-10
certainty = "sure"
source = "a newspaper"

[[completions]]
obligation = "annual-meeting"
completed_on = 2026-02-30
evidence = "summary"

[[completions]]
obligation = "annual-meeting"
completed_on = 2026-03-01

[[completions]]
obligation = "anual-meeting"
completed_on = 2026-03-01
evidence = "summary"

[[completions]]
obligation = "annual-meeting"
completed_on = 2026-12-24
evidence = "summary"

[[completions]]
obligation = "working-arrangements-review"
completed_on = 2026-11-20
evidence = "report"
counts_for = "2026"

[[completions]]
obligation = "secretary-general-review"
completed_on = 2026-11-20
evidence = "letter"
counts_for = "2025"

[[explanations]]
cycle = "annual-meeting/1999"
explained_on = 2026-11-20
reason = "no quorum"

[[explanations]]
cycle = "anual-meeting/2025"
explained_on = 2026-11-20
reason = "no quorum"

[[extensions]]
cycle = "annual-meeting/2026"
until = 2027-03-31
authority = " "
"""
GOOD = """
[[completions]]
obligation = "annual-meeting"
completed_on = 2025-12-11
evidence = "summary of the meeting"

[[explanations]]
cycle = "annual-meeting/2024"
explained_on = 2026-11-20
reason = "postponed to January 2025"
"""


def taken(installation: Installation, folder: Path, text: str) -> Import:
    file = folder / "facts.toml"
    file.write_text(text, encoding="utf-8")
    return take(installation, read_toml(file), file, "an officer", at(TODAY), TODAY)


def problems(installation: Installation, folder: Path, text: str) -> list[tuple[str, str]]:
    with pytest.raises(RefusedFileError) as refused:
        taken(installation, folder, text)
    return [(problem.key, problem.found) for problem in refused.value.problems]


def test_every_mistake_of_form_and_every_contradiction_is_listed_and_nothing_is_taken(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        assert sorted(problems(installation, tmp_path, WRONG)) == [
            ("completions.0.completed_on", "'2026-02-30'"),
            ("completions.1.evidence", "nothing"),
            ("completions.2.obligation", "'anual-meeting'"),
            ("completions.3.completed_on", "2026-12-24"),
            ("completions.4.counts_for", "'2026'"),
            ("completions.5.counts_for", "'2025'"),
            ("events.0.certainty", "'sure'"),
            ("events.0.ends_on", "2026-06-10"),
            ("events.0.kind", "'world-cup'"),
            ("evnts", "[]"),
            ("explanations.0.cycle", "'annual-meeting/1999'"),
            ("explanations.1.cycle", "'anual-meeting/2025'"),
            ("extensions.0.authority", "' '"),
        ]
        with reading(installation.engine) as session:
            assert [
                row for name, kind in KINDS.items() if name not in WHO for row in in_force(session, kind)
            ] == []


def test_a_cycle_that_the_same_file_begins_can_be_explained(tmp_path: Path):
    begun = """
[[completions]]
obligation = "working-arrangements-review"
completed_on = 2024-05-02
evidence = "report"

[[explanations]]
cycle = "working-arrangements-review/since-2024-05-02"
explained_on = 2026-11-20
reason = "no quorum"
"""
    with workplace_in(tmp_path, {}) as installation:
        assert taken(installation, tmp_path, begun) == Import(new=2, known=0)


def test_a_file_taken_twice_is_recorded_once(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        assert taken(installation, tmp_path, GOOD) == Import(new=2, known=0)
        assert taken(installation, tmp_path, GOOD) == Import(new=0, known=2)


def test_the_history_that_ships_is_taken_and_makes_nothing_missed(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        history = (installation.pack.folder / "history.toml").read_text(encoding="utf-8")
        assert taken(installation, tmp_path, history) == Import(new=24, known=0)
        assert taken(installation, tmp_path, history) == Import(new=0, known=24)
        with reading(installation.engine) as session:
            facts = read_facts(session)
        found = {o: installation.pack.status(o, facts, TODAY) for o in installation.pack.obligations}
    assert {obligation: status.breaches for obligation, status in found.items()} == dict.fromkeys(found, ())
    states = {turn.cycle.name: str(turn.state) for turn in found["annual-meeting"].turns[:8]}
    assert states == {
        "2019": "unrecorded",
        "2020": "unrecorded",
        "2021": "unrecorded",
        "2022": "met",
        "2023": "unrecorded",
        "2024": "met",
        "2025": "unrecorded",
        "2026": "open",
    }
    reports = {turn.cycle.name: str(turn.state) for turn in found["general-assembly-report"].turns}
    assert reports == {
        "2020": "met",
        "2022": "met",
        "2024": "met",
        "2026": "unrecorded",
        "2028": "scheduled",
        "2030": "unknown",
    }
    forum = facts.event("international-migration-review-forum", "2022")
    assert forum is not None
    assert [str(e.starts_on) for e in facts.events if isinstance(e, Event) and e.edition == "2022"] == [
        "2022-05-10",
        "2022-05-17",
    ]
    assert str(forum.starts_on) == "2022-05-17"


@pytest.mark.parametrize("text", ["not toml at all", "a = 1\na = 2", "\x00"])
def test_rubbish_is_refused_with_what_is_expected(tmp_path: Path, text: str):
    with (
        workplace_in(tmp_path, {}) as installation,
        pytest.raises(RefusedFileError, match="expected TOML"),
    ):
        taken(installation, tmp_path, text)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path):
    with pytest.raises(RefusedFileError, match="No such file"):
        read_toml(tmp_path / "missing.toml")


RANGE = """
[[events]]
kind = "international-migration-review-forum"
edition = "2030"
certainty = "tentative"
source = "a letter"
"""


@pytest.mark.parametrize(
    ("way", "first", "last"),
    [
        ('month = "2030-05"', date(2030, 5, 1), date(2030, 5, 31)),
        ('month = "2032-02"', date(2032, 2, 1), date(2032, 2, 29)),
        ('between = ["2030-05-06", "2030-05-24"]', date(2030, 5, 6), date(2030, 5, 24)),
        ("between = [2030-05-06, 2030-05-24]", date(2030, 5, 6), date(2030, 5, 24)),
    ],
)
def test_an_event_may_be_known_as_a_range(tmp_path: Path, way: str, first: date, last: date):
    with workplace_in(tmp_path, {}) as installation:
        assert taken(installation, tmp_path, RANGE + way).new == 1
        assert taken(installation, tmp_path, RANGE + way).known == 1
        with reading(installation.engine) as session:
            facts = read_facts(session)
    assert facts.event_range(FORUM, "2030") == EventRange(FORUM, "2030", first, last, "a letter")
    assert facts.event(FORUM, "2030") is None


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (RANGE, "starts_on and ends_on; or else either between or month"),
        (RANGE + "starts_on = 2030-05-07", "starts_on and ends_on; or else either between or month"),
        (
            RANGE + 'starts_on = 2030-05-07\nends_on = 2030-05-10\nmonth = "2030-05"',
            "starts_on and ends_on; or else either between or month",
        ),
        (RANGE + 'month = "2030-13"', "events.0.month: found '2030-13'"),
        (RANGE + 'between = ["2030-05-24", "2030-05-06"]', "the earlier day first"),
        (RANGE + 'between = ["2030-02-30", "2030-05-06"]', "events.0.between.0: found '2030-02-30'"),
        (
            RANGE.replace("tentative", "confirmed") + 'month = "2030-05"',
            'certainty = "tentative": a range is no confirmed date',
        ),
    ],
)
def test_a_range_that_is_none_is_refused(tmp_path: Path, entry: str, told: str):
    with workplace_in(tmp_path, {}) as installation, pytest.raises(RefusedFileError) as refusal:
        taken(installation, tmp_path, entry)
    assert told in str(refusal.value)
