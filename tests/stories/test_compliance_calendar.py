"""The conformance list of a compliance calendar, one test for each of its demands, and its pass test."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from language.explanations import sentence
from policies.calendar.counting import Unit, shift
from policies.enforcement.moves import Move
from policies.facts.facts import Facts
from policies.pack.pack import Pack, load_pack
from policies.plans.notices import NoticeState
from policies.problems import RefusedFileError
from policies.recurrence.cycle_key import CycleKey
from policies.status.explanation import steps
from policies.status.states import State
from policies.status.status import Breach
from records.database import reading, writing
from records.facts.facts import Explanation, Extension, in_force, read_facts
from records.ledger.notices import notices_of
from records.ledger.release import release
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.notice_contents import names
from tasks.installation.installation import Installation
from tasks.rules.diff import difference
from tasks.rules.schema import schemas
from tasks.status.findings import findings_on
from tasks.status.statuses import status_json, statuses
from tests import example_pack
from tests.days import day, shown
from tests.installations import TODAY, Listed, at, record, workplace_in
from tests.policies import network

PACKS = [(example_pack.PACK, example_pack.FACTS), (network.PACK, network.FACTS)]
REVIEW = "working-arrangements-review"
OVERDUE = f"{REVIEW}/since-2025-11-10"
ESCALATED_ON = day("Tue 2026-11-24")
AMENDMENT = """
[[versions]]
in_force_from = 2026-12-01
source = "an amendment of 20 November 2026"
last_checked_on = 2026-11-23

[versions.cadence]
en = "at least every nine months"
ar = "كل تسعة أشهر على الأقل"
fr = "au moins tous les neuf mois"
es = "al menos cada nueve meses"
ru = "не реже одного раза в девять месяцев"
zh = "至少每九个月一次"

