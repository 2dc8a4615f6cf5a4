"""The timetable of a cycle: every date it has, in order, and whose number each is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from input_packages.contents import Contents
from language.rolled_days import remarks, remarks_on_due
from policies.calendar.working_days import RolledDay
from policies.recurrence.cycles import Basis


@dataclass(frozen=True, slots=True)
class Row:
    """One date; `of` is what it is the date of, `rolled_from` the day it was moved from.

    A `provisional` one may move again; `last_working_day` is the one before a due date on a day off.
    """

    on: date
    of: str
    basis: Basis | None
    rolled_from: date | None = None
    provisional: bool = False
    last_working_day: RolledDay | None = None


def remarks_on(row: Row, language: str) -> tuple[str, ...]:
    """Return what is said beside a date of the timetable."""
    moved = remarks(row.rolled_from, language, provisional=row.provisional)
    return (*moved, *remarks_on_due(row.last_working_day, language))


def timetable(contents: Contents) -> tuple[Row, ...]:
    """Return the dates of the cycle, the earliest first; on one day, in the order the work takes."""
    return tuple(sorted(_rows(contents), key=lambda row: row.on))


def _rows(contents: Contents) -> Iterator[Row]:
    basis = {step.of: step.basis for step in contents.steps}
    if contents.opens_on:
        yield Row(contents.opens_on, "opens_on", basis.get("opens_on"))
    for milestone in contents.milestones:
        moved = milestone.rolled_from
        yield Row(milestone.on, milestone.id, Basis.HOUSE_PRACTICE, moved, milestone.provisional)
    if contents.target_on:
        yield Row(contents.target_on, "target_on", basis.get("target_on"))
    if contents.due_on:
        last = contents.last_working_day
        yield Row(contents.due_on, "due_on", basis.get("due_on"), last_working_day=last)
