"""Letting readers in, as people type it: the address goes to a terminal, and nowhere else."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flows.clock import now
from records.database import open_database
from records.passes import PassKind
from tasks.installation.settings import ROOT, Settings
from tasks.operations.letting_in import is_good, redeem
from tests.cli.command import Mandates

LINK = re.compile(r"^http://127\.0\.0\.1:4280/let-in\?link=([\w-]{32})\r?$", re.MULTILINE)


def at_a_terminal(home: Path, *words: str) -> str:
    """Run a command whose output is a terminal, and return what stood there."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "cli", *words]
    around = {**os.environ, "MANDATES_HOME": str(home)}
    with subprocess.Popen(command, cwd=ROOT, env=around, stdout=slave, stderr=slave) as process:
        os.close(slave)
        said = b""
        try:
            while chunk := os.read(master, 4096):
                said += chunk
        except OSError:  # the other side was closed
            pass
    os.close(master)
    assert process.returncode == 0, said
    return said.decode()


def test_a_link_is_printed_to_a_terminal_and_lets_in_once(tmp_path: Path):
    said = at_a_terminal(tmp_path, "desk", "let-in", "ann")
    (link,) = LINK.findall(said)
    assert "Open this in your browser within 10 minutes; it works once:" in said
    engine = open_database(Settings(home=tmp_path).database)
    assert redeem(engine, link, now())
    assert redeem(engine, link, now()) is None
    engine.dispose()


def test_a_link_is_printed_into_no_file_pipe_or_journal(tmp_path: Path):
    refused = Mandates(tmp_path)("desk", "let-in", "ann")
    assert refused.code == 2
    assert (
        "mandates desk let-in: standard output: found something else; expected a terminal: the address is a "
        "secret, and belongs into no file, pipe or journal"
    ) in refused.err
    assert "link=" not in refused.out + refused.err


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101])
def test_a_name_that_cannot_be_listed_is_refused(tmp_path: Path, name: str):
    refused = Mandates(tmp_path)("desk", "token", name)
    assert (refused.code, refused.out) == (2, "")
    assert "a name of up to 100 characters, by which it can be revoked" in refused.err


def test_who_may_read_is_listed_without_secrets_and_ended(tmp_path: Path):
    mandates = Mandates(tmp_path)
    token = mandates("desk", "token", "dashboard", "--by", "me").out.strip()
    engine = open_database(Settings(home=tmp_path).database)
    assert is_good(engine, PassKind.TOKEN, token, now())
    listed = mandates("desk", "list").out
    assert "dashboard" in listed
    assert token not in listed
    assert mandates("desk", "end", "dashboard", "--reason", "gone", "--by", "me").out == "1 ended\n"
    assert not is_good(engine, PassKind.TOKEN, token, now())
    again = mandates("desk", "end", "dashboard", "--reason", "gone")
    assert (again.code, "mandates desk list" in again.err) == (2, True)
    assert "gone" in mandates("desk", "list").out
    engine.dispose()
