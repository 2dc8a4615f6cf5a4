"""What code of an attacker's can do where files are opened: nothing, with each of the two mechanisms.

It is run in the very fork that opens files (`attacker.py`). Every attack is tried unconfined as well, and has
to succeed there, so that none is stopped by anything else.
"""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from input_packages.reading.confinement import Kernel, this_kernel
from input_packages.reading.reader import Reader, Reading
from input_packages.reading.refusals import Refusal
from tests.input_packages.reading.attacker import DONE
from tests.patience import wait_until

HERE = this_kernel()
NOTHING = Kernel(0, None)
KERNELS = {
    "both": HERE,
    "Landlock alone": Kernel(HERE.landlock, None),
    "seccomp alone": Kernel(0, HERE.seccomp),
    "neither": NOTHING,
}
SILENCE = "nothing was said"
STOPPED = "PermissionError: Operation not permitted"
STOPPED_BY_LANDLOCK = {STOPPED, "PermissionError: Permission denied", "OSError: Invalid cross-device link"}

pytestmark = pytest.mark.skipif(
    bool(HERE.missing), reason=f"the kernel of this machine has no {HERE.missing}"
)


@pytest.fixture(scope="module")
def readers() -> Iterator[Mapping[str, Reader]]:
    attacker = "tests.input_packages.reading.attacker"
    with ExitStack() as opened:
        yield {
            name: opened.enter_context(Reader(kernel=kernel, program=attacker))
            for name, kernel in KERNELS.items()
        }


def tried(reader: Reader, attack: str, on: object, folder: Path) -> Reading:
    """Let the attacker's code in a reader's child try something."""
    file = folder / "attack.txt"
    file.write_text(json.dumps({"attack": attack, "on": str(on)}))
    return reader.read(file)


def said(found: Reading) -> str:
    """What the attacker's code says came of it."""
    return found.preview.text if found.preview else SILENCE


@pytest.fixture
def targets(tmp_path: Path) -> Iterator[Mapping[str, object]]:
    """What an attacker would like to have: a database, a file, a place to write, processes, a program."""
    database, script = tmp_path / "mandates.db", tmp_path / "program"
    with sqlite3.connect(database) as opened:
        opened.execute("create table facts (id integer)")
    opened.close()
    (tmp_path / "letter").write_text("secret")
    script.write_text("#!/bin/sh\n")
    script.chmod(0o755)
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        yield {
            "environment of the program": f"/proc/{os.getpid()}/environ",
            "passwords": "/etc/passwd",
            "database": database,
            "file": tmp_path / "letter",
            "folder": tmp_path,
            "nothing yet": tmp_path / "new",
            "program": script,
            "parent": os.getpid(),
            "other process": other.pid,
            "nothing": "",
        }
        other.kill()


# What is tried, on what, and whether Landlock alone stops it.
ATTACKS = {
    "the environment of the program is read": ("read a file", "environment of the program", True),
    "a file of the system is read": ("read a file", "passwords", True),
    "the database is read": ("read a file", "database", True),
    "the database is opened for writing": ("write to a file", "database", True),
    "the database is cut": ("cut a file", "database", HERE.landlock >= 3),
    "the database is removed": ("remove a file", "database", True),
    "the database is renamed": ("rename a file", "database", True),
    "the rights of the database are changed": ("change the rights of a file", "database", False),
    "a link to a file is made": ("link a file", "file", True),
    "a file is made": ("make a file", "nothing yet", True),
    "a folder is made": ("make a folder", "nothing yet", True),
    "a file of memory is made": ("make a file of memory", "nothing", False),
    "a folder is listed": ("list a folder", "folder", True),
    "it is asked whether a file is there": ("look for a file", "file", False),
    "a TCP socket is opened": ("open a TCP socket", "nothing", False),
    "a TCP socket of IPv6 is opened": ("open a TCP socket of IPv6", "nothing", False),
    "a UDP socket is opened": ("open a UDP socket", "nothing", False),
    "a unix socket is opened": ("open a unix socket", "nothing", False),
    "a pair of sockets is opened": ("open a pair of sockets", "nothing", False),
    "a netlink socket is opened": ("open a netlink socket", "nothing", False),
    "a program is executed": ("execute a program", "program", True),
    "a process is started": ("fork", "nothing", False),
    "the parent is signalled": ("signal a process", "parent", HERE.landlock >= 6),
    "another process is killed": ("kill a process", "other process", HERE.landlock >= 6),
    "the parent is made to trace it": ("be traced", "nothing", False),
}


