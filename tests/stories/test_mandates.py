"""The command line, as documented: what it answers people and machines, and how it refuses."""

import re
import sys
from pathlib import Path

import pytest

from tests.cli.command import FACTS, Mandates
from tests.patience import run_to_its_end

AWAITING = "awaiting-release"
STATIONS = ("Geneva", "New York")
AS_OF = ("--as-of", "2026-11-23")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Mandates:
    """A home in which the facts of the worked example are on record, for commands that change nothing."""
    mandates = Mandates(tmp_path_factory.mktemp("home"))
    assert mandates.imported().code == 0
    return mandates


@pytest.fixture
def mandates(tmp_path: Path) -> Mandates:
    return Mandates(tmp_path / "home")


def test_status_is_the_documented_json(known: Mandates):
    found = {row["obligation"]: row for row in known("status", *AS_OF, "--json").json["obligations"]}
    assert len(found) == 15
    assert found["working-arrangements-review"] == {
        "obligation": "working-arrangements-review",
        "provision": "REV-2",
        "cycle": "working-arrangements-review/since-2025-11-10",
        "state": "overdue",
        "opens_on": "2025-11-11",
        "due_on": "2026-11-10",
        "target_on": None,
        "last_working_day_before": None,
        "begins_on": "2025-11-11",
        "days_overdue": 13,
        "days_past_target": 0,
        "tentative": False,
        "external": False,
        "unknown": [],
        "due_between": None,
        "target_between": None,
        "also_open": [],
        "last_met_on": "2025-11-10",
        "more_than_a_year_since": None,
        "breaches": [
            {
                "cycle": "working-arrangements-review/since-2025-11-10",
                "due_on": "2026-11-10",
                "met_on": None,
                "days_late": 13,
                "rule_in_force_from": "2018-12-19",
                "explanation": None,
            }
        ],
    }
    assert found["secretary-general-review"]["breaches"][0] == {
        "cycle": "secretary-general-review/2024",
        "due_on": "2024-10-31",
        "met_on": "2024-11-20",
        "days_late": 20,
        "rule_in_force_from": "2018-12-19",
        "explanation": None,
    }
    assert found["fund-board-review"]["more_than_a_year_since"] == "2025-06-30"


def test_status_answers_people_in_a_table_with_what_to_look_at(known: Mandates):
    out = known("status", *AS_OF).out
    assert "working-arrangements-review            since-2025-11-10  overdue     2026-11-10" in out
    assert "- working-group-review/2026: 15 days past the internal target date 2026-11-08; not overdue" in out


def test_the_calendar_marks_what_is_projected_and_external(known: Mandates):
    rows = known("calendar", "--from", "2026-11-01", "--to", "2028-12-31", "--json").json
    assert {
        "obligation": "secretary-general-review",
        "cycle": "secretary-general-review/2028",
        "opens_on": "2028-10-01",
        "due_on": "2028-10-31",
        "target_on": None,
        "due_between": None,
        "target_between": None,
        "tentative": False,
        "projected": False,
        "external": True,
        "rule_in_force_from": "2018-12-19",
    } in rows
    projected = [row["due_on"] for row in rows if row["projected"]]
    assert projected == ["2027-11-10", "2028-11-10"]


def test_explain_gives_each_step(known: Mandates):
    answer = known("explain", "working-group-review", *AS_OF, "--json").json
    assert answer["due_on"] == "2026-12-06"
    assert [(step["of"], step["basis"], step["arithmetic"]) for step in answer["steps"]] == [
        ("opens_on", "mandate", "2026-05-08 + 1 day = 2026-05-09"),
        ("target_on", "house-practice", "2026-05-08 + 6 months = 2026-11-08"),
        ("due_on", "mandate", "2022-12-06 + 48 months = 2026-12-06"),
    ]
    assert {"provision", "rule_in_force_from", "anchor", "arithmetic", "result"} <= set(answer["steps"][0])


