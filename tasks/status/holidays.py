"""Whose holidays are not official yet, or not known at all."""

from collections.abc import Iterator
from datetime import date

from policies.pack.pack import Pack


def holiday_findings(pack: Pack, as_of: date) -> Iterator[str]:
    """Yield what is not settled about the holidays of this year and the next, seat by seat.

    Lists appear towards the end of the year before: later years can have none yet.
    """
    names = {station.zone: station.name["en"] for station in pack.instrument.stations.values()}
    holders = (pack.actors[obligation.holder].zone for obligation in pack.obligations.values())
    for zone in sorted({pack.instrument.zone, *holders}):
        if zone in names:
            yield from _of_years(pack, zone, names[zone], as_of.year)
        else:
            yield f"no duty station keeps the zone {zone}: only weekends are known to be free there"


def _of_years(pack: Pack, zone: str, name: str, this_year: int) -> Iterator[str]:
    days = pack.working_days_in(zone)
    for year in (this_year, this_year + 1):
        if year not in days.listed:
            yield f"no holidays known for {name} {year}: only weekends are known to be free"
        elif year not in days.official:
            yield f"holidays of {name} {year} are provisional: computed, until the circular is entered"


def unofficial_holidays(pack: Pack, as_of: date) -> Iterator[tuple[str, int]]:
    """Yield the duty stations and years, of this year and the next, whose holidays are not official."""
    for name, station in pack.instrument.stations.items():
        official = pack.working_days_in(station.zone).official
        yield from ((name, year) for year in (as_of.year, as_of.year + 1) if year not in official)
