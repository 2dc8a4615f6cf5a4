"""`mandates record`, for rolls: every command records its fact, and says why it does not."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.main import application
from tests.cli.command import Mandates

SAID = ("--source", "the minutes", "--by", "an officer")
ASKED = ("--until", "2026-02-20", "--chosen", "iom", "--chosen", "ilo", "--chosen-by", "A. Officer")
COMMANDS = [
    ("decision", "ec-1", "2026-03-02", "--owner", "secretariat", "--text", "as proposed"),
    ("member", "network-members", "iom", "2019-11-14", "--seen"),
    ("member", "network-members", "unu", "2026-03-02", "--decision", "ec-1"),
    ("leave", "network-members", "unu", "2026-09-01"),
    ("group", "trade", "2025-01-01", "--title", "Trade", "--focus", "what trade does", "--workplan", "W/1"),
    ("consultation", "about-ngo", "trade", "ngo", "2026-02-02", *ASKED, "--reason", "they lead"),
    ("view", "about-ngo", "ilo", "objects", "2026-02-10", "--reason", "too soon"),
    ("member", "trade", "ngo", "2026-03-02", "--role", "partner", "--decision", "ec-1"),
    ("outcome", "trade", "continue", "2026-03-02", "--decision", "ec-1"),
    ("seat", "fund-board-members", "donors-1", "2025-01-01", "--constituency", "donors"),
    ("lead", "fund-board-review/2026", "A. Lead", "2026-03-02", "--decided-by", "the Executive Committee"),
    ("attestation", "network-members", "2026-09-01"),
]


def test_every_fact_about_a_roll_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    # In one process: a process for each of so many commands would take twenty times as long.
    monkeypatch.setenv("MANDATES_HOME", str(tmp_path / "home"))
    commands, run = application(["record", "roll"]), CliRunner().invoke
    answers = [run(commands, ["record", *words, *SAID]) for words in COMMANDS]
    assert [answer.output for answer in answers] == ["recorded\n"] * len(COMMANDS)
    listed = run(commands, ["record", "list"]).output.splitlines()[1:]
    kinds = {line.split()[0] for line in listed}
    assert {"joining", "leaving", "group", "outcome", "seat", "consultation", "view", "lead"} <= kinds
    asked = run(commands, ["roll", "consulted", "about-ngo"]).output
    assert "iom     silent: consulted, not agreed" in asked
    assert "ilo     objects" in asked
    assert asked.endswith(
        "\nasked from 2026-02-02 to 2026-02-20 about ngo for trade; chosen by A. Officer: they lead\n"
    )
    unknown = run(commands, ["roll", "consulted", "x"]).exception
    assert str(unknown) == "no consultation is called 'x'; there are: about-ngo"


def test_a_member_without_a_decision_is_refused_and_told_why(tmp_path: Path):
    answer = Mandates(tmp_path / "home")("record", "member", "network-members", "unu", "2026-03-02", *SAID)
    assert answer.code == 2
    assert "expected decision: the recorded decision to admit unu (MEM-2b)" in answer.err