def test_explain_shows_what_was_moved_to_a_working_day_and_the_due_date_that_never_is(known: Mandates):
    told = known("explain", "working-group-review", *AS_OF).out
    assert "due_on  Sun 2026-12-06\n" in told
    assert "the last working day before it is Friday, 4 December 2026" in told
    assert "outcome-published  Fri 2026-11-06\n  moved from Sunday, 8 November 2026" in told


def test_the_doctor_names_the_duty_stations_whose_holidays_are_not_settled(known: Mandates):
    told = known("doctor").out
    assert all(re.search(rf"olidays (known for|of) {station} 20\d\d", told) for station in STATIONS)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "48 months after the last completion"), ("ar", "6 كانون الأول/ديسمبر 2026")],
)
def test_explain_speaks_in_sentences(known: Mandates, language: str, words: str):
    assert words in known("explain", "working-group-review", *AS_OF, "--language", language).out


def test_enforcing_twice_sends_once(mandates: Mandates):
    mandates.imported()
    first = mandates("enforce")
    outbox = sorted((mandates.home / "outbox").glob("*.eml"))
    second = mandates("enforce")
    assert (first.code, second.code) == (0, 0)
    assert outbox
    assert sorted((mandates.home / "outbox").glob("*.eml")) == outbox
    assert "0 cycles opened, 0 notices entered" in second.out
    assert mandates("doctor").out.count("chain intact") == 1


@pytest.mark.parametrize("words", [("--dry-run",), ("--as-of", "2031-01-31")])
def test_a_rehearsal_says_that_it_is_one_and_sends_nothing(mandates: Mandates, words: tuple[str, ...]):
    mandates.imported()
    answer = mandates("enforce", *words)
    assert "a rehearsal: nothing was written or sent" in answer.out
    assert not (mandates.home / "outbox").exists()
    assert "enforced   never" in mandates("doctor").out


def test_a_formal_notice_is_released_by_name(mandates: Mandates):
    mandates.imported()
    mandates("enforce", "--as-of", "2026-11-23", "--force")
    mandates("enforce", "--as-of", "2026-11-24", "--force")
    waiting = mandates(
        "notices", "--as-of", "2026-11-24", "--days", "0", "--state", "awaiting-release", "--json"
    ).json
    # The package for the Secretary-General is a draft: nobody outside is told of it yet.
    assert [(row["class"], row["notice_key"]) for row in waiting] == [
        ("formal", "working-arrangements-review/since-2025-11-10:escalation:due+14:coordinator-office:email")
    ]
    released = mandates("notices", "release", waiting[0]["notice_key"], "--by", "Amal Haddad")
    assert "released by Amal Haddad" in released.out
    again = mandates("notices", "release", waiting[0]["notice_key"], "--by", "Amal Haddad")
    assert (again.code, "awaits release" in again.err) == (2, True)


def test_facts_are_recorded_one_by_one_and_corrected(mandates: Mandates):
    fact = (
        "record",
        "completion",
        "annual-meeting",
        "2025-12-11",
        "--evidence",
        "summary",
        "--by",
        "an officer",
    )
    assert mandates(*fact).out == "recorded\n"
    assert mandates(*fact).out == "this is on record already; nothing was changed\n"
    assert "annual-meeting" in mandates("record", "list").out
    correction = (
        "record",
        "correction",
        "completion",
        "1",
        "--reason",
        "it was the 12th",
        "--by",
        "an officer",
        "--yes",
    )
    assert mandates(*correction).code == 0
    assert mandates("record", "list").out == "no fact is on record\n"