[versions.clock]
kind = "rolling-ceiling"
months = 9
source = "the amendment of 20 November 2026"
"""


def done(installation: Installation, on: date, **more: object) -> None:
    fact: dict[str, object] = {"obligation": REVIEW, "completed_on": on, "evidence": "report 26"}
    record(installation, {"completions": [fact | more]}, on)


def breaches(installation: Installation, on: date) -> tuple[Breach, ...]:
    with reading(installation.engine) as session:
        return installation.pack.status(REVIEW, read_facts(session), on).breaches


def dues(move: Move) -> str:
    """Write a move as `Wed 2027-11-10 under 2018-12-19 -> Tue 2027-08-10 under 2026-12-01`."""
    sides = (f"{shown(d.on)} under {d.rule_in_force_from}" if d else "no date" for d in (move.old, move.new))
    return " -> ".join(sides)


def dated_keys(schema: object, way: str = "") -> set[str]:
    """Return the keys of a schema whose values are dates."""
    if isinstance(schema, list):
        return set().union(*(dated_keys(each, way) for each in schema))
    if not isinstance(schema, dict):
        return set()
    found = {way} if schema.get("format") == "date" else set()
    return found.union(*(dated_keys(each, key) for key, each in schema.items()))


@pytest.mark.parametrize(("pack", "facts"), PACKS)
def test_cc_1_due_dates_are_computed_from_a_dated_rule_and_an_anchor_and_never_typed(
    pack: Pack, facts: Facts
):
    assert dated_keys(schemas()["obligation"]) == {"in_force_from", "last_checked_on"}
    dues = [
        (cycle.rule_in_force_from, cycle.due)
        for obligation in pack.obligations.values()
        for cycle in obligation.cycles(facts, day("Tue 2030-12-31"))
        if cycle.due
    ]
    assert len(dues) > 4
    for rule_in_force_from, due in dues:
        assert rule_in_force_from is not None
        assert due.anchor.source
        if due.unit is not Unit.WORKING_DAYS:
            assert due.on == shift(due.anchor.on, due.count, due.unit)


def test_cc_2_replaced_rule_versions_stay_readable_with_their_dates():
    review = example_pack.PACK.obligations["pilotage-review"]
    assert [(str(v.in_force_from), v.cadence["en"]) for v in review.versions] == [
        ("2019-05-01", "at least every twelve months"),
        ("2027-01-01", "at least every six months"),
    ]
    assert review.version_on(day("Thu 2026-12-31")).source.endswith("adopted on 1 May 2019")


def test_cc_3_rules_are_held_per_instrument_and_duty_station():
    assert example_pack.PACK.instrument.id != network.PACK.instrument.id
    assert not set(example_pack.PACK.obligations) & set(network.PACK.obligations)
    thanksgiving, jeune = day("Thu 2026-11-26"), day("Thu 2026-09-10")
    new_york = network.PACK.seats(network.PACK.obligations["secretary-general-review"]).holder
    geneva = network.PACK.seats(network.PACK.obligations[REVIEW]).holder
    assert (thanksgiving in new_york, thanksgiving in geneva) == (False, True)
    assert (jeune in new_york, jeune in geneva) == (True, False)


def test_cc_4_an_unknown_anchor_is_a_state_that_people_are_shown_and_no_default_fills_it():
    found = network.PACK.status(REVIEW, network.NOTHING_KNOWN, TODAY)
    assert found.current.state is State.UNKNOWN
    assert (found.current.cycle.due_on, found.current.cycle.target_on) == (None, None)
    assert [f for f in findings_on(found) if "not known: " in f and REVIEW in f]
    assert status_json(found, external=False)["unknown"] == [f"completion of {REVIEW}"]


def test_cc_5_each_completion_carries_its_evidence(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        for evidence in ({"evidence": ""}, {"evidence": None}):
            with pytest.raises(RefusedFileError, match=r"completions\.0\.evidence"):
                done(installation, TODAY, **evidence)
        with reading(installation.engine) as session:
            assert all(completion.evidence for completion in read_facts(session).completions)


def test_cc_6_a_refusal_is_kept_with_date_and_author_and_the_duty_stays_live(tmp_path: Path):
    reason = "the Coordinator declines to hold it this year"
    said: dict[str, object] = {"cycle": OVERDUE, "explained_on": TODAY, "reason": reason}
    later: dict[str, object] = {
        "cycle": OVERDUE,
        "until": day("Wed 2027-03-31"),
        "authority": "the Coordinator",
    }
    with workplace_in(tmp_path) as installation:
        record(installation, {"explanations": [said], "extensions": [later]}, TODAY)
        with reading(installation.engine) as session:
            kept = [
                (row.recorded_by, row.recorded_at.date())
                for kind in (Explanation, Extension)
                for row in in_force(session, kind)
            ]
            found = installation.pack.status(REVIEW, read_facts(session), TODAY)
        assert kept == [("a test", TODAY)] * 2
        assert (found.current.cycle.key, found.current.state) == (OVERDUE, State.OVERDUE)
        assert [(b.cycle, b.explanation) for b in found.breaches] == [(OVERDUE, reason)]
        assert OVERDUE in enforce(installation, TODAY, at(TODAY)).opened


def test_cc_7_no_formal_notice_leaves_unless_a_person_released_it(tmp_path: Path):
    way_out = Listed()
    with workplace_in(tmp_path) as installation:
        for on in (TODAY, ESCALATED_ON):
            enforce(installation, on, at(on))
            dispatch(installation, on, at(on), way_out.open_channels)
        with writing(installation.engine) as session:
            formal = [n.notice_key for n in notices_of(session, states=[NoticeState.AWAITING_RELEASE])]
            assert formal
            assert not set(formal) & set(way_out.keys)
            release(session, formal[0], "a named person", at(ESCALATED_ON))
        dispatch(installation, ESCALATED_ON, at(ESCALATED_ON), way_out.open_channels)
        assert set(formal) & set(way_out.keys) == {formal[0]}


def test_cc_8_finishing_late_never_clears_a_breach(tmp_path: Path):
    late_on = day("Wed 2026-12-16")
    with workplace_in(tmp_path) as installation:
        done(installation, late_on)
        for on in (late_on, day("Tue 2030-01-01")):
            late = next(b for b in breaches(installation, on) if b.cycle == OVERDUE)
            assert (shown(late.due_on), late.met_on, late.days_late) == ("Tue 2026-11-10", late_on, 36)


@pytest.mark.parametrize(("pack", "facts"), PACKS)
def test_cc_9_somebody_other_than_the_builder_can_explain_it(pack: Pack, facts: Facts):
    """And run it: tests/cli/rules/test_policy.py runs the chapter for an officer of another secretariat."""
    for status in statuses(pack, facts, TODAY):
        cycle = status.current.cycle
        for step in steps(cycle, ", ".join(status.obligation.provisions)):
            for language in pack.instrument.languages:
                assert len(sentence(step, language, names(pack, cycle))) > 25
            assert step.source
            assert step.anchor_source


def test_the_pass_test_an_amended_interval_moves_every_dependent_date_and_each_names_its_version(
    tmp_path: Path,
):
    """The rule changes on a day of effect: whatever lies ahead moves, what lies behind stays."""
    folder = shutil.copytree(network.FOLDER, tmp_path / "pack")
    file = folder / "obligations" / f"{REVIEW}.toml"
    before, package, after = file.read_text(encoding="utf-8").partition("[[package]]")
    file.write_text(f"{before}{AMENDMENT}\n{package}{after}", encoding="utf-8")
    amended = load_pack(folder)
    with workplace_in(tmp_path / "home") as installation, reading(installation.engine) as session:
        found = difference(session, installation.pack, amended, TODAY, 3)
        late = amended.status(REVIEW, read_facts(session), TODAY).current.cycle
    assert {CycleKey.parse(move.cycle).obligation for move in found.moves} == {REVIEW}
    assert [dues(move) for move in found.moves if move.what == "due_on"] == [
        "Wed 2027-11-10 under 2018-12-19 -> Tue 2027-08-10 under 2026-12-01",
        "no date -> Wed 2028-05-10 under 2026-12-01",
        "Fri 2028-11-10 under 2018-12-19 -> no date",
        "no date -> Sat 2029-02-10 under 2026-12-01",
        "Sat 2029-11-10 under 2018-12-19 -> no date",
        "no date -> Sat 2029-11-10 under 2026-12-01",
    ]
    assert (late.key, str(late.due_on), str(late.rule_in_force_from)) == (OVERDUE, "2026-11-10", "2018-12-19")


def test_the_pass_test_a_missed_obligation_that_is_completed_still_says_that_it_was_late(tmp_path: Path):
    on = day("Mon 2027-02-01")
    with workplace_in(tmp_path) as installation:
        missed: dict[str, object] = {
            "obligation": "annual-meeting",
            "evidence": "summary",
            "counts_for": "2026",
        }
        enforce(installation, TODAY, at(TODAY))
        record(installation, {"completions": [missed | {"completed_on": on}]}, on)
        with reading(installation.engine) as session:
            facts = read_facts(session)
    found = network.PACK.status("annual-meeting", facts, day("Tue 2030-01-01"))
    turn = next(turn for turn in found.turns if turn.cycle.name == "2026")
    assert turn.state is State.MET_LATE
    assert [(b.cycle, b.days_late) for b in found.breaches if b.met_on] == [("annual-meeting/2026", 32)]
