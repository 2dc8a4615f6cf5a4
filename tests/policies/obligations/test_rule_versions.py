from datetime import date
from itertools import pairwise

import pytest

from policies.facts.facts import Completion, Facts
from policies.obligations.obligations import Obligation
from policies.obligations.rule_versions import RuleVersion, version_on
from policies.recurrence.cycles import Cycle
from policies.recurrence.rolling_ceiling import RollingCeiling
from tests.days import day, shown
from tests.example_pack import PACK

PILOTAGE = PACK.obligations["pilotage-review"]


def rolling(*versions: tuple[str, int]) -> Obligation:
    """Return the pilotage review with these versions: the day of effect, and the months of the ceiling."""
    first = PILOTAGE.versions[0]
    made = tuple(
        first.model_copy(
            update={
                "in_force_from": day(on),
                "recurrence": RollingCeiling(kind="rolling-ceiling", months=months, source="the charter"),
            }
        )
        for on, months in versions
    )
    return PILOTAGE.model_copy(update={"versions": made})


def derived(obligation: Obligation, until: str, *completed_on: str) -> list[Cycle]:
    done = [Completion(obligation.id, day(on), "minute") for on in completed_on]
    return obligation.cycles(Facts(completions=done), day(until))


def told(cycles: list[Cycle]) -> list[str]:
    return [f"{shown(c.opens_on)} to {shown(c.due_on)} under {c.rule_in_force_from}" for c in cycles]


YEARLY = ("Wed 2019-05-01", 12)


def test_what_is_projected_goes_on_from_the_due_date_of_the_version_before():
    """Seen by itself, the later version would count its five months from the review of 2025 on."""
    cycles = derived(rolling(YEARLY, ("Fri 2027-01-01", 5)), "Thu 2027-12-30", "Mon 2025-11-10")
    assert told(cycles) == [
        "Tue 2025-11-11 to Tue 2026-11-10 under 2019-05-01",
        "Wed 2026-11-11 to Sat 2027-04-10 under 2027-01-01",
        "Sun 2027-04-11 to Fri 2027-09-10 under 2027-01-01",
        "Sat 2027-09-11 to Thu 2028-02-10 under 2027-01-01",
    ]


@pytest.mark.parametrize("months", [1, 5, 7, 11, 18, 25, 48])
@pytest.mark.parametrize("effect", [date(2026, 1, 31), date(2027, 2, 28), date(2030, 6, 15)])
def test_projected_cycles_join_up_whatever_the_amendment(months: int, effect: date):
    cycles = derived(rolling(YEARLY, (shown(effect), months)), "Tue 2040-12-25", "Mon 2025-11-10")
    for before, after in pairwise(cycles):
        assert before.due_on is not None
        assert after.name == f"since-{before.due_on}"
    assert len({cycle.name for cycle in cycles}) == len(cycles)


@pytest.mark.parametrize("months", [3, 6, 24, 48])
def test_a_closed_cycle_keeps_the_version_of_its_day(months: int):
    obligation = rolling(YEARLY, ("Fri 2027-01-01", months))
    closed = derived(obligation, "Sat 2028-01-01", "Wed 2025-10-01", "Mon 2026-06-01", "Wed 2027-06-02")
    assert told(closed)[0] == "Thu 2025-10-02 to Thu 2026-10-01 under 2019-05-01"


def test_a_cycle_met_late_under_the_old_rule_stays_late_under_a_longer_one():
    obligation = rolling(YEARLY, ("Tue 2025-07-01", 48))
    first = derived(obligation, "Sat 2028-01-01", "Thu 2024-02-01", "Wed 2025-09-10")[0]
    assert (shown(first.due_on), shown(first.met_on)) == ("Sat 2025-02-01", "Wed 2025-09-10")
    assert str(first.rule_in_force_from) == "2019-05-01"


def test_three_versions_follow_each_other():
    obligation = rolling(YEARLY, ("Fri 2027-01-01", 6), ("Sat 2028-01-01", 3))
    assert told(derived(obligation, "Sat 2028-08-26", "Mon 2026-08-31")) == [
        "Tue 2026-09-01 to Sun 2027-02-28 under 2027-01-01",
        "Mon 2027-03-01 to Sat 2027-08-28 under 2027-01-01",
        "Sun 2027-08-29 to Mon 2028-02-28 under 2027-01-01",
        "Tue 2028-02-29 to Sun 2028-05-28 under 2028-01-01",
        "Mon 2028-05-29 to Mon 2028-08-28 under 2028-01-01",
    ]


def test_the_version_in_force_on_a_day_is_the_last_that_has_begun():
    versions: tuple[RuleVersion, ...] = PILOTAGE.versions
    days = ["Tue 2019-04-30", "Wed 2019-05-01", "Thu 2026-12-31", "Fri 2027-01-01"]
    assert [versions.index(version_on(versions, day(on))) for on in days] == [0, 0, 0, 1]