@pytest.mark.parametrize("kernel", ["both", "seccomp alone"])
@pytest.mark.parametrize(("attack", "on", "_"), ATTACKS.values(), ids=ATTACKS)
def test_nothing_can_be_done_by_code_of_an_attackers(attack, on, _, kernel, readers, targets, tmp_path):
    assert said(tried(readers[kernel], attack, targets[on], tmp_path)) == STOPPED


@pytest.mark.parametrize(("attack", "on", "is_stopped"), ATTACKS.values(), ids=ATTACKS)
def test_landlock_alone_keeps_from_files_and_other_processes(
    attack, on, is_stopped, readers, targets, tmp_path
):
    outcome = said(tried(readers["Landlock alone"], attack, targets[on], tmp_path))
    assert (outcome in STOPPED_BY_LANDLOCK, outcome == DONE) == (is_stopped, not is_stopped)


@pytest.mark.parametrize(("attack", "on", "_"), ATTACKS.values(), ids=ATTACKS)
def test_each_attack_succeeds_where_nothing_confines_it(attack, on, _, readers, targets, tmp_path):
    expected = SILENCE if attack == "execute a program" else DONE  # what it became says nothing
    assert said(tried(readers["neither"], attack, targets[on], tmp_path)) == expected


@pytest.mark.parametrize("kernel", ["both", "seccomp alone"])
@pytest.mark.parametrize(
    ("attack", "on"), [("read the memory of a process", "parent"), ("use io_uring", "nothing")]
)
def test_ways_that_some_machines_close_to_everybody_are_closed_here(
    attack, on, kernel, readers, targets, tmp_path
):
    assert said(tried(readers[kernel], attack, targets[on], tmp_path)) == STOPPED


def test_what_was_attacked_is_as_it_was(readers, targets, tmp_path):
    before = (targets["database"].read_bytes(), targets["database"].stat().st_mode)
    for attack, on, _ in ATTACKS.values():
        tried(readers["both"], attack, targets[on], tmp_path)
    os.kill(targets["other process"], 0)
    assert (targets["database"].read_bytes(), targets["database"].stat().st_mode) == before
    assert not targets["nothing yet"].exists()


@pytest.mark.parametrize("kernel", KERNELS)
def test_nothing_is_open_but_the_way_to_answer(kernel, readers, tmp_path):
    assert said(tried(readers[kernel], "write elsewhere", "", tmp_path)) == "OSError: nothing else is open"


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_file_cannot_answer_for_the_next_one(kernel, readers, tmp_path):
    forged = {"kind": "text", "refusals": [], "preview": {"text": "forged"}}
    found = tried(readers[kernel], "answer twice", json.dumps(forged), tmp_path)
    assert (found.refusals, found.preview) == ((Refusal.TOO_HEAVY,), None)
    assert said(tried(readers[kernel], "write elsewhere", "", tmp_path)) == "OSError: nothing else is open"


@pytest.mark.parametrize("kernel", KERNELS)
def test_who_falls_silent_is_ended_and_waited_for_by_nobody(kernel, readers, tmp_path):
    assert tried(readers[kernel], "fall silent", "", tmp_path).refusals == (Refusal.TOO_HEAVY,)


def test_a_process_left_behind_is_ended_with_its_group_where_it_could_be_started(readers, tmp_path):
    assert said(tried(readers["neither"], "leave a process behind", tmp_path / "mark", tmp_path)) == DONE
    (mark,) = tmp_path.glob("mark.*")
    stat = Path(f"/proc/{mark.suffix[1:]}/stat")
    wait_until(lambda: not stat.exists() or " Z " in stat.read_text(), pause=0.01)
