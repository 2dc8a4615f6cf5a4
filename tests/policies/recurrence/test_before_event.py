from policies.facts.facts import Certainty
from policies.recurrence.before_event import BeforeEvent
from policies.recurrence.cycles import AnchorKind
from policies.recurrence.question import Editions
from tests.policies.asking import FORUM, SOURCE, asked, done, forum, lines, within

EDITIONS = Editions(first=2022, every_years=4, source=SOURCE)
TWELVE_WEEKS = BeforeEvent(kind="before-event", event=FORUM, editions=EDITIONS, weeks=12, source=SOURCE)


def test_twelve_weeks_before_the_first_day_and_no_date_while_nobody_knows_that_day():
    cycles = asked(TWELVE_WEEKS, "Tue 2030-12-31", forum("2026", "Tue 2026-05-05", "Fri 2026-05-08"))
    assert lines(cycles) == [
        "2022: unknown forum 2022",
        "2026: due Tue 2026-02-10",
        "2030: unknown forum 2030",
    ]


def test_when_the_event_moves_the_limit_moves_with_it():
    announced = asked(
        TWELVE_WEEKS, "Sat 2022-12-31", forum("2022", "Tue 2022-05-10", "Fri 2022-05-13", Certainty.TENTATIVE)
    )
    held = asked(TWELVE_WEEKS, "Sat 2022-12-31", forum("2022", "Tue 2022-05-17", "Fri 2022-05-20"))
    assert [*lines(announced), *lines(held)] == ["2022: due Tue 2022-02-15", "2022: due Tue 2022-02-22"]
    assert [announced[0].tentative, held[0].tentative] == [True, False]


def test_the_limit_says_which_day_it_is_counted_from():
    due = asked(TWELVE_WEEKS, "Thu 2026-12-31", forum("2026", "Tue 2026-05-05", "Fri 2026-05-08"))[1].due
    assert due
    assert (due.anchor.kind, due.anchor.subject, due.count) == (AnchorKind.EVENT_START, "forum 2026", -12)


def test_a_completion_counts_for_the_edition_of_its_year_unless_it_names_one():
    held = forum("2026", "Tue 2026-05-05", "Fri 2026-05-08")
    assert (
        lines(asked(TWELVE_WEEKS, "Thu 2026-12-31", held, done("Fri 2026-02-06")))[1]
        == "2026: due Tue 2026-02-10 | met Fri 2026-02-06"
    )
    assert (
        lines(asked(TWELVE_WEEKS, "Thu 2026-12-31", held, done("Fri 2025-12-19", "2026")))[1]
        == "2026: due Tue 2026-02-10 | met Fri 2025-12-19"
    )


def test_an_event_known_as_a_range_bounds_the_due_date_and_gives_none():
    (_, cycle) = asked(TWELVE_WEEKS, "Thu 2026-12-31", within("2026", "Fri 2026-05-01", "Sun 2026-05-31"))
    assert lines([cycle]) == ["2026: due from Fri 2026-02-06 to Sun 2026-03-08 | unknown forum 2026"]
    assert (cycle.due_on, cycle.plan_on) == (None, None)
