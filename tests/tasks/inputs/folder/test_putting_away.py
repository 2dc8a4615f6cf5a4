"""Putting away: out of the reach of strangers, and never through a link of theirs."""

import os
from pathlib import Path

import pytest

from input_packages.reading.limits import LIMITS
from records.database import reading
from records.facts.facts import read_facts
from records.submissions import submissions_for
from tasks.inputs.collected import Collected
from tests.input_packages.files import pdf, word
from tests.installations import TODAY, at
from tests.tasks.inputs.drops import (
    GROUPS,
    ILO,
    MACROS,
    below,
    dropped,
    folded,
    outcomes,
    outside,
    people,
    put_away,
    waiting,
)


def test_each_file_is_put_away_and_its_sender_sees_why_it_was_refused(installation):
    dropped(installation, f"{ILO}/views.docx", word())
    dropped(installation, f"{ILO}/macros.docx", MACROS)
    dropped(installation, f"{GROUPS}/who/\u200fإسهام.pdf", pdf())
    dropped(installation, f"{GROUPS}/secretariat/progress-declaration/decl.pdf", pdf("Declaration"))
    done = folded(installation)
    assert done.findings == []
    assert outcomes(done) == ["decl.pdf", "macros.docx", "views.docx", "إسهام.pdf"]
    assert people(done) == ["ilo", "ilo", "secretariat", "who"]
    assert waiting(installation) == [f"{ILO}/macros.docx.why.txt"]
    assert put_away(installation) == [
        f"refused/{ILO}/macros.docx",
        f"taken/{ILO}/views.docx",
        f"taken/{GROUPS}/secretariat/progress-declaration/decl.pdf",
        f"taken/{GROUPS}/who/\u200fإسهام.pdf",
    ]
    why = installation.settings.incoming / f"{ILO}/macros.docx.why.txt"
    assert why.read_text().startswith("The file contains macros.")
    with reading(installation.engine) as session:
        came = {(r.person, r.item, r.way) for r in submissions_for(session, GROUPS) if r.accepted}
        assert {answer.person for answer in read_facts(session).answers_to(GROUPS)} >= {"ilo", "who"}
    assert came == {
        ("ilo", "members-views", "folder"),
        ("secretariat", "progress-declaration", "folder"),
        ("who", "members-views", "folder"),
    }
    assert folded(installation, 9) == Collected()


@pytest.mark.parametrize("name", ["taken", "refused", "macros.docx.why.txt"])
def test_nothing_is_written_through_a_link_that_has_one_of_our_names(name, installation, tmp_path):
    target = outside(tmp_path)
    dropped(installation, f"{ILO}/views.docx", word())
    dropped(installation, f"{ILO}/macros.docx", MACROS)
    link = installation.settings.incoming / ILO / name
    link.symlink_to(target / "views.txt" if name.endswith(".txt") else target)
    done = folded(installation)
    assert outcomes(done) == ["macros.docx", "views.docx"]
    assert (below(target), (target / "views.txt").read_text()) == (["views.txt"], "secret")
    assert link.is_symlink()
    note = "macros.docx-2.why.txt" if name == "macros.docx.why.txt" else "macros.docx.why.txt"
    assert {each.name for each in link.parent.iterdir()} == {name, note}


def test_no_file_is_put_over_another(installation):
    for hour, text in ((6, b"one"), (7, b"two")):
        dropped(installation, f"{ILO}/views.txt", text, hour)
        folded(installation, hour + 2)
        dropped(installation, f"{ILO}/macros.docx", MACROS, hour)
        folded(installation, hour + 2)
    assert put_away(installation) == [
        f"refused/{ILO}/macros-2.docx",
        f"refused/{ILO}/macros.docx",
        f"taken/{ILO}/views-2.txt",
        f"taken/{ILO}/views.txt",
    ]
    assert waiting(installation) == [f"{ILO}/macros.docx-2.why.txt", f"{ILO}/macros.docx.why.txt"]


