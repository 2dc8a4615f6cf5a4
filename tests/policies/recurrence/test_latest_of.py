from policies.recurrence.before_event import BeforeEvent
from policies.recurrence.latest_of import LatestOf
from policies.recurrence.per_period import PerPeriod
from policies.recurrence.question import Editions
from tests.policies.asking import FORUM, SOURCE, asked, done, forum, lines, within

CLOCK = LatestOf(
    kind="latest-of",
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


def test_the_later_of_the_two_binds_and_it_opens_with_the_first():
    in_spring_after = forum("2022", "Tue 2023-04-04", "Fri 2023-04-07")
    assert lines(asked(CLOCK, "Sat 2022-12-31", in_spring_after)) == [
        "2020: opens Wed 2020-01-01 | due Thu 2020-12-31",
        "2022: opens Sat 2022-01-01 | due Tue 2023-01-10",
    ]


def test_the_earlier_of_the_two_never_binds():
    in_may = forum("2022", "Tue 2022-05-17", "Fri 2022-05-20")
    assert lines(asked(CLOCK, "Sat 2022-12-31", in_may))[-1] == (
        "2022: opens Sat 2022-01-01 | due Sat 2022-12-31"
    )


def test_no_due_date_while_the_forum_could_still_put_it_off():
    assert lines(asked(CLOCK, "Sat 2022-12-31"))[-1] == "2022: opens Sat 2022-01-01 | unknown forum 2022"


def test_an_event_known_as_a_range_bounds_the_latest_of_the_dates():
    about_the_turn_of_the_year = within("2022", "Wed 2022-12-28", "Fri 2023-06-30")
    assert lines(asked(CLOCK, "Sat 2022-12-31", about_the_turn_of_the_year))[-1] == (
        "2022: opens Sat 2022-01-01 | due from Sat 2022-12-31 to Fri 2023-04-07 | unknown forum 2022"
    )


def test_a_completion_closes_the_cycle_of_its_year():
    in_may = forum("2022", "Tue 2022-05-17", "Fri 2022-05-20")
    met = asked(CLOCK, "Sat 2022-12-31", in_may, done("Wed 2022-02-16"))
    assert [cycle.name for cycle in met if cycle.met_on] == ["2022"]
