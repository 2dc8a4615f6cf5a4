import pytest
from pydantic import ValidationError

from policies.calendar.counting import Unit
from policies.calendar.working_days import WEEKENDS_FREE, WorkingDays
from policies.facts.decisions import Decision, Progress, Status
from policies.facts.facts import Completion, Facts
from policies.facts.meetings import Meeting
from policies.recurrence.cycles import Anchor, AnchorKind, Basis, Cycle, Reckoning, Trigger
from policies.recurrence.per_trigger import Delay, PerTrigger
from policies.recurrence.question import Question
from tests.days import day
from tests.policies.asking import OBLIGATION, SOURCE, done, lines

MINUTES = PerTrigger(
    kind="per-trigger",
    trigger="meeting",
    meetings=("council",),
    target=Delay(days=14, source="house-practice"),
    source=SOURCE,
)
FOLLOW_UP = PerTrigger(kind="per-trigger", trigger="decision", source=SOURCE)
BY_FRIDAY = PerTrigger(
    kind="per-trigger", trigger="meeting", due=Delay(working_days=5, source=SOURCE), source=SOURCE
)


def meeting(name: str, on: str, kind: str = "council", *, partial: bool = False) -> Meeting:
    return Meeting(name, kind, day(on), "Council", "the minutes", partial)


def decision(name: str, on: str, due: str | None = None) -> Decision:
    return Decision(name, day(on), ("board",), "to publish", "the minutes", day(due) if due else None)


def asked(
    recurrence: PerTrigger,
    *facts: Meeting | Decision | Completion | Progress,
    until: str = "Thu 2026-12-31",
    days: WorkingDays = WEEKENDS_FREE,
) -> list[Cycle]:
    known = Facts(
        meetings=[fact for fact in facts if isinstance(fact, Meeting)],
        decisions=[fact for fact in facts if isinstance(fact, Decision)],
        completions=[fact for fact in facts if isinstance(fact, Completion)],
        progress=[fact for fact in facts if isinstance(fact, Progress)],
    )
    return recurrence.cycles(Question(OBLIGATION, known, day(until), day("Wed 2018-12-19"), days))


def test_each_meeting_opens_a_cycle_under_its_own_name_with_a_target_and_no_due_date():
    cycles = asked(MINUTES, meeting("c-2", "Tue 2026-10-06"), meeting("c-1", "Thu 2026-09-03"))
    assert lines(cycles) == [
        "c-1: opens Thu 2026-09-03 | target Thu 2026-09-17",
        "c-2: opens Tue 2026-10-06 | target Tue 2026-10-20",
    ]
    assert cycles[0].target is not None
    assert (cycles[0].target.basis, cycles[0].target.anchor.kind) == (
        Basis.HOUSE_PRACTICE,
        AnchorKind.MEETING,
    )


def test_other_kinds_and_meetings_only_found_in_public_set_nothing_off():
    cycles = asked(
        MINUTES,
        meeting("b-1", "Thu 2026-09-03", "briefing"),
        meeting("c-0", "Thu 2019-11-14", partial=True),
    )
    assert [(cycle.name, cycle.standing) for cycle in cycles] == [("standing", True)]


def test_while_nothing_has_set_it_off_the_duty_stands_and_has_no_date():
    assert lines(asked(FOLLOW_UP)) == ["standing: "]


def test_a_decision_is_due_on_the_day_it_names_and_on_no_other():
    cycles = asked(
        FOLLOW_UP, decision("d-1", "Tue 2026-10-06", "Sat 2026-10-31"), decision("d-2", "Tue 2026-10-06")
    )
    assert lines(cycles) == [
        "d-1: opens Tue 2026-10-06 | due Sat 2026-10-31",
        "d-2: opens Tue 2026-10-06",
    ]
    assert cycles[0].due is not None
    assert cycles[0].due.anchor.kind is AnchorKind.DECISION_DUE


