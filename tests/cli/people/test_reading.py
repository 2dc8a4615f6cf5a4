"""`mandates people`: who is who on a day, out and in; and a change that the next letter follows."""

import tomllib
from pathlib import Path

from tests.cli.command import Mandates

S = ("--source", "a letter", "--by", "an officer")
RECORDED = (
    ("person", "hana", "Hana Aoki", "2026-03-01", "--name-in", "ar=هانا"),
    (
        "contact",
        "hana",
        "2026-03-01",
        "--address",
        "hana@example.org",
        "--channel",
        "email",
        "--language",
        "fr",
    ),
    ("appointment", "hana", "coordinator", "2026-03-01"),
    ("role", "hana", "releaser", "2026-03-01"),
    ("absence", "hana", "2026-11-20", "2026-11-30"),
    ("delegation", "hana", "ilo", "2026-11-20", "2026-11-30"),
)


def test_people_are_recorded_listed_and_shown(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    for words in RECORDED:
        answer = mandates("record", *words, *S)
        assert (answer.code, answer.out) == (0, "recorded\n"), answer.err
    rows = {
        row["id"]: row for row in mandates("people", "list", "--on", "2026-11-23", "--json").json["people"]
    }
    assert rows["hana"] == {
        "id": "hana",
        "name": "Hana Aoki",
        "names": [{"language": "ar", "name": "هانا"}],
        "address": "hana@example.org",
        "language": "fr",
        "channels": ["email"],
        "station": None,
        "actors": ["coordinator"],
        "roles": ["releaser"],
        "away_until": "2026-11-30",
        "stands_in": "ilo",
        "stands_in_until": "2026-11-30",
    }
    assert "hana" not in mandates("people", "list", "--on", "2026-02-28").out
    assert "away until 2026-11-30; ilo stands in until 2026-11-30" in " ".join(
        mandates("people", "show", "hana", "--on", "2026-11-23").out.split()
    )
    shown = mandates("people", "show", "hana", "--on", "2026-12-01", "--json").json
    assert (shown["held_by"], shown["person"]["away_until"]) == ("hana", None)
    assert [(fact["fact"], fact["recorded_by"]) for fact in shown["facts"]] == [
        (kind, "an officer") for kind in ("person", "contact", "appointment", "absence", "delegation", "role")
    ]
    unknown = mandates("people", "show", "nobody")
    assert (unknown.code, unknown.err) == (
        2,
        "mandates: nobody goes by 'nobody'; who does: mandates people list\n",
    )


def test_a_file_goes_out_is_edited_and_comes_in_again(tmp_path: Path):
    mandates, file = Mandates(tmp_path / "home"), tmp_path / "people.toml"
    assert mandates("people", "write", str(file)).code == 0
    text = file.read_text(encoding="utf-8")
    said = tomllib.loads(text)
    assert {person["id"] for person in said["people"]} >= {"ilo", "secretariat"}
    file.write_text(text.replace("ilo@example.org", "new@example.org"), encoding="utf-8")
    taken = mandates("people", "import", str(file), "--from", "2026-03-01", "--by", "an officer")
    assert (taken.code, taken.out) == (0, "1 facts recorded, from 2026-03-01 on\n")
    assert "new@example.org" in mandates("people", "list", "--on", "2026-03-01").out
    assert "new@example.org" not in mandates("people", "list", "--on", "2026-02-28").out
    table = tmp_path / "people.csv"
    assert mandates("people", "write", str(table), "--on", "2026-03-01").code == 0
    assert "new@example.org" in table.read_text(encoding="utf-8-sig")
    again = mandates("people", "import", str(table), "--by", "an officer", "--whole")
    assert (again.code, again.out.partition(",")[0]) == (0, "0 facts recorded")
    assert "people.ilo.address: new@example.org on record, ilo@example.org in the file" in " ".join(
        mandates("doctor").out.split()
    )