def test_only_the_copy_is_read_and_what_its_sender_puts_in_its_place_is_for_the_next_time(
    installation, tmp_path
):
    target, file = outside(tmp_path), dropped(installation, f"{ILO}/views.txt", b"first")

    def replaced(copy: Path) -> None:
        assert copy.read_bytes() == b"first"
        file.unlink()
        file.symlink_to(target / "views.txt")

    assert outcomes(folded(installation, meanwhile=replaced)) == ["views.txt"]
    assert file.is_symlink()
    assert (installation.settings.collected / "taken" / ILO / "views.txt").read_bytes() == b"first"
    assert (target / "views.txt").read_text() == "secret"

    file.unlink()
    dropped(installation, f"{ILO}/views.txt", b"second")

    def grown(_copy: Path) -> None:
        dropped(installation, f"{ILO}/views.txt", b"second and third")

    folded(installation, 9, meanwhile=grown)
    assert file.read_bytes() == b"second and third"
    assert outcomes(folded(installation, 10)) == ["views.txt"]
    assert not file.exists()


def test_a_folder_that_is_swapped_for_a_link_while_its_files_are_read_leads_nowhere(installation, tmp_path):
    target, file = outside(tmp_path), dropped(installation, f"{ILO}/views.txt", b"first")

    def swapped(_copy: Path) -> None:
        file.parent.rename(file.parent.with_name("moved"))
        file.parent.symlink_to(target)

    assert outcomes(folded(installation, meanwhile=swapped)) == ["views.txt"]
    assert (target / "views.txt").read_text() == "secret"
    assert list((file.parent.with_name("moved")).iterdir()) == []


def test_a_file_that_is_too_large_is_refused_once_and_left_and_never_copied(installation):
    file = dropped(installation, f"{ILO}/large.pdf", b"")
    os.truncate(file, 40 * 1024 * LIMITS.size)
    os.utime(file, (at(TODAY, 7).timestamp(),) * 2)
    done = folded(installation)
    assert [row["outcome"].split(".")[1] for row in done.rows] == [
        "pdf: refused: The file is larger than 25 megabytes"
    ]
    assert done.findings == [
        f"{ILO}/large.pdf: too large to be taken; left where it is: ask its sender for a smaller one"
    ]
    again = folded(installation, 9)
    assert (again.rows, again.findings) == (
        [],
        [f"{ILO}/large.pdf: read before; left where it is: remove it"],
    )
    assert waiting(installation) == [f"{ILO}/large.pdf", f"{ILO}/large.pdf.why.txt"]
    dropped(installation, f"{ILO}/large.pdf", pdf())
    assert outcomes(folded(installation, 10)) == ["large.pdf"]


def test_what_cannot_be_moved_is_taken_once_and_left(installation):
    file = dropped(installation, f"{ILO}/views.txt", b"views")
    file.parent.chmod(0o500)
    if os.access(file.parent, os.W_OK):
        pytest.skip("root may write everywhere")
    first, second = folded(installation), folded(installation, 9)
    file.parent.chmod(0o700)
    said = f"{ILO}/views.txt: read, but cannot be moved (Permission denied); left where it is: "
    assert first.findings == [f"{said}remove it, and let us write there"]
    assert (outcomes(first), second.rows) == (["views.txt"], [])
    assert second.findings == [f"{ILO}/views.txt: read before; left where it is: remove it"]


def test_our_folder_is_ours_alone_and_a_note_is_for_all_who_may_read_its_folder(installation):
    dropped(installation, f"{ILO}/macros.docx", MACROS).parent.chmod(0o755)
    before = os.umask(0o077)
    folded(installation)
    os.umask(before)
    note = installation.settings.incoming / ILO / "macros.docx.why.txt"
    assert note.stat().st_mode & 0o777 == 0o644
    assert installation.settings.collected.stat().st_mode & 0o777 == 0o700