def test_a_completion_closes_the_cycle_it_names_and_none_if_it_names_none():
    facts = (decision("d-1", "Tue 2026-10-06"), decision("d-2", "Tue 2026-10-06"))
    assert lines(asked(FOLLOW_UP, *facts, done("Mon 2026-11-02", "d-2"))) == [
        "d-1: opens Tue 2026-10-06",
        "d-2: opens Tue 2026-10-06 | met Mon 2026-11-02",
    ]
    assert [cycle.met_on for cycle in asked(FOLLOW_UP, *facts, done("Mon 2026-11-02"))] == [None, None]


@pytest.mark.parametrize(
    ("held", "holidays", "due"),
    [
        ("Fri 2026-10-02", [], "Fri 2026-10-09"),
        ("Sat 2026-10-03", [], "Fri 2026-10-09"),
        ("Mon 2026-10-05", [], "Mon 2026-10-12"),
        ("Mon 2026-12-21", ["Fri 2026-12-25"], "Tue 2026-12-29"),
        ("Thu 2026-12-24", ["Fri 2026-12-25", "Fri 2027-01-01"], "Mon 2027-01-04"),
    ],
)
def test_working_days_are_those_of_the_seat_and_the_day_of_the_meeting_is_not_counted(held, holidays, due):
    days = WorkingDays(frozenset(map(day, holidays)))
    cycles = asked(BY_FRIDAY, meeting("c-1", held), days=days)
    assert [cycle.due_on for cycle in cycles] == [day(due)]


def test_what_is_to_come_opens_nothing_yet():
    later = meeting("c-9", "Fri 2027-01-01")
    assert lines(asked(MINUTES, later)) == ["standing: "]


@pytest.mark.parametrize("given", [{}, {"days": 14, "working_days": 10}])
def test_a_delay_is_counted_in_one_way(given):
    with pytest.raises(ValidationError, match="either days or working_days"):
        Delay(**given, source=SOURCE)


@pytest.mark.parametrize(
    ("completed_on", "met"),
    [("Mon 2026-11-16", "Mon 2026-10-12"), ("Fri 2026-10-02", "Fri 2026-10-02")],
)
def test_what_ended_a_cycle_first_counts_and_what_comes_after_it_breaches_nothing(completed_on, met):
    carried_out = Progress("d-1", day("Mon 2026-10-12"), Status.CARRIED_OUT, "done", "the report")
    [cycle] = asked(
        FOLLOW_UP,
        decision("d-1", "Mon 2026-06-01", "Fri 2026-10-30"),
        carried_out,
        done(completed_on, "d-1"),
    )
    assert cycle.met_on == day(met)


def test_a_cycle_says_where_each_of_its_dates_comes_from():
    rule = BY_FRIDAY.model_copy(update={"target": Delay(days=2, source="house-practice")})
    (cycle,) = asked(rule, meeting("c-1", "Thu 2026-09-03"))
    anchor = Anchor(AnchorKind.MEETING, "council c-1", day("Thu 2026-09-03"), "the minutes")
    assert cycle == Cycle(
        obligation=OBLIGATION,
        name="c-1",
        opens=Reckoning(day("Thu 2026-09-03"), anchor, source=SOURCE),
        due=Reckoning(day("Thu 2026-09-10"), anchor, 5, Unit.WORKING_DAYS, Basis.MANDATE, SOURCE),
        target=Reckoning(day("Sat 2026-09-05"), anchor, 2, Unit.DAYS, Basis.HOUSE_PRACTICE, "house-practice"),
        alone=True,
        trigger=Trigger("Council"),
        rule_in_force_from=day("Wed 2018-12-19"),
    )


def test_a_day_that_a_decision_names_is_counted_from_nothing():
    (cycle,) = asked(FOLLOW_UP, decision("d-1", "Mon 2026-03-02", "Fri 2026-05-29"))
    own = Anchor(AnchorKind.DECISION_DUE, "d-1", day("Fri 2026-05-29"), "the minutes")
    assert cycle.due == Reckoning(day("Fri 2026-05-29"), own, source=SOURCE)


def test_what_happens_on_the_last_day_asked_about_counts_and_cycles_come_in_the_order_of_their_days():
    cycles = asked(
        MINUTES,
        meeting("a", "Thu 2026-12-31"),
        meeting("b", "Thu 2026-09-03"),
        meeting("0", "Thu 2026-12-31"),
    )
    assert [cycle.name for cycle in cycles] == ["b", "0", "a"]
