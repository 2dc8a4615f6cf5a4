"""How fast due dates are derived, beside libraries that only do the arithmetic, and who gets them right.

Ours come with every date's anchor, source and rule version; the rivals' come alone.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from time import perf_counter

import pendulum
from dateutil.rrule import MONTHLY, rrule

from benchmarks import by_regclock, duties
from benchmarks.duties import DUTIES, YEARS, Duty
from benchmarks.tables import Table
from policies.facts.facts import Completion, Facts
from policies.recurrence.cycles import Cycle
from policies.recurrence.fixed_grid import FixedGrid
from policies.recurrence.question import Question
from policies.recurrence.rolling_ceiling import RollingCeiling
from policies.status.explanation import steps

Contender = Callable[[Duty], list[date]]
ROUNDS = 5
RIVAL = "dateutil.rrule"
DONE = Facts(completions=[Completion(duty.name, on, "report") for duty in DUTIES for on in duty.done_on])
NOTHING = Facts()
LATER = date(2014, 1, 1)


def ceilings() -> Table:
    """So many months after each completion: 29 February and the 31st are where it goes wrong."""
    contenders: dict[str, Contender] = {
        "Mandate Keeper": lambda duty: _due(_ceilings(duty)),
        "Mandate Keeper, explained": lambda duty: _explained(_ceilings(duty)),
        RIVAL: lambda duty: [_rule(on, duty.months, 2)[1] for on in duty.done_on],
        "pendulum": lambda duty: [_pendulum(on).add(months=duty.months) for on in duty.done_on],
        "regclock, which has no months": by_regclock.ceilings,
    }
    return _table("months after each completion", contenders, duties.ceilings)


def grids() -> Table:
    """Slots that end on the last day of a month, from the day the first one ends."""
    contenders: dict[str, Contender] = {
        "Mandate Keeper": lambda duty: _due(_slots(duty)),
        "Mandate Keeper, explained": lambda duty: _explained(_slots(duty)),
        RIVAL: lambda duty: _rule(duties.last_day(duty.first), duty.months, duty.turns),
        "dateutil.rrule, told bymonthday=-1": _rule_of_last_days,
        "pendulum, from the first": lambda d: [_last(d).add(months=n * d.months) for n in range(d.turns)],
        "pendulum, one from the other": _one_from_the_other,
        "pendulum, told end_of('month')": _ends_of_months,
        "regclock": by_regclock.slots,
    }
    return _table("slots that end with their month", contenders, duties.slots)


def grids_from_a_later_day() -> Table:
    """The same slots, asked for from the eleventh year on: what a system taken up later must get right."""
    contenders: dict[str, Contender] = {
        "Mandate Keeper": lambda duty: [on for on in _due(_slots(duty)) if on >= LATER],
        "Mandate Keeper, explained": lambda duty: [on for on in _explained(_slots(duty)) if on >= LATER],
        RIVAL: lambda d: [on for on in _rule(duties.last_day(d.first), d.months, d.turns) if on >= LATER],
        "dateutil.rrule, told bymonthday=-1": lambda d: [on for on in _rule_of_last_days(d) if on >= LATER],
        "pendulum, told end_of('month')": lambda d: [on for on in _ends_of_months(d) if on >= LATER],
        "regclock": lambda duty: by_regclock.slots_from(duty, LATER),
    }
    return _table(
        f"slots from {LATER} on", contenders, lambda duty: [on for on in duties.slots(duty) if on >= LATER]
    )


def _table(what: str, contenders: Mapping[str, Contender], reference: Contender) -> Table:
    every = sum(len(reference(duty)) for duty in DUTIES)
    seconds = {name: min(_timed(derive) for _ in range(ROUNDS)) for name, derive in contenders.items()}
    rows = [
        (
            name,
            f"{every / seconds[name]:,.0f}",
            f"{seconds[RIVAL] / seconds[name]:.2f}",
            _wrong(derive, reference),
        )
        for name, derive in contenders.items()
    ]
    title = f"Derivation, {what}: {len(DUTIES):,} obligations, {YEARS} years, {every:,} due dates"
    return Table(title, ("", "dates/s", f"x {RIVAL}", "right dates missed"), rows)


def _wrong(derive: Contender, reference: Contender) -> str:
    """Return how many of the right dates are missing from what was found."""
    return f"{sum(len({*reference(duty)} - {*derive(duty)}) for duty in DUTIES):,}"


def _timed(derive: Contender) -> float:
    started = perf_counter()
    for duty in DUTIES:
        derive(duty)
    return perf_counter() - started


def _ceilings(duty: Duty) -> list[Cycle]:
    recurrence = RollingCeiling(kind="rolling-ceiling", months=duty.months, source="benchmark")
    return recurrence.cycles(Question(duty.name, DONE, duty.done_on[-1], duty.first))


def _slots(duty: Duty) -> list[Cycle]:
    recurrence = FixedGrid(
        kind="fixed-grid", first=f"{duty.first:%Y-%m}", every_months=duty.months, source="benchmark"
    )
    until = duties.corresponding(duty.first, (duty.turns - 1) * duty.months)
    return recurrence.cycles(Question(duty.name, NOTHING, until, duty.first))


def _due(cycles: Iterable[Cycle]) -> list[date]:
    return [cycle.due_on for cycle in cycles if cycle.due_on and not cycle.projected]


def _explained(cycles: Iterable[Cycle]) -> list[date]:
    explained = (step for cycle in cycles if not cycle.projected for step in steps(cycle, "REV-2"))
    return [step.result for step in explained if step.of == "due_on"]


def _rule(first: date, months: int, count: int) -> list[date]:
    start = datetime.combine(first, time.min)
    return [found.date() for found in rrule(MONTHLY, interval=months, dtstart=start, count=count)]


def _rule_of_last_days(duty: Duty) -> list[date]:
    start = datetime.combine(duty.first.replace(day=1), time.min)
    rule = rrule(MONTHLY, interval=duty.months, dtstart=start, count=duty.turns, bymonthday=-1)
    return [found.date() for found in rule]


def _pendulum(on: date) -> pendulum.Date:
    return pendulum.Date(on.year, on.month, on.day)


def _last(duty: Duty) -> pendulum.Date:
    return _pendulum(duty.first).end_of("month")


def _one_from_the_other(duty: Duty) -> list[date]:
    found = [_last(duty)]
    while len(found) < duty.turns:
        found.append(found[-1].add(months=duty.months))
    return [*found]


def _ends_of_months(duty: Duty) -> list[date]:
    first = _pendulum(duty.first).start_of("month")
    return [first.add(months=turn * duty.months).end_of("month") for turn in range(duty.turns)]
