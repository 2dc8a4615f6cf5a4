"""Copies of strangers' files: whole, or none."""

import os
from pathlib import Path

import pytest

from tasks.inputs.folder.copies import copied, is_still_written
from tasks.inputs.folder.opening import OddFileError, opened_file, opened_root
from tests.installations import TODAY, at


def test_a_copy_has_what_the_file_had_and_knows_it_again(tmp_path: Path):
    (tmp_path / "views.txt").write_bytes(b"views")
    with opened_root(tmp_path) as folder, opened_file("views.txt", folder) as file:
        copy = copied(file, "views.txt", tmp_path / "copy", 5)
    assert copy
    assert (copy.file.read_bytes(), copy.whole) == (b"views", True)
    assert copy.is_of((tmp_path / "views.txt").stat())
    (tmp_path / "views.txt").write_bytes(b"view")
    assert not copy.is_of((tmp_path / "views.txt").stat())


def test_of_a_file_that_is_too_large_there_is_only_its_size(tmp_path: Path):
    (tmp_path / "views.txt").write_bytes(b"views")
    with opened_root(tmp_path) as folder, opened_file("views.txt", folder) as file:
        copy = copied(file, "views.txt", tmp_path / "copy", 4)
    assert copy
    assert (copy.file.read_bytes(), copy.whole) == (bytes(5), False)


def test_a_file_that_has_more_or_less_than_its_size_says_is_not_copied(tmp_path: Path):
    """A file of the system is one: it grows as it is read."""
    proc = Path("/proc/self/status")
    if not proc.exists():
        pytest.skip("a system without such files")
    file = os.open(proc, os.O_RDONLY)
    assert copied(file, "status", tmp_path / "copy", 100_000) is None
    os.close(file)


def test_a_file_that_was_read_further_already_is_not_whole(tmp_path: Path):
    (tmp_path / "views.txt").write_bytes(b"views")
    with opened_root(tmp_path) as folder, opened_file("views.txt", folder) as file:
        os.read(file, 2)
        assert copied(file, "views.txt", tmp_path / "copy", 5) is None


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_only_a_plain_file_is_opened(kind, tmp_path: Path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder")
    os.mkfifo(tmp_path / "pipe")
    with (
        opened_root(tmp_path) as folder,
        pytest.raises(OddFileError, match="not a file"),
        opened_file(kind, folder),
    ):
        pass


@pytest.mark.parametrize(
    ("hour", "waits"), [(7, False), (8, True), (9, False)], ids=["an hour ago", "now", "in an hour"]
)
def test_only_what_was_written_just_now_waits(hour, waits, tmp_path: Path):
    file = tmp_path / "views.txt"
    file.touch()
    os.utime(file, (at(TODAY, hour).timestamp(),) * 2)
    assert is_still_written(file.stat(), at(TODAY, 8)) is waits
