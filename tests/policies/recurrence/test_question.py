from policies.recurrence.question import Editions, closing
from tests.days import day
from tests.policies.asking import SOURCE, done


def test_editions_are_expected_up_to_the_year_asked_for():
    editions = Editions(first=2022, every_years=4, source=SOURCE)
    assert [*editions.upto(day("Tue 2030-01-01"))] == [2022, 2026, 2030]
    assert [*editions.upto(day("Fri 2021-12-31"))] == []


def test_the_first_completion_that_counts_for_a_cycle_closes_it_and_the_empty_name_is_none():
    first, second, stray = done("Wed 2024-01-10"), done("Sat 2024-02-10"), done("Fri 2025-01-10")
    names = {first: "2024", second: "2024", stray: ""}
    assert closing([first, second, stray], names.__getitem__) == {"2024": first}


def test_a_completion_counts_for_what_it_names_whatever_the_clock_would_say():
    named = done("Wed 2024-01-31", "2023")
    assert closing([named], lambda _: "2024") == {"2023": named}
