"""`mandates record`: there is a command for every kind of fact; it records it, or says why it does not."""

from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cli.main import application
from cli.record.particular import COMMANDS as PARTICULAR
from cli.record.words import WORDS
from policies.entries.facts_file import ENTRIES, FactsFile
from policies.facts.facts import KINDS, Facts
from records.facts import facts as recorded
from tasks.installation.settings import ROOT
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
    assert [answer.stdout for answer in answers] == ["recorded\n"] * len(COMMANDS)
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


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_fact_has_a_table_an_entry_a_command_and_a_row_in_the_documents(kind: str):
    known = KINDS[kind]
    assert Facts().of(known) == ()
    assert recorded.KINDS[kind].fact_kind == ENTRIES[kind].fact_kind == kind
    assert known.plural in FactsFile.model_fields
    written_for_it = PARTICULAR[kind].__name__ if kind in PARTICULAR else None
    command = written_for_it or (WORDS[kind].name if kind in WORDS else None) or kind
    assert command in get_command(application(["record"])).commands["record"].commands  # type: ignore[attr-defined]  # a group
    rows = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    assert f"`mandates record {command} " in rows


def test_no_words_are_kept_for_what_is_no_kind_of_fact():
    assert {*WORDS, *PARTICULAR} <= {*KINDS}
    for kind, command in WORDS.items():
        assert {*command.said, *command.unsaid} <= {*ENTRIES[kind].model_fields}


def test_a_command_takes_what_an_entry_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("MANDATES_HOME", str(tmp_path / "home"))
    commands, run = application(["record"]), CliRunner().invoke
    held = ("meeting", "ec-1", "executive-committee-meeting", "2026-03-02", "--title", "EC", *SAID)
    there = ("--participant", "chair=IOM", "--participant", "host=WHO", "--began", "2026-03-01")
    paper = ("paper", "ec-1", "minutes", "2026-03-10", "--reference", "M/1", "--by", "an officer")
    assert [run(commands, ["record", *words]).stdout for words in ((*held, *there), paper)] == [
        "recorded\n"
    ] * 2
    listed = " ".join(run(commands, ["record", "list"]).output.split())
    assert "began_on=2026-03-01 participants={'chair': 'IOM', 'host': 'WHO'}" in listed
    assert "reference=M/1 languages=['en'] confidentiality=public" in listed
