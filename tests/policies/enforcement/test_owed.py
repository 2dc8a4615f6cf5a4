from dataclasses import replace
from itertools import pairwise

import pytest

from policies.enforcement.owed import class_of, ladder_of, notices_owed, to_open
from policies.facts.facts import Completion, EventRange, Explanation, Extension, Facts
from policies.obligations.obligations import audience
from policies.plans.notices import PAST_DUE, NoticeClass, NoticeKind
from tests.days import day, shown
from tests.policies.network import AS_OF, FACTS, FORUM, PACK, knowing, status, turn

REVIEW = "working-arrangements-review"
OVERDUE_CYCLE = "since-2025-11-10"
WATCHED = replace(FACTS, went_live_on=day("Tue 2025-11-11"))


def opened(obligation: str, facts: Facts = FACTS, as_of: str = "Mon 2026-11-23") -> list[str]:
    return [t.cycle.name for t in to_open(status(obligation, facts, as_of), facts, day(as_of))]


def owed(cycle: str, facts: Facts = WATCHED, as_of: str = "Mon 2026-11-23") -> list[str]:
    """Return the ids of the scheduled notices owed by a day; a skipped one in brackets."""
    there = turn(REVIEW, cycle, facts, as_of)
    scheduled_notices = notices_owed(PACK, PACK.obligations[REVIEW], there, facts, day(as_of))
    return [f"({scheduled.id})" if scheduled.skipped else scheduled.id for scheduled in scheduled_notices]


def test_what_is_open_or_overdue_on_the_first_day_is_opened():
    assert opened(REVIEW) == [OVERDUE_CYCLE]
    assert opened("secretary-general-review") == ["2026"]
    assert opened("working-group-review") == ["2026"]
    assert opened("annual-meeting") == ["2026"]


LOST = replace(
    FACTS,
    events=(
        *FACTS.events,
        EventRange(FORUM, "2026", day("Fri 2026-05-01"), day("Tue 2026-06-30"), "postponed"),
    ),
    completions=tuple(c for c in FACTS.completions if c.obligation != "working-group-review"),
)


def test_an_event_whose_date_is_lost_again_opens_nothing_older():
    groups = status("working-group-review", LOST)
    assert [turn.cycle.name for turn in to_open(groups, LOST, AS_OF)] == ["2022"]
    assert to_open(groups, LOST, AS_OF, {"working-group-review/2026"}) == ()


def test_an_event_whose_date_is_lost_after_its_review_opens_nothing_older():
    reviewed = knowing(Completion("working-group-review", day("Mon 2026-10-05"), "decision", "2026"), of=LOST)
    assert opened("working-group-review", reviewed) == []


def test_what_is_unmet_after_all_is_opened_though_a_later_cycle_was_while_its_dates_are_known():
    there = status("annual-meeting", WATCHED, "Mon 2027-11-22")
    keys = [turn.cycle.key for turn in there.turns if turn.cycle.name > "2026"]
    names = [turn.cycle.name for turn in to_open(there, WATCHED, day("Mon 2027-11-22"), keys)]
    assert names[:2] == ["2025", "2026"]


def test_going_live_does_not_reopen_what_was_missed_before():
    recorded = knowing(Completion("annual-meeting", day("Wed 2022-10-19"), "summary"))
    missed = {breach.cycle for breach in status("annual-meeting", recorded).breaches}
    assert missed == {"annual-meeting/2023", "annual-meeting/2024", "annual-meeting/2025"}
    assert opened("annual-meeting", recorded) == ["2026"]


def test_what_is_missed_while_the_system_keeps_watch_stays_open():
    assert opened("annual-meeting", FACTS, "Mon 2027-01-04") == ["2026", "2027"]


def test_what_is_unrecorded_or_unknown_is_not_opened():
    assert opened("general-assembly-report") == []


def test_going_live_does_not_escalate_the_past():
    """On the first day only first touches and what comes due from that day on are owed."""
    assert owed(OVERDUE_CYCLE, FACTS) == ["begins"]
    assert owed(OVERDUE_CYCLE, FACTS, "Tue 2026-11-24") == ["begins", "due+14"]


def test_what_was_skipped_by_going_live_late_is_never_made_up_for():
    assert "due+1" not in owed(OVERDUE_CYCLE, FACTS, "Mon 2027-03-01")


def test_after_an_outage_everything_that_came_is_owed_and_what_is_pointless_is_skipped_with_a_reason():
    assert owed(OVERDUE_CYCLE) == [
        "begins",
        "(call-for-inputs)",
        "(inputs-due-14)",
        "(inputs-due-3)",
        "inputs-due+2",
        "(package-released-7)",
        "(due-30)",
        "due-7",
        "due+1",
    ]


def test_a_skipped_rung_says_why():
    there = turn(REVIEW, OVERDUE_CYCLE, WATCHED)
    scheduled_notices = notices_owed(PACK, PACK.obligations[REVIEW], there, WATCHED, AS_OF)
    assert {scheduled.skipped for scheduled in scheduled_notices if scheduled.skipped} == {
        "inputs were due on 2026-09-15, before this day",
        "48 days late, and no help after 14",
        "45 days late, and no help after 20",
    }


