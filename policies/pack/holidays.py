"""Official holidays: one list for each duty station and year, provisional until the circular is out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from policies.calendar.working_days import WorkingDays
from policies.obligations.instrument import Identifier, Instrument, Words
from policies.problems import Problem
from policies.recurrence.question import Source, Strict, Year


class HolidayStatus(StrEnum):
    """Whether a list was published by the United Nations, or computed before that."""

    OFFICIAL = "official"
    PROVISIONAL = "provisional"


class Holiday(Strict):
    """A day on which the duty station is closed; `note` says what is not certain about it."""

    on: date
    name: Words
    note: Source | None = None


class HolidayList(Strict):
    """The holidays of one duty station in one year.

    An official list names its `circular` by symbol; `entered_on` is the day somebody put the list in.
    """

    station: Identifier
    zone: str
    year: Year
    status: HolidayStatus
    circular: Source | None = None
    source: Source
    entered_on: date
    days: Annotated[tuple[Holiday, ...], Field(min_length=1)]


def calendars(instrument: Instrument, lists: Iterable[HolidayList]) -> dict[str, WorkingDays]:
    """Return the working days of each duty station by its time zone (IANA name)."""
    known = tuple(lists)
    return {
        station.zone: _working_days([each for each in known if each.station == name])
        for name, station in instrument.stations.items()
    }


def holiday_problems(instrument: Instrument, lists: Mapping[str, HolidayList]) -> Iterator[Problem]:
    """Yield everything wrong with lists that can be read by themselves. `lists` are by file name."""
    for file, each in lists.items():
        yield from _misplaced(instrument, file, each)
        yield from _unproven(file, each)
        yield from _wrong_days(file, each)


def _working_days(lists: Iterable[HolidayList]) -> WorkingDays:
    years = {each.year: each for each in lists}
    return WorkingDays(
        holidays=frozenset(day.on for each in years.values() for day in each.days),
        listed=frozenset(years),
        official=frozenset(y for y, each in years.items() if each.status is HolidayStatus.OFFICIAL),
    )


def _misplaced(instrument: Instrument, file: str, each: HolidayList) -> Iterator[Problem]:
    station = instrument.stations.get(each.station)
    if station is None:
        known = ", ".join(sorted(instrument.stations)) or "none yet"
        yield Problem(file, "station", repr(each.station), f"a station of instrument.toml: {known}")
    elif station.zone != each.zone:
        yield Problem(file, "zone", repr(each.zone), f"the zone of {each.station}, {station.zone!r}")
    if file != (name := f"{each.station}-{each.year}.toml"):
        yield Problem(file, "", f"the list of {each.station} {each.year}", f"that list in {name}")


def _unproven(file: str, each: HolidayList) -> Iterator[Problem]:
    if each.status is HolidayStatus.OFFICIAL and each.circular is None:
        yield Problem(file, "circular", "nothing", "the circular's symbol: a list without one is provisional")
    if each.status is HolidayStatus.PROVISIONAL and each.circular is not None:
        yield Problem(file, "status", "'provisional'", f"'official', as {each.circular} is named")


def _wrong_days(file: str, each: HolidayList) -> Iterator[Problem]:
    for index, day in enumerate(each.days):
        if day.on.year != each.year:
            yield Problem(file, f"days.{index}.on", str(day.on), f"a day of {each.year}")
    for on, count in Counter(day.on for day in each.days).items():
        if count > 1:
            yield Problem(file, "days", f"{on} {count} times", "each day once")
