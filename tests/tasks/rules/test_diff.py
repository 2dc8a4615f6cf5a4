"""The difference between two packs, from the facts and the ledger of a real installation."""

from pathlib import Path

import pytest

from policies.pack.pack import Pack, load_pack
from policies.problems import RefusedFileError
from records.database import reading
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tasks.rules.diff import Difference, difference, difference_json, lines, load_both
from tests import example_pack
from tests.days import day
from tests.example_pack import PILOTAGE, SAFETY, copied
from tests.installations import TODAY, Facts, at, record

CYCLE = "pilotage-review/since-2026-08-31"
LATER = (PILOTAGE, "in_force_from = 2027-01-01", "in_force_from = 2027-03-01")
REVIEWED: Facts = {
    "completions": [
        {
            "obligation": "pilotage-review",
            "completed_on": day("Mon 2026-08-31"),
            "evidence": "minute 12",
        }
    ]
}


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    opened = open_installation(Settings(home=tmp_path / "home", policies=example_pack.FOLDER))
    record(opened, REVIEWED, TODAY)
    return opened


def compared(installation: Installation, new: Pack, years: int = 1) -> Difference:
    with reading(installation.engine) as session:
        return difference(session, installation.pack, new, TODAY, years)


def test_people_read_each_cycle_with_its_rule_version_and_what_moves(
    installation: Installation, tmp_path: Path
):
    found = list(lines(compared(installation, load_pack(copied(tmp_path, LATER))).moves))
    assert found[0] == f"{CYCLE}  (rule in force from 2027-01-01 -> 2019-05-01)"
    assert "  2027-02-28 -> 2027-08-31  due_on" in found
    assert "  2027-03-01 -> 2027-09-01  notice overdue due+1, to secretariat, commission" in found


def test_what_was_entered_moves_no_more_and_who_was_told_is_told_of_the_change(
    installation: Installation, tmp_path: Path
):
    other = load_pack(copied(tmp_path, LATER))
    before = {move.what for move in compared(installation, other).moves if move.cycle == CYCLE}
    enforce(installation, TODAY, at(TODAY))
    after = {move.what for move in compared(installation, other).moves if move.cycle == CYCLE}
    assert after - before == {"notice change-of-date plan-2027-08-31"}
    quieter = load_pack(
        copied(
            tmp_path / "b",
            (
                "plans.toml",
                'to = ["secretariat", "holder"] },\n  { kind = "call',
                'to = ["holder"] },\n  { kind = "call',
            ),
        )
    )
    assert [m for m in compared(installation, quieter).moves if m.cycle == CYCLE] == []


def test_a_rule_that_was_edited_instead_of_replaced_is_named(installation: Installation, tmp_path: Path):
    edited = load_pack(copied(tmp_path, (SAFETY, "first = 2026", "first = 2025")))
    (remark,) = compared(installation, edited).remarks
    assert remark.startswith("safety-report: the rule in force from 2019-05-01 was edited")


def test_a_rule_to_come_may_be_edited(installation: Installation, tmp_path: Path):
    assert compared(installation, load_pack(copied(tmp_path, LATER))).remarks == []


def test_what_differs_and_has_no_date_is_named(tmp_path: Path):
    with open_installation(Settings(home=tmp_path / "home", policies=example_pack.FOLDER)) as nothing_known:
        found = compared(nothing_known, load_pack(copied(tmp_path, LATER)))
    assert found.remarks == [
        "pilotage-review: differs, and has no date to compare: not known: completion of pilotage-review"
    ]


def test_what_belongs_to_an_obligation_that_is_gone_vanishes(installation: Installation, tmp_path: Path):
    unkept = ("provisions.toml", 'id = "CHA-8"\n', 'id = "CHA-8"\nwhy_not = "one-off"\n')
    folder = copied(tmp_path, unkept)
    (folder / SAFETY).unlink()
    without = load_pack(folder)
    gone = difference_json(compared(installation, without))["moves"]
    assert isinstance(gone, list)
    assert {(move["obligation"], move["change"], move["new"]) for move in gone} == {
        ("safety-report", "vanishes", None)
    }


def test_both_packs_are_refused_with_the_mistakes_of_both(tmp_path: Path):
    one = copied(tmp_path / "a", (SAFETY, 'holder = "commission"', 'holder = "comission"'))
    two = copied(tmp_path / "b", (SAFETY, "first = 2026", "frist = 2026"))
    with pytest.raises(RefusedFileError) as refusal:
        load_both(one, two)
    assert [problem.found for problem in refusal.value.problems] == ["'comission'", "nothing", "2026"]
