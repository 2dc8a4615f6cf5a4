"""Walking the drop folder: no link is followed, and there is an end to it."""

import os
from random import Random

import pytest

from tasks.inputs.collected import Collected
from tasks.inputs.folder.opening import opened_root
from tasks.inputs.folder.walking import Walk, WalkLimits
from tests.input_packages.files import word
from tests.tasks.inputs.drops import (
    GROUPS,
    ILO,
    below,
    dropped,
    folded,
    outcomes,
    outside,
    people,
    put_away,
    waiting,
)


@pytest.mark.parametrize(
    "where", ["working-group-review", GROUPS, ILO, f"{GROUPS}/secretariat/progress-declaration"]
)
def test_a_link_in_place_of_a_folder_is_never_followed(where, installation, tmp_path):
    target, link = outside(tmp_path), installation.settings.incoming / where
    link.parent.mkdir(parents=True)
    link.symlink_to(target)
    dropped(installation, "annual-meeting/2026/ilo/good.txt", b"good")
    done = folded(installation)
    assert done.findings == [f"{where}: not a file but a link or a device; left where it is"]
    assert people(done) == ["ilo"]
    assert below(target) == ["views.txt"]


def test_a_folder_that_is_swapped_for_a_link_between_listing_and_opening_is_not_followed(
    installation, tmp_path
):
    target, person = outside(tmp_path), dropped(installation, f"{ILO}/views.txt", b"first").parent
    found = Collected()
    walk = Walk(found.findings, Random(1))  # noqa: S311 (an order, and no secret)
    with opened_root(person.parent) as root:
        places = walk.places(root)
        assert next(places).way == ()
        person.rename(person.with_name("moved"))
        person.symlink_to(target)
        assert list(places) == []
    assert found.findings == [
        "ilo: a folder that cannot be opened (Not a directory); left as it is: let us read it"
    ]


def test_folders_of_an_earlier_version_are_passed_over(installation):
    old = [f"{ILO}/refused/macros.docx", f"{ILO}/refused/macros.docx.why.txt", f"{ILO}/taken/views.docx"]
    for where in old:
        dropped(installation, where, word())
    assert folded(installation) == Collected()
    assert waiting(installation) == old


def test_what_we_may_not_read_is_a_finding_and_stops_nothing(installation):
    closed = dropped(installation, f"{ILO}/a-closed.txt", b"closed")
    closed.chmod(0)
    if os.access(closed, os.R_OK):
        pytest.skip("root may read everything")
    dropped(installation, f"{GROUPS}/fao/closed.txt", b"closed").parent.chmod(0)
    dropped(installation, f"{ILO}/good.txt", b"good")
    done = folded(installation)
    (installation.settings.incoming / GROUPS / "fao").chmod(0o700)
    assert sorted(done.findings) == [
        f"{GROUPS}/fao: a folder that cannot be opened (Permission denied); left as it is: let us read it",
        f"{ILO}/a-closed.txt: cannot be read (Permission denied); left where it is: let us read it",
    ]
    assert outcomes(done) == ["good.txt"]


def test_litter_is_passed_over(installation):
    names = [
        "~$views.docx",
        ".DS_Store",
        "._views.docx",
        ".~lock.views.odt#",
        "Thumbs.db",
        "ehthumbs.db",
        "Icon\r",
        "DESKTOP.INI",
    ]
    for name in (*names, ".Trash-1000/views.docx", "macros.docx.why.txt"):
        dropped(installation, f"{ILO}/{name}", b"litter")
    assert folded(installation) == Collected()
    assert len(waiting(installation)) == len(names) + 2


HALF_WRITTEN = (
    *(
        "views.docx.part",
        "a.crdownload",
        "REPORT.TMP",
        "views.docx.filepart",
        "a.opdownload",
        "a.docx.download",
    ),
    *(".views.docx", "views.docx.sb-1234abcd-XYZ", "a.temp", "a.partial"),
)


@pytest.mark.parametrize("name", HALF_WRITTEN)
def test_what_looks_half_written_is_named_and_never_taken(installation, name: str):
    dropped(installation, f"{ILO}/{name}", b"views")
    done = folded(installation)
    assert (done.rows, waiting(installation)) == ([], [f"{ILO}/{name}"])
    [said] = done.findings
    assert said.startswith(f"{ILO}/{name}: its name says that it is being written")


def test_what_a_stranger_named_steers_no_screen_and_no_log(installation):
    dropped(installation, "no\nwhere/\x1b[2J\u202etxt.exe", b"a")
    dropped(installation, f"{ILO}/\x1b[2J\nodd.txt", b"a")
    done = folded(installation)
    said = "".join((*done.findings, *map(str, done.rows)))
    assert [c for c in said if not c.isprintable()] == []
    assert "no\\nwhere/\\x1b[2J\\u202etxt.exe" in said
    assert outcomes(done) == ["[2Jodd.txt"]


def test_a_run_ends_after_so_many_files_and_the_next_one_goes_on(installation):
    for person in ("ilo", "undp", "who"):
        dropped(installation, f"{GROUPS}/{person}/views.txt", person.encode())
    limits = WalkLimits(files=2)
    done = folded(installation, limits=limits)
    assert done.findings == ["the drop folder: 2 files were read; what is left is for the next run"]
    assert len(done.rows) == 2
    assert len(folded(installation, 9, limits=limits).rows) == 1


def test_a_thousand_empty_folders_stop_nothing(installation):
    for number in range(1000):
        (installation.settings.incoming / GROUPS / f"empty-{number}").mkdir(parents=True)
    dropped(installation, f"{ILO}/good.txt", b"good")
    done = folded(installation)
    assert (done.findings, outcomes(done)) == ([], ["good.txt"])


def test_more_than_the_limits_is_a_finding_and_the_rest_is_for_the_next_runs(installation):
    where = f"{GROUPS}/who/{'n' * 245}"
    for number in range(6):
        dropped(installation, f"{ILO}/{number}.txt", b"%d" % number)
    dropped(installation, where, b"long")
    dropped(installation, "a/b/c/d/e/f.txt", b"deep")
    limits = WalkLimits(depth=4, entries=4)
    done = folded(installation, 8, limits=limits)
    assert sorted(done.findings) == [
        "a/b/c/d/e: more than 4 folders within each other; left as it is: move it up",
        f"{ILO}: more files and folders than the 4 that are looked at; the rest is for the next run",
        f"{where[:200]}…: a name of more than 240 bytes; left as it is: give it a shorter one",
    ]
    assert len(done.rows) == 4
    assert len(folded(installation, 9, limits=limits).rows) == 2
    assert folded(installation, 10, limits=WalkLimits(all=2)).findings == [
        "the drop folder: more than 2 files and folders; the rest is for the next run"
    ]


def test_the_operator_may_make_the_drop_folder_itself_a_link(installation, tmp_path):
    (tmp_path / "share").mkdir()
    installation.settings.incoming.symlink_to(tmp_path / "share")
    dropped(installation, f"{ILO}/views.txt", b"views")
    assert outcomes(folded(installation)) == ["views.txt"]
    assert put_away(installation) == [f"taken/{ILO}/views.txt"]
