import pytest

from policies.calendar.working_days import WorkingDays
from policies.plans.announced import Announced
from policies.plans.milestones import MilestoneId
from policies.plans.notices import (
    ALWAYS_SAID,
    CountedFrom,
    NoticeKind,
    NoticeRule,
    ScheduledNotice,
    coalesce,
    ladder,
    too_late,
)
from tests.days import day, shown

RULES = [
    NoticeRule(kind=NoticeKind.OVERDUE, at=CountedFrom.DUE, days=1, to=("holder",)),
    NoticeRule(kind=NoticeKind.OPENING, at=CountedFrom.BEGINS, to=("secretariat",)),
    NoticeRule(kind=NoticeKind.REMINDER, at=MilestoneId.INPUTS_DUE, days=-14, to=("contributors",)),
    NoticeRule(kind=NoticeKind.LAST_REMINDER, at=CountedFrom.DUE, days=-7, to=("holder",)),
]
DATES = {
    "begins": day("Sat 2026-08-01"),
    "inputs-due": day("Sat 2026-09-05"),
    "due": day("Sat 2026-10-31"),
}


def scheduled(kind: NoticeKind, name: str, on: str, skipped: str | None = None) -> ScheduledNotice:
    return ScheduledNotice(kind, name, name.partition("-")[0], day(on), ("holder",), skipped)


FIRST = scheduled(NoticeKind.OPENING, "begins", "Mon 2026-08-03")
REMINDER = scheduled(NoticeKind.REMINDER, "due-30", "Thu 2026-10-01")
LAST = scheduled(NoticeKind.LAST_REMINDER, "due-7", "Fri 2026-10-23")
OVERDUE = scheduled(NoticeKind.OVERDUE, "due+1", "Mon 2026-11-02")
ESCALATION = scheduled(NoticeKind.ESCALATION, "due+14", "Mon 2026-11-16")
LATER_ESCALATION = scheduled(NoticeKind.ESCALATION, "due+42", "Mon 2026-12-14")


def test_a_rung_before_its_date_rolls_back_and_one_on_or_after_it_forward():
    scheduled_notices = ladder(RULES, DATES, WorkingDays())
    assert [(r.id, shown(r.send_on)) for r in scheduled_notices] == [
        ("begins", "Mon 2026-08-03"),
        ("inputs-due-14", "Fri 2026-08-21"),
        ("due-7", "Fri 2026-10-23"),
        ("due+1", "Mon 2026-11-02"),
    ]


def test_a_rung_whose_date_is_unknown_is_not_on_the_ladder():
    assert ladder(RULES, {}, WorkingDays()) == ()


def test_a_rung_keeps_its_name_when_its_date_moves():
    moved = {**DATES, "due": day("Mon 2026-11-30")}
    names = [{r.id for r in ladder(RULES, dates, WorkingDays())} for dates in (DATES, moved)]
    assert names[0] == names[1]


def test_chasers_owed_on_one_day_fold_into_the_latest_which_says_how_many_it_stands_for():
    folded = coalesce([FIRST, REMINDER, LAST, OVERDUE, ESCALATION])
    assert [(r.id, r.skipped, stands_for) for r, stands_for in folded] == [
        ("begins", None, 0),
        ("due-30", "folded into due+1", 0),
        ("due-7", "folded into due+1", 0),
        ("due+1", None, 2),
        ("due+14", None, 0),
    ]


def test_escalations_are_never_folded_and_keep_their_order():
    escalations = [ESCALATION, LATER_ESCALATION]
    assert coalesce(escalations) == [(ESCALATION, 0), (LATER_ESCALATION, 0)]


def test_a_rung_skipped_for_its_own_reason_keeps_it_and_folds_nothing():
    skipped = scheduled(NoticeKind.REMINDER, "inputs-due-14", "Fri 2026-08-21", "inputs were due")
    assert coalesce([skipped, LAST]) == [(skipped, 0), (LAST, 0)]


def test_one_chaser_stands_for_itself():
    assert coalesce([LAST]) == [(LAST, 0)]


def test_nothing_owed_is_nothing_to_fold():
    assert coalesce([]) == []


INPUTS_LATE = scheduled(NoticeKind.OVERDUE, "inputs-due+1", "Mon 2026-11-02")._replace(about="inputs-due")
TARGET_PASSED = scheduled(NoticeKind.OVERDUE, "target+1", "Mon 2026-11-02")


@pytest.mark.parametrize(
    ("owed", "folded"),
    [
        ([OVERDUE, LAST], ["", "into due+1"]),
        ([OVERDUE, TARGET_PASSED], ["", ""]),
        ([TARGET_PASSED, LAST, OVERDUE], ["", "into due+1", ""]),
        ([INPUTS_LATE, LAST], ["into due-7", ""]),
        ([INPUTS_LATE, OVERDUE], ["into due+1", ""]),
    ],
)
def test_that_a_date_has_passed_is_folded_into_nothing(owed: list[ScheduledNotice], folded: list[str]):
    assert [(r.skipped or "").removeprefix("folded ") for r, _ in coalesce(owed)] == folded


@pytest.mark.parametrize("kind", sorted(ALWAYS_SAID))
def test_that_a_date_has_passed_is_never_too_late_to_say(kind: NoticeKind):
    late = scheduled(kind, "due+1", "Mon 2026-11-02")._replace(last_on=day("Fri 2026-11-06"))
    assert too_late(late, day("Mon 2027-11-01")).skipped is None


FIRST_DATES = Announced(day("Sat 2026-10-31"), day("Fri 2026-07-31"), 1, day("Mon 2026-06-01"))


@pytest.mark.parametrize(
    ("told", "said_on", "number"),
    [
        ([], "Mon 2026-11-02", 1),
        ([("Sat 2026-10-31", "Mon 2026-08-31", "Mon 2026-07-06")], "Mon 2026-11-02", 2),  # the target moved
        (
            [("Sat 2026-10-31", "Mon 2026-08-31", "Mon 2026-11-09")],
            "Mon 2026-11-02",
            1,
        ),  # and was said before
        ([("Mon 2026-11-30", "Fri 2026-07-31", "Mon 2026-11-09")], "Tue 2026-12-01", 2),
        ([("Fri 2026-10-30", "Fri 2026-07-31", "Mon 2026-11-09")], "Mon 2026-11-02", 2),  # it had passed
        (
            [
                ("Fri 2026-10-30", "Fri 2026-07-31", "Mon 2026-11-09"),
                ("Fri 2026-10-30", "Mon 2026-08-31", "Tue 2026-11-10"),
            ],
            "Mon 2026-11-02",
            2,
        ),
    ],
)
def test_that_a_date_has_passed_is_said_once_for_each_date(
    told: list[tuple[str, str, str]], said_on: str, number: int
):
    announced = FIRST_DATES
    for due_on, target_on, on in told:
        announced = announced.anew(day(due_on), day(target_on), day(on))
    assert announced.said_under("due", day(said_on)) == number
