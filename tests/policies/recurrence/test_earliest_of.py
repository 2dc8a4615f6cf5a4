from policies.recurrence.before_event import BeforeEvent
from policies.recurrence.earliest_of import EarliestOf
from policies.recurrence.per_period import PerPeriod
from policies.recurrence.question import Editions
from tests.policies.asking import FORUM, SOURCE, asked, done, forum, lines, within

CLOCK = EarliestOf(
    kind="earliest-of",
    of=(
        PerPeriod(kind="per-period", first=2020, every_years=2, source=SOURCE),
        BeforeEvent(
            kind="before-event",
            event=FORUM,
            editions=Editions(first=2022, every_years=4, source=SOURCE),
            weeks=12,
            source=SOURCE,
        ),
    ),
    source=SOURCE,
)


def test_every_second_year_and_twelve_weeks_ahead_of_a_forum():
    held = forum("2022", "Tue 2022-05-17", "Fri 2022-05-20")
    assert lines(asked(CLOCK, "Tue 2024-12-31", held)) == [
        "2020: opens Wed 2020-01-01 | due Thu 2020-12-31",
        "2022: opens Sat 2022-01-01 | due Tue 2022-02-22",
        "2024: opens Mon 2024-01-01 | due Tue 2024-12-31",
    ]


def test_no_due_date_while_the_forum_could_still_bring_it_forward():
    assert lines(asked(CLOCK, "Sat 2022-12-31"))[-1] == "2022: opens Sat 2022-01-01 | unknown forum 2022"


def test_the_later_of_the_two_never_binds():
    in_december = forum("2022", "Tue 2023-04-04", "Fri 2023-04-07")
    assert (
        lines(asked(CLOCK, "Sat 2022-12-31", in_december))[-1]
        == "2022: opens Sat 2022-01-01 | due Sat 2022-12-31"
    )


def test_one_completion_closes_one_cycle():
    held = forum("2022", "Tue 2022-05-17", "Fri 2022-05-20")
    met = asked(CLOCK, "Tue 2024-12-31", held, done("Wed 2022-02-16"))
    assert [cycle.name for cycle in met if cycle.met_on] == ["2022"]


def test_an_event_known_as_a_range_bounds_the_earliest_of_the_dates():
    in_may = within("2022", "Sun 2022-05-01", "Tue 2022-05-31")
    assert lines(asked(CLOCK, "Sat 2022-12-31", in_may))[-1] == (
        "2022: opens Sat 2022-01-01 | due from Sun 2022-02-06 to Tue 2022-03-08 | unknown forum 2022"
    )


def test_the_part_that_has_a_date_bounds_the_others_range():
    about_the_turn_of_the_year = within("2022", "Wed 2022-12-28", "Fri 2023-06-30")
    assert lines(asked(CLOCK, "Sat 2022-12-31", about_the_turn_of_the_year))[-1] == (
        "2022: opens Sat 2022-01-01 | due from Wed 2022-10-05 to Sat 2022-12-31 | unknown forum 2022"
    )
