from dataclasses import replace

import pytest

from policies.facts.facts import Certainty, Facts
from policies.recurrence.cycles import AnchorKind, Basis
from policies.status.explanation import Step, steps
from tests.days import day, shown
from tests.policies.network import FACTS, FORUM_2022, forum, turn


def explained(obligation: str, cycle: str, provision: str, facts: Facts = FACTS) -> dict[str, Step]:
    return {step.of: step for step in steps(turn(obligation, cycle, facts).cycle, provision)}


def test_every_step_of_a_date_is_there_from_the_provision_to_the_result():
    due = explained("working-arrangements-review", "since-2025-11-10", "REV-2")["due_on"]
    assert (due.provision, due.basis, due.certainty) == ("REV-2", Basis.MANDATE, Certainty.CONFIRMED)
    assert (due.anchor, due.anchor_kind) == ("working-arrangements-review", AnchorKind.COMPLETION)
    assert (due.anchor_source, due.source) == ("report of the review", "REV-2: every 12 months at least")
    assert [shown(due.rule_in_force_from), shown(due.anchor_on), shown(due.result)] == [
        "Wed 2018-12-19",
        "Mon 2025-11-10",
        "Tue 2026-11-10",
    ]


@pytest.mark.parametrize(
    ("obligation", "cycle", "of", "arithmetic"),
    [
        ("working-arrangements-review", "since-2025-11-10", "opens_on", "2025-11-10 + 1 day = 2025-11-11"),
        ("working-arrangements-review", "since-2025-11-10", "due_on", "2025-11-10 + 12 months = 2026-11-10"),
        ("secretary-general-review", "2026", "opens_on", "2020-10-01 + 72 months = 2026-10-01"),
        ("secretary-general-review", "2026", "due_on", "2026-10-31"),
        ("working-group-review", "2026", "target_on", "2026-05-08 + 6 months = 2026-11-08"),
        ("working-group-review", "2026", "due_on", "2022-12-06 + 48 months = 2026-12-06"),
        ("general-assembly-report", "2026", "due_on", "2026-05-05 - 12 weeks = 2026-02-10"),
        ("annual-meeting", "2026", "due_on", "2026-12-31"),
    ],
)
def test_the_arithmetic_reads_the_same_in_every_language(obligation, cycle, of, arithmetic):
    assert explained(obligation, cycle, "REV-1")[of].arithmetic == arithmetic


def test_a_target_is_house_practice_and_says_so():
    found = explained("working-group-review", "2026", "WGR-4")
    assert {of: step.basis for of, step in found.items()} == {
        "opens_on": Basis.MANDATE,
        "target_on": Basis.HOUSE_PRACTICE,
        "due_on": Basis.MANDATE,
    }


def test_a_date_that_rests_on_a_tentative_event_says_so():
    announced = forum("2026", "Tue 2026-05-05", "Fri 2026-05-08", Certainty.TENTATIVE)
    found = explained("working-group-review", "2026", "WGR-4", replace(FACTS, events=(FORUM_2022, announced)))
    assert {of: step.certainty for of, step in found.items()} == {
        "opens_on": Certainty.TENTATIVE,
        "target_on": Certainty.TENTATIVE,
        "due_on": Certainty.CONFIRMED,
    }


def test_an_unknown_date_has_no_step():
    assert set(explained("general-assembly-report", "2030", "OBJ-9b")) == {"opens_on"}


def test_the_result_of_a_step_is_the_date_of_the_cycle():
    cycle = turn("working-group-review", "2026").cycle
    assert {step.of: step.result for step in steps(cycle, "WGR-4")} == {
        "opens_on": day("Sat 2026-05-09"),
        "target_on": cycle.target_on,
        "due_on": cycle.due_on,
    }
