"""`mandates record correction`: nothing is withdrawn before it was seen what that changes, and asked."""

import os
import sys
from pathlib import Path
from subprocess import run

import pytest

from tests.cli.command import Mandates

WRONG = ("record", "correction", "event", "2", "--reason", "the wrong year", "--by", "an officer")


@pytest.fixture
def mandates(tmp_path: Path) -> Mandates:
    made = Mandates(tmp_path / "home")
    made.imported()
    return made


def test_where_nobody_can_be_asked_nothing_is_withdrawn(mandates: Mandates):
    before = mandates("record", "list").out
    answer = mandates(*WRONG)
    assert (answer.code, answer.out) == (2, "")
    assert "event 2 was not withdrawn: there is no terminal to ask on." in answer.err
    assert "add --yes to withdraw it without being asked" in answer.err
    assert mandates("record", "list").out == before


def test_a_script_withdraws_it_and_is_shown_the_fact_what_moves_and_how_to_undo_it(mandates: Mandates):
    answer = mandates(*WRONG, "--yes")
    assert answer.code == 0
    assert "event 2, recorded on " in answer.out
    assert "  starts on  2026-05-05\n" in answer.out
    assert "  2026-11-08 -> no date     target_on\n" in answer.out
    assert "event 2 is withdrawn; it stays in the record, with the reason\n" in answer.out
    said, _, entry = answer.out.partition("type: mandates import FILE\n")
    assert said.endswith("Was that a mistake? Put this into a file and ")
    (mandates.home / "again.toml").write_text(entry, encoding="utf-8")
    assert mandates("import", str(mandates.home / "again.toml")).code == 0
    assert "starts_on=2026-05-05" in mandates("record", "list").out


@pytest.mark.parametrize(
    ("said", "code", "told"), [("n", 1, "nothing was withdrawn"), ("y", 0, "is withdrawn")]
)
def test_on_a_terminal_it_is_asked(mandates: Mandates, said, code, told):
    terminal, keyboard = os.openpty()
    os.write(terminal, f"{said}\n".encode())
    around = os.environ | {"MANDATES_HOME": str(mandates.home)}
    asked = run(
        [sys.executable, "-m", "cli", *WRONG],
        check=False,
        stdin=keyboard,
        capture_output=True,
        text=True,
        env=around,
    )
    for end in (terminal, keyboard):
        os.close(end)
    assert "Withdraw event 2? [y/N]: " in asked.stdout
    assert (asked.returncode, told in asked.stdout) == (code, True)
    assert ("starts_on=2026-05-05" in mandates("record", "list").out) == (said == "n")