def test_contributors_are_called_and_reminded_while_their_inputs_are_not_yet_due():
    assert owed(OVERDUE_CYCLE, as_of="Mon 2026-08-17") == ["begins"]
    assert owed(OVERDUE_CYCLE, as_of="Tue 2026-08-18") == ["begins", "call-for-inputs"]
    assert owed(OVERDUE_CYCLE, as_of="Tue 2026-09-15") == [
        "begins",
        "call-for-inputs",
        "(inputs-due-14)",
        "inputs-due-3",
    ]


def test_a_met_cycle_owes_its_receipt_and_nothing_else():
    met = replace(
        knowing(Completion(REVIEW, day("Fri 2026-11-20"), "report")), went_live_on=WATCHED.went_live_on
    )
    assert owed(OVERDUE_CYCLE, met) == ["met-2026-11-20"]


def test_an_explanation_stops_chasing_and_escalating():
    explained = replace(WATCHED, explanations=(Explanation(f"{REVIEW}/{OVERDUE_CYCLE}", AS_OF, "elections"),))
    assert owed(OVERDUE_CYCLE, explained, "Mon 2027-01-04") == ["begins", "(call-for-inputs)"]


@pytest.mark.parametrize(
    ("as_of", "past_due"),
    [
        ("Fri 2026-11-27", []),
        ("Thu 2026-12-31", []),
        ("Fri 2027-01-01", ["due+1", "due+14", "due+42"]),
    ],
)
def test_an_extension_holds_back_what_is_past_due_until_it_ends(as_of, past_due):
    granted = Extension(f"{REVIEW}/{OVERDUE_CYCLE}", day("Thu 2026-12-31"), "decision of the Committee")
    scheduled_notices = owed(OVERDUE_CYCLE, replace(WATCHED, extensions=(granted,)), as_of)
    assert [name for name in scheduled_notices if name.startswith("due+")] == past_due
    assert "due-7" in scheduled_notices


def test_an_extension_moves_no_mandated_date():
    granted = Extension(f"{REVIEW}/{OVERDUE_CYCLE}", day("Thu 2026-12-31"), "decision of the Committee")
    extended = status(REVIEW, replace(WATCHED, extensions=(granted,)))
    assert [breach.days_late for breach in extended.breaches] == [13]


def test_a_rung_once_owed_stays_owed_as_time_goes_by():
    days = ["Tue 2026-08-18", "Mon 2026-10-12", "Mon 2026-11-23", "Mon 2027-02-01"]
    names = [{name.strip("()") for name in owed(OVERDUE_CYCLE, as_of=on)} for on in days]
    assert all(before <= after for before, after in pairwise(names))


def test_the_whole_ladder_shows_what_lies_ahead():
    there = turn("working-group-review", "2026")
    scheduled_notices = ladder_of(PACK, PACK.obligations["working-group-review"], there)
    ahead = [
        f"{shown(scheduled.send_on)} {scheduled.id}"
        for scheduled in scheduled_notices
        if scheduled.send_on > AS_OF
    ]
    assert ahead == [
        "Mon 2026-12-07 due+1",
        "Mon 2026-12-21 due+14",
        "Mon 2027-01-18 due+42",
        "Mon 2027-03-08 due+90",
    ]


def test_the_parts_of_an_audience_become_actors_each_once():
    obligation = PACK.obligations[REVIEW]
    scheduled_notices = ladder_of(PACK, obligation, turn(REVIEW, OVERDUE_CYCLE))
    asked = {scheduled.id: audience(scheduled, obligation) for scheduled in scheduled_notices}
    assert asked["begins"] == ("secretariat", "coordinator", "executive-committee")
    assert asked["call-for-inputs"] == ("network-members", "working-group-chairs")
    twice = scheduled_notices[0]._replace(to=("holder", "coordinator", "consulted"))
    assert audience(twice, obligation) == ("coordinator", "network-members")


@pytest.mark.parametrize(
    ("kind", "actor", "leaves"),
    [
        (NoticeKind.REMINDER, "network-members", NoticeClass.ROUTINE),
        (NoticeKind.REMINDER, "secretary-general", NoticeClass.SIGNED),
        (NoticeKind.RECEIPT, "secretary-general", NoticeClass.SIGNED),
        (NoticeKind.ESCALATION, "coordinator", NoticeClass.FORMAL),
        (NoticeKind.ESCALATION, "executive-committee", NoticeClass.FORMAL),
        (NoticeKind.ESCALATION, "secretariat", NoticeClass.ROUTINE),
        (NoticeKind.OVERDUE, "coordinator", NoticeClass.ROUTINE),
    ],
)
def test_formal_is_what_goes_to_formal_actors_and_every_escalation_beyond_the_secretariat(
    kind, actor, leaves
):
    assert class_of(kind, actor, PACK) is leaves


def test_nobody_is_chased_before_the_date_has_passed():
    assert {"overdue", "escalation"} == set(PAST_DUE)
    assert not [name for name in owed(OVERDUE_CYCLE, as_of="Tue 2026-11-10") if name.startswith("due+")]


def test_what_comes_due_on_the_day_of_going_live_is_owed():
    live_on_the_day = replace(FACTS, went_live_on=day("Wed 2026-11-11"))
    assert owed(OVERDUE_CYCLE, live_on_the_day, "Wed 2026-11-11") == ["begins", "due+1"]


def test_a_cycle_that_ends_on_the_day_of_going_live_is_not_of_the_past():
    live_on_the_last_day = replace(FACTS, went_live_on=day("Wed 2025-12-31"))
    assert opened("annual-meeting", live_on_the_last_day, "Fri 2026-01-02") == ["2025", "2026"]
