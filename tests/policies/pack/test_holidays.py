import shutil
import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from dateutil.easter import easter
from dateutil.relativedelta import MO, TH, relativedelta

from policies.pack.pack import load_pack
from policies.problems import RefusedFileError
from tests.days import day
from tests.policies.network import FOLDER, PACK

YEARS = (2025, 2026, 2027)
EASTER = {"Good Friday": -2, "Easter Monday": 1, "Ascension Day": 39, "Whit Monday": 50}
ISLAMIC = {  # as the Umm al-Qura calendar computes them, before a weekend moves them
    2025: ("Sun 2025-03-30", "Fri 2025-06-06"),
    2026: ("Fri 2026-03-20", "Wed 2026-05-27"),
    2027: ("Tue 2027-03-09", "Sun 2027-05-16"),
}
AUTUMN = """
[[days]]
on = {on}
name.en = "A day in autumn"
"""


def shipped() -> list[dict[str, Any]]:
    files = sorted((FOLDER / "holidays").glob("*.toml"))
    return [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]


def named(each: Mapping[str, Any]) -> dict[str, date]:
    return {day["name"]["en"]: day["on"] for day in each["days"]}


def observed(on: date) -> date:
    """Return the working day nearest to a day, as Saturdays and Sundays give way."""
    return on + timedelta(days={5: -1, 6: 1}.get(on.weekday(), 0))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return shutil.copytree(FOLDER, tmp_path / "pack")


def change(folder: Path, file: str, found: str, put: str) -> None:
    path = folder / "holidays" / file
    text = path.read_text(encoding="utf-8")
    assert found in text
    path.write_text(text.replace(found, put, 1), encoding="utf-8")


def mistakes(folder: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(RefusedFileError) as refusal:
        load_pack(folder)
    assert all(problem.expected for problem in refusal.value.problems)
    return [(problem.file, problem.key, problem.found) for problem in refusal.value.problems]


def test_each_duty_station_has_a_list_for_each_of_three_years_none_of_them_official_yet():
    assert [(each["station"], each["year"], each["status"]) for each in shipped()] == [
        (station, year, "provisional") for station in ("geneva", "new-york") for year in YEARS
    ]
    assert {zone: (days.listed, days.official) for zone, days in PACK.calendars.items()} == {
        zone: (frozenset(YEARS), frozenset()) for zone in ("Europe/Zurich", "America/New_York")
    }


def test_every_list_says_that_it_is_computed_by_which_rule_and_from_where():
    for each in shipped():
        assert each["source"].startswith("computed; no circular was found")
        assert "Rule: " in each["source"]
        assert "https://" in each["source"]


def test_every_holiday_is_a_weekday_with_a_name_in_english_and_arabic():
    days = [day for each in shipped() for day in each["days"]]
    assert {day["on"].weekday() for day in days} <= {0, 1, 2, 3, 4}
    assert {tuple(sorted(day["name"])) for day in days} == {("ar", "en")}


@pytest.mark.parametrize("each", shipped(), ids=lambda each: f"{each['station']}-{each['year']}")
def test_the_christian_days_and_the_new_year_follow_from_their_rule(each):
    year, found = each["year"], named(each)
    for name, days in EASTER.items():
        if name in found:
            assert found[name] == easter(year) + timedelta(days=days)
    assert found["New Year's Day"] == observed(date(year, 1, 1))
    assert found["Christmas Day"] == observed(date(year, 12, 25))


@pytest.mark.parametrize("year", YEARS)
def test_the_federal_days_of_new_york_follow_from_their_rule(year):
    found = named(next(each for each in shipped() if (each["station"], each["year"]) == ("new-york", year)))
    assert found["Memorial Day"] == date(year, 5, 31) + relativedelta(weekday=MO(-1))
    assert found["Independence Day"] == observed(date(year, 7, 4))
    assert found["Labour Day"] == date(year, 9, 1) + relativedelta(weekday=MO(1))
    assert found["Thanksgiving Day"] == date(year, 11, 1) + relativedelta(weekday=TH(4))


@pytest.mark.parametrize("year", YEARS)
def test_the_fast_of_geneva_is_on_the_thursday_after_the_first_sunday_of_september(year):
    found = named(next(each for each in shipped() if (each["station"], each["year"]) == ("geneva", year)))
    first_sunday = date(year, 9, 1) + timedelta(days=(6 - date(year, 9, 1).weekday()) % 7)
    assert found["Jeûne genevois (Geneva Fast)"] == first_sunday + timedelta(days=4)


@pytest.mark.parametrize("each", shipped(), ids=lambda each: f"{each['station']}-{each['year']}")
def test_both_eids_are_there_moved_off_the_weekend_and_off_another_holiday(each):
    fitr, adha = (observed(day(on)) for on in ISLAMIC[each["year"]])
    found = named(each)
    assert found["Eid al-Fitr"] == fitr
    taken = adha == found.get("Whit Monday")
    assert found["Eid al-Adha"] == adha + timedelta(days=1 if taken else 0)


def test_what_is_not_certain_about_a_day_stands_beside_it():
    doubtful = {"Eid al-Fitr", "Eid al-Adha", "Whit Monday", "Jeûne genevois (Geneva Fast)"}
    days = [day for each in shipped() for day in each["days"]]
    assert {day["name"]["en"] for day in days if "note" not in day} & doubtful == set()


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ('station = "geneva"', 'station = "genf"', ("station", "'genf'")),
        ('zone = "Europe/Zurich"', 'zone = "Europe/Paris"', ("zone", "'Europe/Paris'")),
        ("year = 2026", "year = 2027", ("", "the list of geneva 2027")),
        ("on = 2026-01-01", "on = 2025-01-01", ("days.0.on", "2025-01-01")),
        ("on = 2026-01-01", "on = 2026-02-30", ("days.0.on", "'2026-02-30'")),
        ("on = 2026-03-20", "on = 2026-01-01", ("days", "2026-01-01 2 times")),
        ('"provisional"', '"official"', ("circular", "nothing")),
        ('"provisional"', '"provisional"\ncircular = "ST/IC/2025/30"', ("status", "'provisional'")),
        ('"provisional"', '"likely"', ("status", "'likely'")),
        ("entered_on = 2026-11-23", "", ("entered_on", "nothing")),
    ],
)
def test_a_mistake_in_a_list_is_listed_with_its_file_and_key(folder, right, wrong, told):
    change(folder, "geneva-2026.toml", right, wrong)
    assert ("geneva-2026.toml", *told) in mistakes(folder)