def test_a_package_is_built_and_verified(mandates: Mandates):
    mandates.imported()
    mandates("enforce")
    built = mandates("package", "build", "working-group-review/2026")
    file = built.out.splitlines()[0]
    assert (built.code, mandates("package", "verify", file).code) == (0, 0)
    Path(file).write_bytes(Path(file).read_bytes().replace(b"Executive", b"Erecutive", 1))
    spoilt = mandates("package", "verify", file)
    assert spoilt.code == 1
    assert "not as it was assembled" in spoilt.out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            ("explain", "anual-meeting"),
            "no obligation is called 'anual-meeting'; the pack has: ",
        ),
        (("explain", "annual-meeting", "--language", "xx"), "found 'xx'; expected one of: ar, en, es"),
        (
            ("calendar", "--to", "9999-12-31"),
            "found '9999-12-31'; expected a day from 1900-01-01 to 2200-12-31",
        ),
        (("calendar", "--from", "2030-01-01", "--to", "2029-12-31"), "2029-12-31 is before 2030-01-01"),
        (
            ("status", "--as-of", "9999-12-31"),
            "found '9999-12-31'; expected a day from 1900-01-01 to 2200-12-31",
        ),
        (("enforce", "anual-meeting"), "no obligation is called 'anual-meeting'"),
        (("package", "build", "annual-meeting/1999"), "'annual-meeting/1999' is not an opened cycle"),
        (("status", "--as-of", "2026-02-30"), "found '2026-02-30'; expected a day from 1900-01-01"),
        (("import", "no-such-file.toml"), "No such file"),
        (("import", "/dev/zero"), "found something that is no plain file; expected a TOML file"),
        (("record", "correction", "completion", "1" + "0" * 30, "--reason", "x", "--by", "me"), "2147483647"),
        (("record", "correction", "completion", "1", "--reason", " ", "--by", "me"), "expected a sentence"),
        (("notices", "ask", "annual-meeting/2026", "--nobody", "--reason", "", "--by", "me"), "a sentence"),
        (("record", "completion", "annual-meeting", "2025-12-11", "--by", "me"), "--evidence"),
        (
            ("record", "completion", "annual-meeting", "2025-12-11", "--evidence", " ", "--by", "me"),
            "completions.0.evidence: found ' '",
        ),
        (("package", "verify", "pyproject.toml"), ""),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do(
    mandates: Mandates, words: tuple[str, ...], told: str
):
    answer = mandates(*words)
    assert answer.code != 0
    assert told in answer.err
    assert "Traceback" not in answer.err


def test_a_wrong_file_of_facts_is_refused_whole_with_exit_code_2(mandates: Mandates):
    answer = mandates.imported(
        FACTS + '\n[[completions]]\nobligation = "annual-meeting"\ncompleted_on = 2026-02-30\n'
    )
    assert answer.code == 2
    assert "2 errors; nothing was accepted" in answer.err
    assert "completions.4.completed_on: found '2026-02-30'; expected a calendar date" in answer.err
    assert "completions.4.evidence: found nothing; expected a value" in answer.err
    assert mandates("record", "list").out == "no fact is on record\n"


@pytest.mark.parametrize(
    ("setting", "value", "told"),
    [
        ("MANDATES_PORT", "99999", "MANDATES_PORT: found '99999'"),
        ("MANDATES_POLICIES", "/nowhere", "instrument.toml: (whole file): found No such file"),
        ("MANDATES_DIRECTORY", "/nowhere.toml", "nowhere.toml: (whole file): found No such file"),
    ],
)
def test_a_wrong_setting_is_named(mandates: Mandates, setting: str, value: str, told: str):
    answer = mandates("status", **{setting: value})
    assert answer.code == 2
    assert told in answer.err


def test_a_channel_that_cannot_be_used_sends_nothing_and_loses_nothing(mandates: Mandates):
    mandates.imported()
    refused = mandates("enforce", MANDATES_CHANNELS_EMAIL="carrier-pigeon://loft")
    assert refused.code != 0
    assert "The channel carrier-pigeon://… cannot be used" in refused.err
    assert "Traceback" not in refused.err
    mandates("enforce")
    assert list((mandates.home / "outbox").glob("*.eml"))


def test_status_imports_no_prefect_and_no_apprise():
    script = "import sys; from cli.main import application as a; a(['status']); print(sorted(sys.modules))"
    command = [sys.executable, "-c", script]
    loaded = run_to_its_end(command).stdout
    assert "'sqlalchemy.orm'" in loaded
    for slow in ("prefect", "apprise", "alembic", "jinja2", "babel"):
        assert f"'{slow}'" not in loaded
