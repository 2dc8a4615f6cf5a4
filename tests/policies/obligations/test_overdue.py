from datetime import date

import pytest

from policies.obligations.overdue import can_be_overdue, must_hear, overdue_problems, said_on
from policies.pack.pack import Pack, load_pack
from tests import example_pack
from tests.days import day, shown
from tests.policies.network import PACK

SHIPPED = [PACK, example_pack.PACK]


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ("Tue 2026-11-10", "Wed 2026-11-11"),
        ("Thu 2026-11-12", "Fri 2026-11-13"),
        ("Fri 2026-11-13", "Mon 2026-11-16"),
        ("Sat 2026-10-31", "Mon 2026-11-02"),
        ("Sun 2026-12-06", "Mon 2026-12-07"),
        ("Thu 2026-12-24", "Mon 2026-12-28"),  # the 25th is a holiday in Geneva
        ("Thu 2026-12-31", "Mon 2027-01-04"),  # and so is the 1st
    ],
)
def test_it_is_said_on_the_first_working_day_after_the_due_date(due: str, said: str):
    assert shown(said_on(day(due), PACK.working_days)) == said


@pytest.mark.parametrize(
    ("obligation", "who"),
    [
        ("working-group-review", ("secretariat", "executive-committee")),
        ("secretary-general-review", ("secretariat", "coordinator")),
        ("general-assembly-report", ("secretariat", "coordinator", "executive-committee")),
        ("annual-workplan", ("secretariat", PACK.obligations["annual-workplan"].holder)),
    ],
)
def test_the_secretariat_and_the_holder_hear_it_and_for_an_external_holder_who_supports(
    obligation: str, who: tuple[str, ...]
):
    assert must_hear(PACK.obligations[obligation], PACK.actors) == tuple(dict.fromkeys(who))


def test_duties_that_no_text_dates_cannot_be_overdue():
    assert {each.id for each in PACK.obligations.values() if not can_be_overdue(each)} == {
        "coordinator-briefings",
        "meeting-records-publication",
        "policy-review",
        "principals-meetings",
        "way-forward",
    }
    assert all(can_be_overdue(each) for each in example_pack.PACK.obligations.values())


@pytest.mark.parametrize("pack", SHIPPED, ids=["network", "harbour"])
def test_by_every_shipped_plan_it_is_said_to_everybody_who_must_hear_it(pack: Pack):
    assert overdue_problems(pack.obligations.values(), pack.plans, pack.actors) == []


OVERDUE = '{ kind = "overdue", at = "due", days = 1, to = ["secretariat", "holder"] }'
AT_DUE = "nothing on the day after a due date of pilotage-review to "


@pytest.mark.parametrize(
    ("instead", "found"),
    [
        (OVERDUE.replace("days = 1", "days = 3"), f"{AT_DUE}secretariat, commission"),
        (OVERDUE.replace(', "holder"', ""), f"{AT_DUE}commission"),
        (OVERDUE.replace('"secretariat", ', ""), f"{AT_DUE}secretariat"),
        (OVERDUE.replace("overdue", "reminder"), f"{AT_DUE}secretariat, commission"),
        (OVERDUE.replace("days = 1", "days = 1, max_age_days = 7"), "7, for overdue at due+1"),
    ],
)
def test_a_plan_by_which_a_date_could_pass_in_silence_is_named(tmp_path, instead: str, found: str):
    folder = example_pack.copied(tmp_path, ("plans.toml", OVERDUE, instead))
    pack = load_pack(folder)
    problems = overdue_problems(pack.obligations.values(), pack.plans, pack.actors)
    assert found in [problem.found for problem in problems]
    assert {problem.file for problem in problems} == {"plans.toml"}


def test_no_day_is_a_day_without_a_working_day_after_it():
    days = example_pack.PACK.working_days
    assert all(said_on(date.fromordinal(n), days) > date.fromordinal(n) for n in range(739000, 739800))
