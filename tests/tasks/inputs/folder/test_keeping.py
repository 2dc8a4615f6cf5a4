"""What lies in the drop folder is found and ended without following a link of anybody."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.inputs.folder.keeping import bytes_of, contents_of, delete, end_before, files_of
from tasks.installation.settings import Settings
from tests.installations import TODAY, at
from tests.tasks.inputs.drops import GROUPS, ILO, below, outside

LATER = at(TODAY + timedelta(days=1)).timestamp()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


def lying(root: Path, where: str) -> Path:
    file = root / where
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(os.fsencode(where))
    os.utime(file, (at(TODAY).timestamp(),) * 2)
    return file


def linked(settings: Settings, tmp_path: Path) -> Path:
    """Lay links to a folder of somebody else at every level; return that folder."""
    target = outside(tmp_path)
    for where in (f"{GROUPS}/who", f"{ILO}/taken/inner", f"{GROUPS}/undp/taken", f"{ILO}/link.why.txt"):
        link = settings.incoming / where
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(target / "views.txt" if where.endswith(".txt") else target)
    return target


def test_what_is_over_goes_and_what_waits_or_lies_behind_a_link_stays(settings, tmp_path):
    target = linked(settings, tmp_path)
    for where in (f"taken/{ILO}/views.txt", f"refused/{ILO}/macros.docx", "left/0123"):
        lying(settings.collected, where)
    for where in (f"{ILO}/waits.txt", f"{ILO}/macros.docx.why.txt", f"{ILO}/taken/old.txt"):
        lying(settings.incoming, where)
    assert end_before(settings, at(TODAY).timestamp()) == 0
    assert end_before(settings, LATER) == 5
    assert below(settings.collected) == []
    assert (settings.incoming / ILO / "waits.txt").exists()
    assert not (settings.incoming / ILO / "taken" / "old.txt").exists()
    assert below(target) == ["views.txt"]


def test_the_files_of_somebody_are_those_that_wait_and_those_that_were_put_away(settings, tmp_path):
    linked(settings, tmp_path)
    found = [lying(settings.incoming, f"{ILO}/waits.txt"), lying(settings.collected, f"taken/{ILO}/a/b.txt")]
    lying(settings.incoming, f"{GROUPS}/fao/ilo/not-theirs.txt")
    assert sorted(files_of(settings, "ilo")) == sorted(found)
    assert list(files_of(settings, "who")) == []


def test_a_backup_has_what_waits_and_nothing_that_a_link_or_a_name_without_text_leads_to(settings, tmp_path):
    linked(settings, tmp_path)
    lying(settings.incoming, f"{ILO}/waits.txt")
    lying(settings.incoming, f"{ILO}/{os.fsdecode(b'caf' + bytes([0xE9]))}")
    deep = "/".join([ILO, *["d" * 200] * 5, "deep.txt"])
    lying(settings.incoming, deep)
    os.mkfifo(settings.incoming / ILO / "pipe")
    os.truncate(lying(settings.incoming, f"{ILO}/large.txt"), 100)
    found = dict(contents_of(settings.incoming, 50))
    assert found == {f"{ILO}/waits.txt": f"{ILO}/waits.txt".encode()}


def test_a_home_without_a_drop_folder_has_nothing_to_end(settings):
    assert end_before(settings, LATER) == 0
    assert list(files_of(settings, "ilo")) == []


def test_a_folder_that_was_swapped_for_a_link_is_neither_read_nor_emptied(settings, tmp_path):
    target, file = outside(tmp_path), lying(settings.incoming, f"{ILO}/views.txt")
    assert bytes_of(settings, file) == f"{ILO}/views.txt".encode()
    file.parent.rename(tmp_path / "moved")
    file.parent.symlink_to(target)
    with pytest.raises(NotADirectoryError):
        bytes_of(settings, file)
    with pytest.raises(NotADirectoryError):
        delete(settings, file)
    assert below(target) == ["views.txt"]


def test_a_file_of_the_home_is_deleted_once(settings):
    for file in (lying(settings.incoming, f"{ILO}/views.txt"), lying(settings.collected, "taken/views.txt")):
        assert bytes_of(settings, file)
        delete(settings, file)
        delete(settings, file)
        assert not file.exists()
