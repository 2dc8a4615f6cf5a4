"""What nobody expects on a command line, in a setting or in the record ends with a sentence."""

import os
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tasks.installation.settings import ROOT
from tests.cli.command import Mandates

ODD = os.fsdecode(b"caf\xe9.toml")


@pytest.mark.parametrize(
    "words", [["import"], ["explain"], ["package", "verify"], ["submit", "a/1", "ilo", "--by", "me"]]
)
def test_a_word_that_is_not_utf_8_is_refused_in_a_sentence(tmp_path: Path, words):
    (tmp_path / ODD).write_bytes(b"")
    refused = Mandates(tmp_path / "home")(*words, str(tmp_path / ODD))
    assert refused.code == 2
    assert f"word {len(words) + 1}: found '" in refused.err
    assert "caf\\\\udce9.toml'; expected text in UTF-8; a file can be renamed first" in refused.err
    assert "Traceback" not in refused.err


def test_a_setting_that_is_not_utf_8_is_refused_without_being_shown(tmp_path: Path):
    refused = Mandates(tmp_path)("status", MANDATES_BY=ODD, MANDATES_CHANNELS_EMAIL=ODD)
    assert refused.code == 2
    told = "found something that is not shown here; expected text in UTF-8"
    assert refused.err.splitlines()[1:3] == [
        f"  - environment: MANDATES_BY: {told}",
        f"  - environment: MANDATES_CHANNELS_EMAIL: {told}",
    ]


def test_the_version_is_that_of_the_project(tmp_path: Path):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert Mandates(tmp_path)("--version").out == f"{project['version']}\n"


def test_a_named_pipe_is_refused_and_not_waited_for(tmp_path: Path):
    os.mkfifo(tmp_path / "facts.toml")
    refused = Mandates(tmp_path / "home")("import", str(tmp_path / "facts.toml"))
    assert (refused.code, "no plain file" in refused.err) == (2, True)


@pytest.mark.parametrize("name", ["MANDATES_CHANNELS_EMAIL", "MANDATES_MAILBOX"])
def test_an_address_that_is_none_is_told_without_its_password(tmp_path: Path, name: str):
    told = Mandates(tmp_path)("doctor", **{name: "rmails://u:p4ssword@[bad"})
    assert "cannot be used" in told.out + told.err
    assert "p4ssword" not in told.out + told.err
    assert "Traceback" not in told.err


def test_what_a_terminal_cannot_show_stops_nothing(tmp_path: Path):
    words = [sys.executable, "-m", "cli", "explain", "annual-meeting", "--language", "ar"]
    around = {**os.environ, "MANDATES_HOME": str(tmp_path), "PYTHONIOENCODING": "ascii"}
    shown = subprocess.run(words, cwd=ROOT, env=around, capture_output=True, check=False)
    assert (shown.returncode, b"\\u0627" in shown.stdout) == (0, True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            "UPDATE audit_links SET \"table\" = 'strange' WHERE position = 1",
            "strange 1: the chain names a table that no record of this program has",
        ),
        (
            "UPDATE completions SET completed_on = 'rubbish' WHERE id = 1",
            "completions 1: the row was changed after it was recorded",
        ),
    ],
)
@pytest.mark.parametrize("words", [["doctor"], ["notices", "prove", "--from", "2026-01-01"]])
def test_a_record_that_was_tampered_with_is_told_and_is_no_crash(tmp_path: Path, change, said, words):
    mandates = Mandates(tmp_path)
    mandates.imported()
    with sqlite3.connect(tmp_path / "mandates.db") as database:
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(change)
    database.close()
    found = mandates(*words)
    assert found.code == 1
    assert said in found.out
    assert "Traceback" not in found.err