def test_all_mistakes_of_all_lists_are_listed_at_once(folder):
    change(folder, "geneva-2025.toml", '"provisional"', '"official"')
    change(folder, "geneva-2026.toml", 'station = "geneva"', 'station = "genf"')
    change(folder, "new-york-2027.toml", "on = 2027-01-01", "on = 2026-01-01")
    with (folder / "holidays" / "new-york-2027.toml").open("a", encoding="utf-8") as file:
        file.write(AUTUMN.format(on="2027-11-25"))
    assert mistakes(folder) == [
        ("geneva-2025.toml", "circular", "nothing"),
        ("geneva-2026.toml", "station", "'genf'"),
        ("geneva-2026.toml", "", "the list of genf 2026"),
        ("new-york-2027.toml", "days.0.on", "2026-01-01"),
        ("new-york-2027.toml", "days", "2027-11-25 2 times"),
    ]


def test_two_duty_stations_cannot_share_a_zone(folder):
    instrument = folder / "instrument.toml"
    text = instrument.read_text(encoding="utf-8")
    instrument.write_text(text.replace('zone = "America/New_York"', 'zone = "Europe/Zurich"', 1), "utf-8")
    assert ("instrument.toml", "stations", "'Europe/Zurich' 2 times") in mistakes(folder)


def test_an_official_list_names_its_circular_and_what_rests_on_it_stands(folder):
    change(folder, "geneva-2026.toml", '"provisional"', '"official"\ncircular = "ST/IC/2025/30"')
    days = load_pack(folder).working_days_in("Europe/Zurich")
    assert days.official == {2026}
    assert not days.rolled_back(day("Fri 2026-12-25")).provisional


def test_a_pack_without_lists_knows_only_weekends(folder):
    shutil.rmtree(folder / "holidays")
    days = load_pack(folder).working_days_in("Europe/Zurich")
    assert (days.holidays, days.listed) == (frozenset(), frozenset())
