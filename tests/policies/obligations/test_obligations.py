from datetime import date

from policies.facts.facts import Completion, Facts
from policies.obligations.obligations import Obligation, Part
from policies.recurrence.cycles import Cycle
from tests.days import day, shown
from tests.policies.asking import lines
from tests.policies.network import PACK

REVIEW = PACK.obligations["working-arrangements-review"]
GRID = PACK.obligations["secretary-general-review"]


def amended(obligation: Obligation, from_day: str, **numbers: object) -> Obligation:
    """Return the obligation with a second rule version that has other numbers."""
    first = obligation.versions[0]
    recurrence = first.recurrence.model_copy(update=numbers)
    later = first.model_copy(update={"in_force_from": day(from_day), "recurrence": recurrence})
    return obligation.model_copy(update={"versions": (first, later)})


def derived(obligation: Obligation, until: str, *completed_on: str) -> list[Cycle]:
    done = [Completion(obligation.id, day(on), "report") for on in completed_on]
    return [cycle for cycle in obligation.cycles(Facts(completions=done), day(until)) if not cycle.projected]


def test_an_amendment_moves_every_date_it_governs_and_each_names_its_rule_version():
    halved = amended(REVIEW, "Thu 2026-01-01", months=6)
    cycles = derived(halved, "Mon 2026-11-23", "Thu 2024-02-01", "Fri 2024-12-20", "Mon 2025-11-10")
    assert lines(cycles) == [
        "since-2024-02-01: opens Fri 2024-02-02 | due Sat 2025-02-01 | met Fri 2024-12-20",
        "since-2024-12-20: opens Sat 2024-12-21 | due Sat 2025-12-20 | met Mon 2025-11-10",
        "since-2025-11-10: opens Tue 2025-11-11 | due Sun 2026-05-10",
    ]
    assert [str(cycle.rule_in_force_from) for cycle in cycles] == ["2018-12-19", "2018-12-19", "2026-01-01"]


def test_an_amendment_makes_nothing_late_before_it_is_in_force():
    halved = amended(REVIEW, "Mon 2026-06-01", months=6)
    cycles = derived(halved, "Mon 2026-11-23", "Mon 2025-11-10")
    assert lines(cycles) == ["since-2025-11-10: opens Tue 2025-11-11 | due Tue 2026-11-10"]


def test_an_amendment_that_gives_more_time_gives_it_to_what_is_not_due_yet():
    doubled = amended(REVIEW, "Mon 2026-06-01", months=24)
    assert lines(derived(doubled, "Mon 2026-11-23", "Mon 2025-11-10")) == [
        "since-2025-11-10: opens Tue 2025-11-11 | due Wed 2027-11-10"
    ]
    assert lines(derived(doubled, "Mon 2026-11-23", "Sat 2025-05-10")) == [
        "since-2025-05-10: opens Sun 2025-05-11 | due Sun 2026-05-10"
    ]


def test_no_cycle_is_lost_whichever_day_an_amendment_takes_effect():
    for month in range(1, 13):
        for interval in (1, 6, 18, 48):
            changed = amended(REVIEW, shown(date(2026, month, 15)), months=interval)
            assert [c.name for c in derived(changed, "Mon 2026-11-23", "Mon 2025-11-10")] == [
                "since-2025-11-10"
            ]


def test_a_grid_keeps_the_slots_that_opened_under_it_and_takes_the_new_ones_after():
    yearly = amended(GRID, "Thu 2026-10-15", first="2027-03", every_months=12)
    assert lines(derived(yearly, "Sun 2028-12-31")) == [
        "2020: opens Thu 2020-10-01 | due Sat 2020-10-31",
        "2022: opens Sat 2022-10-01 | due Mon 2022-10-31",
        "2024: opens Tue 2024-10-01 | due Thu 2024-10-31",
        "2026: opens Thu 2026-10-01 | due Sat 2026-10-31",
        "2027: opens Mon 2027-03-01 | due Wed 2027-03-31",
        "2028: opens Wed 2028-03-01 | due Fri 2028-03-31",
    ]


def test_the_rule_version_in_force_on_a_day():
    changed = amended(REVIEW, "Mon 2026-06-01", months=6)
    first, later = changed.versions
    days = ["Sat 2000-01-01", "Wed 2018-12-19", "Sun 2026-05-31", "Mon 2026-06-01", "Tue 2030-01-01"]
    assert [changed.version_on(day(on)) for on in days] == [first, first, first, later, later]


def test_the_actors_of_an_obligation_are_all_it_names():
    assert REVIEW.actors == {"coordinator", "executive-committee", "network-members", "working-group-chairs"}


def test_everybody_has_one_part_and_who_is_named_in_none_oversees():
    people = ["coordinator", "secretariat", "executive-committee", "network-members", "secretary-general"]
    assert [REVIEW.part_of(actor) for actor in people] == [
        Part.HOLDER,
        Part.SECRETARIAT,
        Part.SUPPORTS,
        Part.CONTRIBUTORS,
        Part.OVERSEER,
    ]
