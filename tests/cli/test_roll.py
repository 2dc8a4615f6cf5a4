"""`mandates roll`: a roll out as a table, JSON and CSV, and in again."""

from pathlib import Path

import pytest

from tests.cli.command import Mandates

FACTS = """
[[joinings]]
body = "network-members"
member = "iom"
seen_on = 2019-11-14
source = "the statement of that day"

[[attestations]]
body = "network-members"
attested_on = 2026-11-20
source = "a letter"
"""


@pytest.fixture
def mandates(tmp_path: Path) -> Mandates:
    made = Mandates(tmp_path / "home")
    made.imported(FACTS)
    return made


def test_a_roll_is_shown_as_a_table_as_json_and_as_csv_for_a_day_and_as_known(
    mandates: Mandates, tmp_path: Path
):
    file = tmp_path / "members.csv"
    answer = mandates("roll", "show", "network-members", "--as-of", "2026-11-23", "--csv", str(file))
    assert "iom     member             2019-11-14            the statement of that day" in answer.out
    written = f"attested as whole on 2026-11-20; written to {file}"
    assert answer.out.endswith(f"\nnetwork-members on 2026-11-23: {written}\n")
    asked = ("roll", "show", "network-members", "--json")
    assert mandates(*asked, "--as-of", "2026-11-23").json["rows"][0]["seen_on"] == "2019-11-14"
    assert mandates(*asked, "--known-at", "2020-01-01").json["rows"] == []
    assert mandates("roll", "import", str(file), "--by", "me").out == (
        "0 facts recorded, 1 on record already\n"
    )


def test_a_file_is_refused_by_line_and_column(mandates: Mandates, tmp_path: Path):
    file = tmp_path / "members.csv"
    file.write_text("body;member;joined_on;source\nnetwork-members;unu;2.3.2026;x\n", encoding="utf-8")
    answer = mandates("roll", "import", str(file), "--by", "me")
    assert answer.code == 2
    assert "members.csv: line 2, joined_on: found '2.3.2026'; expected a calendar date" in answer.err
