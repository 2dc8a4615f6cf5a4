import shutil
from dataclasses import replace
from pathlib import Path

from policies.pack.pack import load_pack
from tasks.status.holidays import holiday_findings
from tests.days import day
from tests.policies.network import FOLDER, PACK


def test_the_provisional_lists_of_this_year_and_the_next_are_named():
    assert list(holiday_findings(PACK, day("Mon 2026-11-23"))) == [
        "holidays of New York 2026 are provisional: computed, until the circular is entered",
        "holidays of New York 2027 are provisional: computed, until the circular is entered",
        "holidays of Geneva 2026 are provisional: computed, until the circular is entered",
        "holidays of Geneva 2027 are provisional: computed, until the circular is entered",
    ]


def test_a_year_without_a_list_is_named():
    found = list(holiday_findings(PACK, day("Fri 2027-12-31")))
    assert [finding for finding in found if finding.startswith("no holidays known")] == [
        "no holidays known for New York 2028: only weekends are known to be free",
        "no holidays known for Geneva 2028: only weekends are known to be free",
    ]


def test_an_official_list_is_no_finding(tmp_path: Path):
    folder = shutil.copytree(FOLDER, tmp_path / "pack")
    file = folder / "holidays" / "geneva-2026.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('"provisional"', '"official"\ncircular = "ST/IC/2025/30"'), encoding="utf-8")
    found = "\n".join(holiday_findings(load_pack(folder), day("Mon 2026-11-23")))
    assert "Geneva 2026" not in found
    assert "Geneva 2027" in found


def test_a_seat_that_is_no_duty_station_is_named_once():
    elsewhere = replace(PACK, instrument=PACK.instrument.model_copy(update={"zone": "Africa/Nairobi"}))
    found = list(holiday_findings(elsewhere, day("Mon 2026-11-23")))
    assert [finding for finding in found if "Nairobi" in finding] == [
        "no duty station keeps the zone Africa/Nairobi: only weekends are known to be free there"
    ]
