from pathlib import Path

import pytest

from policies.problems import RefusedFileError
from tasks.rules.check import check, rule_rows
from tests import example_pack
from tests.days import day
from tests.example_pack import AS_OF, CONGRESS_PAPER, DREDGING, PILOTAGE, SAFETY, added, copied
from tests.policies.network import FOLDER as NETWORK

BACKWARDS = (
    "pilotage-review.toml: versions: found 2018-01-01 after 2019-05-01; "
    "expected versions in the order of in_force_from, each later than the one before"
)
WITHOUT_KIND = (
    "safety-report.toml: versions.0.clock: "
    "found {'first': 2026, 'source': 'CHA-8: each year; the record begins with 2026'}; "
    'expected a key kind, such as kind = "rolling-ceiling"'
)
WITHOUT_ANCHOR = (
    "congress-paper.toml: versions.0.clock.event: found nothing; expected a value: this key is required"
)
AFTER_THE_DUE_DATE = (
    "plans.toml: plans.short.milestones.1.weeks_before: found -3, which is after the due date; "
    "expected 0 (the day itself) or more weeks before it"
)
NO_SUCH_ROLE = (
    "plans.toml: plans.short.rungs.4.to.0: found 'admiral'; expected one of: "
    "commission, consulted, contributors, duty-officer, holder, ministry, overseers, owners, pilots, "
    "secretariat, supports, terminals"
)
ROLE_NOBODY_HOLDS = (
    "directory.toml: actors.ministry: found nobody; "
    "expected somebody's id: escalation at due+14 of congress-paper speaks to this actor"
)
FEBRUARY = (
    "dredging-plan.toml: versions.0.in_force_from: found '2019-02-30'; "
    "expected a calendar date, such as 2026-11-10"
)
PLAIN = """kind = "per-period"
first = 2026
source = "CHA-8: each year; the record begins with 2026"
"""
OF_ITSELF = """kind = "earliest-of"
source = "the charter"

[[versions.clock.of]]
kind = "earliest-of"
source = "the charter"
"""


def refused(folder: Path) -> list[str]:
    with pytest.raises(RefusedFileError) as refusal:
        check(folder, folder / "directory.toml", AS_OF)
    return [str(problem) for problem in refusal.value.problems]


@pytest.mark.parametrize("folder", [example_pack.FOLDER, NETWORK])
def test_the_packs_of_the_project_are_in_order(folder: Path):
    assert check(folder, folder / "directory.toml", AS_OF).pack.folder == folder


def test_a_fresh_pack_has_nothing_to_look_at():
    assert check(example_pack.FOLDER, example_pack.FOLDER / "directory.toml", AS_OF).mentions == []


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (PILOTAGE, "in_force_from = 2027-01-01", "in_force_from = 2018-01-01", BACKWARDS),
        (SAFETY, 'kind = "per-period"\n', "", WITHOUT_KIND),
        (CONGRESS_PAPER, 'event = "congress-of-pilots"\n', "", WITHOUT_ANCHOR),
        ("plans.toml", "weeks_before = 3 }", "weeks_before = -3 }", AFTER_THE_DUE_DATE),
        ("plans.toml", 'to = ["ministry"]', 'to = ["admiral"]', NO_SUCH_ROLE),
        ("directory.toml", 'ministry = ["ministry-desk"]\n', "", ROLE_NOBODY_HOLDS),
        (DREDGING, "in_force_from = 2019-05-01", "in_force_from = 2019-02-30", FEBRUARY),
    ],
)
def test_each_mistake_has_its_own_clear_message(tmp_path: Path, file: str, old: str, new: str, told: str):
    assert refused(copied(tmp_path, (file, old, new))) == [told]


def test_a_clock_cannot_be_made_of_itself(tmp_path: Path):
    """Clocks are composed of plain ones only, so a circle cannot even be written down."""
    (told, *_) = refused(copied(tmp_path, (SAFETY, PLAIN, OF_ITSELF)))
    assert told.startswith(
        "safety-report.toml: versions.0.clock.of.0.kind: found 'earliest-of'; expected one of"
    )
    assert "'per-period'" in told


def test_mistakes_of_every_kind_are_listed_together(tmp_path: Path):
    folder = copied(
        tmp_path,
        (DREDGING, "2019-05-01\n", "2019-02-30\n"),
        ("plans.toml", "weeks_before = 6", "weeks_before = -6"),
        ("directory.toml", "address = ", "adress = "),
    )
    files = [told.partition(":")[0] for told in refused(folder)]
    assert files == ["plans.toml", "dredging-plan.toml", *["directory.toml"] * 14]


def test_the_history_is_checked_against_the_rules(tmp_path: Path):
    folder = copied(tmp_path)
    added(folder, "history.toml", '[[completions]]\nobligation = "dredging"\ncompleted_on = 2027-03-01\n')
    assert [told.partition(": found")[0] for told in refused(folder)] == [
        "history.toml: completions.0.obligation",
        "history.toml: completions.0.completed_on",
        "history.toml: completions.0.evidence",
    ]


@pytest.mark.parametrize(
    ("as_of", "stale"),
    [
        ("Tue 2027-11-23", []),
        ("Wed 2027-11-24", ["congress-paper", "dredging-plan", "pilotage-review", "safety-report"]),
    ],
)
def test_a_rule_not_checked_for_over_a_year_is_mentioned_and_a_replaced_one_is_not(as_of, stale):
    found = check(example_pack.FOLDER, example_pack.FOLDER / "directory.toml", day(as_of)).mentions
    assert [mention.partition(":")[0] for mention in found] == stale
    assert not any("2019-05-01" in mention for mention in found if mention.startswith("pilotage"))


def test_without_a_directory_that_is_said():
    found = check(example_pack.FOLDER, None, AS_OF).mentions
    assert found == ["there is no directory.toml: whom the notices reach was not checked"]


def test_every_version_has_its_line_and_says_whether_it_rules():
    def marks(on: str) -> list[str]:
        return [
            row["marks"]
            for row in rule_rows(example_pack.PACK, day(on))
            if row["obligation"] == "pilotage-review"
        ]

    assert marks("Thu 2026-12-31") == ["in force", "to come"]
    assert marks("Fri 2027-01-01") == ["replaced on 2027-01-01", "in force"]
