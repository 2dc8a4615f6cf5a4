"""The drop folder: whatever strangers put there, the run goes on and nothing else is touched."""

import os
import socket
from pathlib import Path

import pytest

from input_packages.reading.limits import Limits
from input_packages.reading.reader import Reader
from records.database import reading
from records.submissions import submissions_for
from tasks.inputs.collected import Collected
from tasks.inputs.folder.folder import read_folder
from tasks.inputs.intake import Intake
from tests.input_packages.files import word
from tests.installations import TODAY, at
from tests.tasks.inputs.drops import (
    GROUPS,
    ILO,
    MACROS,
    dropped,
    folded,
    outcomes,
    outside,
    people,
    put_away,
    waiting,
)


def test_a_folder_called_also_names_a_further_cycle_for_its_files(installation):
    dropped(installation, f"{ILO}/also/annual-meeting/2026/also/annual-workplan/2026/views.txt", b"views")
    done = folded(installation)
    named = f"{GROUPS}, annual-meeting/2026, annual-workplan/2026"
    assert [(row["cycle"], row["person"]) for row in done.rows] == [(named, "ilo")]
    with reading(installation.engine) as session:
        sums = [row.sha256 for cycle in named.split(", ") for row in submissions_for(session, cycle)]
    assert (len(sums), len(set(sums))) == (3, 1)
    assert put_away(installation)[0].endswith("annual-workplan/2026/views.txt")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (f"{ILO}/also/a.txt", "'/' is not an opened cycle"),
        (f"{ILO}/also/annual-meeting/a.txt", "'annual-meeting' is not an opened cycle"),
        (f"{ILO}/also/annual-meeting/2026/views/a.txt", "'views' is not an opened cycle"),
        ("loose.txt", "'/' is not an opened cycle"),
        ("working-group-review/1999/ilo/a.txt", "'working-group-review/1999' is not an opened cycle"),
        (f"{GROUPS}/stranger/a.txt", "'stranger' has no part in working-group-review/2026"),
        (f"{ILO}/poems/a.txt", "has no item 'poems'"),
    ],
)
def test_what_belongs_to_nobody_stays_and_is_a_finding_and_the_rest_is_taken(where, said, installation):
    dropped(installation, where, b"a")
    dropped(installation, f"{GROUPS}/who/good.txt", b"good")
    done = folded(installation)
    [finding] = done.findings
    assert said in finding
    assert finding.startswith(f"{where}: left where it is: ")
    assert waiting(installation) == [where]
    assert people(done) == ["who"]


@pytest.mark.parametrize("target", ["views.txt", "nothing.txt", "."])
def test_a_link_in_place_of_a_file_is_never_followed(target, installation, tmp_path):
    link = installation.settings.incoming / ILO / "views.txt"
    link.parent.mkdir(parents=True)
    link.symlink_to(outside(tmp_path) / target)
    dropped(installation, f"{ILO}/good.txt", b"good")
    done = folded(installation)
    assert done.findings == [f"{ILO}/views.txt: not a file but a link or a device; left where it is"]
    assert outcomes(done) == ["good.txt"]
    assert link.is_symlink()


def test_a_file_of_two_names_a_pipe_a_socket_and_a_device_are_left_and_the_rest_is_taken(
    installation, tmp_path, monkeypatch
):
    secret = outside(tmp_path) / "views.txt"
    dropped(installation, f"{ILO}/good.txt", b"good")
    folder = installation.settings.incoming / ILO
    os.link(secret, folder / "a-linked.txt")
    os.mkfifo(folder / "b-pipe.txt")
    monkeypatch.chdir(folder)  # the address of a socket is short
    with socket.socket(socket.AF_UNIX) as served:
        served.bind("c-socket.txt")
        if os.geteuid() == 0:
            os.mknod(folder / "d-device.txt", 0o20666, os.makedev(1, 5))
        done = folded(installation)
    *odd, linked = done.findings
    assert linked == (
        f"{ILO}/a-linked.txt: a file that has another name elsewhere (a hard link); send a copy of it; "
        "left where it is"
    )
    assert odd == [
        f"{ILO}/{name}.txt: not a file but a link or a device; left where it is"
        for name in ("b-pipe", "c-socket", "d-device")[: 3 if os.geteuid() == 0 else 2]
    ]
    assert outcomes(done) == ["good.txt"]
    assert secret.read_text() == "secret"


@pytest.mark.parametrize("hour", [6, 9, 23])
def test_what_is_still_written_waits_and_a_clock_that_runs_ahead_delays_nothing(hour, installation):
    dropped(installation, f"{ILO}/slow.txt", b"half", hour=8)
    dropped(installation, f"{ILO}/good.txt", b"good", hour)
    assert outcomes(folded(installation)) == ["good.txt"]
    assert outcomes(folded(installation, 9)) == ["slow.txt"]


def test_names_that_are_not_utf_8_stop_nothing(installation):
    answer = dropped(installation, f"{ILO}/views.docx", word())
    odd, named = os.fsdecode(b"caf\xe9.docx"), os.fsdecode(b"m\xe9dical")
    dropped(installation, f"{GROUPS}/who/{odd}", word())
    dropped(installation, f"{ILO}/refused-{odd}", MACROS)
    dropped(installation, f"{GROUPS}/{named}/inner/views.docx", word())
    dropped(installation, f"nowhere/{odd}", word())
    done = folded(installation)
    assert sorted(" ".join(row["outcome"].split()[:2]) for row in done.rows) == [
        "caf.docx: taken",
        "refused-caf.docx: refused:",
        "views.docx: taken",
    ]
    assert not answer.exists()
    unplaced, nameless = sorted(done.findings)
    assert unplaced == (
        "nowhere/caf\\udce9.docx: left where it is: 'nowhere/' is not an opened cycle; see: mandates status"
    )
    assert nameless == (
        f"{GROUPS}/m\\udce9dical: a folder whose name is not in UTF-8 names no cycle and nobody; "
        "left as it is: rename it"
    )


def test_a_bad_file_first_does_not_stop_a_good_one_after_it(installation):
    dropped(installation, f"{ILO}/a-bad.txt", b"bad")
    dropped(installation, f"{ILO}/b-good.txt", b"good")

    def fails(copy: Path) -> None:
        if copy.read_bytes() == b"bad":
            raise RecursionError("too deep\n")

    done = folded(installation, meanwhile=fails)
    assert done.findings == [f"{ILO}/a-bad.txt: left where it is: too deep\\n; look at it"]
    assert outcomes(done) == ["b-good.txt"]
    assert waiting(installation) == [f"{ILO}/a-bad.txt"]


def test_many_large_files_go_in_together_however_little_room_there_is(installation):
    for number in range(24):
        dropped(installation, f"{ILO}/{number:02}.txt", b"%d" % number + b" " * 90)
    done = Collected()
    with Reader(limits=Limits(size=100)) as reader:
        read_folder(Intake(installation, TODAY), reader, at(TODAY, 8), done)
    assert [row["outcome"] for row in done.rows] == [f"{number:02}.txt: taken" for number in range(24)]


def test_more_files_than_are_read_in_one_run_are_for_the_next_one(installation):
    for number in range(101):
        dropped(installation, f"{ILO}/{number:03}.txt", b"%d" % number)
    done = folded(installation)
    assert done.findings == [f"{ILO}: more than 100 files; the rest is for the next run, and replaces these"]
    assert len(done.rows) == 100
    assert outcomes(folded(installation, 9)) == ["100.txt"]
