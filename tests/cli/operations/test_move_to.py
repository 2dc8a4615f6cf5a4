"""No password on a command line, in a message or in a trace: every user of the machine could read it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tasks.installation.settings import ROOT
from tests.cli.command import Mandates

SECRET = "hunter2"  # noqa: S105 (made up)
GOOD = f"postgresql://user:{SECRET}@127.0.0.1:1/mandates"
ADDRESSES = (
    GOOD,
    f"postgresql://user@127.0.0.1:1/mandates?password={SECRET}",
    f"postgresql://user:x@host:{SECRET}/mandates",
    f"mysql://user:{SECRET}@127.0.0.1/mandates",
    f"postgresql+{SECRET}://user@127.0.0.1/mandates",
    SECRET,
)


@pytest.mark.parametrize("address", ADDRESSES[:2])
def test_a_password_on_the_command_line_is_refused(tmp_path: Path, address: str):
    refused = Mandates(tmp_path)("move-to", address)
    assert refused.code == 2
    assert "command line: URL: found a password; expected an address without one, or none" in refused.err
    assert SECRET not in refused.err


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_address_of_a_database_is_shown_with_its_password(tmp_path: Path, address: str):
    mandates = Mandates(tmp_path)
    mandates("status")
    for words in (["status"], ["watch"], ["backup", str(tmp_path / "b.zip")], ["doctor"]):
        failed = mandates(*words, MANDATES_DATABASE_URL=address)
        assert failed.code != 0
        assert SECRET not in failed.out + failed.err
        assert "Traceback" not in failed.err


def test_a_record_is_moved_to_an_address_that_was_read_from_standard_input(tmp_path: Path):
    Mandates(tmp_path / "home").imported()
    words = [sys.executable, "-m", "cli", "move-to"]
    around = {**os.environ, "MANDATES_HOME": str(tmp_path / "home")}
    url = f"sqlite:///{tmp_path / 'new.db'}\n"
    moved = subprocess.run(
        words, cwd=ROOT, env=around, input=url, capture_output=True, text=True, check=False
    )
    assert (moved.returncode, moved.stderr) == (0, "")
    assert f"From now on set MANDATES_DATABASE_URL to {url}" in moved.stdout


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("MANDATES_SCANNER", "tcp://nothing"),
        ("MANDATES_CHANNELS", SECRET),
        ("MANDATES_GROUP", "no-such-group-here"),
        ("MANDATES_PORT", "x" * 5000),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_without_a_secret(tmp_path: Path, variable: str, value: str):
    refused = Mandates(tmp_path)("status", **{variable: value})
    assert (refused.code, len(refused.err) < 600) == (2, True)
    assert variable in refused.err
    assert SECRET not in refused.err
    assert "Traceback" not in refused.err
