"""`mandates owed`, and what people answer, recorded by hand."""

from pathlib import Path

from tests.cli.command import Mandates

ABOUT = "annual-meeting/2026"
BY = ("--by", "Amal Haddad")


def test_what_is_owed_is_listed_with_what_is_most_at_risk_first(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    mandates.imported()
    mandates("enforce", "--as-of", "2026-11-23", "--force")
    rows = mandates("owed", "--as-of", "2026-11-23", "--json").json
    assert rows[0] == {
        "kind": "completion",
        "record": "secretary-general-review/2026",
        "people": ["secretary-general-office"],
        "due_on": "2026-10-31",
        "since_on": "2026-11-23",
        "days_late": 23,
        "mandated": True,
    }
    mine = mandates("owed", "--as-of", "2026-11-23", "--person", "coordinator-office", "--json").json
    assert "working-arrangements-review/since-2025-11-10" in {row["record"] for row in mine}
    assert "secretary-general-review/2026" not in {row["record"] for row in mine}


def test_answers_replies_and_pauses_are_recorded_as_strictly_as_a_file(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    mandates.imported()
    mandates("enforce", "--as-of", "2026-11-23", "--force")
    answer = ("record", "answer", ABOUT, "who", "more-time", "2026-11-20", "--source", "a mail", *BY)
    bare = mandates(*answer)
    assert (bare.code, "a more-time needs it" in bare.err) == (2, True)
    early = mandates("record", "reply", ABOUT, "who", "2026-11-21", "--reason", "granted", *BY)
    assert (early.code, "none is on record" in early.err) == (2, True)
    asked = mandates(*answer, "--reason", "a late board", "--until", "2026-12-18")
    assert (asked.code, asked.out) == (0, "recorded\n")
    assert mandates(*answer, "--reason", "a late board", "--until", "2026-12-18").out.startswith(
        "this is on record"
    )
    reply = mandates(
        "record", "reply", ABOUT, "who", "2026-11-21", "--reason", "granted", "--until", "2026-12-18", *BY
    )
    assert reply.code == 0
    nobody = mandates("record", "pause", ABOUT, "2026-12-01", "2026-11-30", "--reason", "elections", *BY)
    assert (nobody.code, "a day not before first" in nobody.err) == (2, True)
    stranger = mandates(
        "record", "answer", ABOUT, "stranger", "nil-return", "2026-11-20", "--source", "a mail", *BY
    )
    assert (stranger.code, "answers.0.person: found 'stranger'" in stranger.err) == (2, True)
