"""Backups: made while others write, proved by themselves, restored into either database."""

import os
import shutil
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from records.copying import breaks_in
from records.database import reading, writing
from records.ledger.notices import notices_of
from records.runs import record_run
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings
from tasks.operations.backing_up import DATABASE, UnusableBackupError, back_up, restore, verify
from tests.installations import TODAY, at, workplace_in

NOW = at(TODAY)


def lived_in(home: Path) -> Settings:
    with workplace_in(home) as installation:
        enforce(installation, TODAY, NOW, obligation="working-group-review")
        dispatch(installation, TODAY, NOW)
    (home / "logs").mkdir()
    (home / "logs" / "server.log").write_text("no part of the record", encoding="utf-8")
    return Settings(home=home)


def keys(settings: Settings) -> list[str]:
    with open_installation(settings) as installation, reading(installation.engine) as session:
        return sorted(notice.notice_key for notice in notices_of(session))


def outbox(home: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (home / "outbox").iterdir()}


def test_a_backup_brings_everything_back(tmp_path: Path):
    settings, other = lived_in(tmp_path / "home"), Settings(home=tmp_path / "other")
    made = back_up(settings, tmp_path / "backup.zip", NOW)
    found = restore(other, tmp_path / "backup.zip", NOW)
    assert (found.rows, found.files, found.broken) == (made.rows, made.files, 0)
    assert keys(other) == keys(settings) != []
    assert outbox(other.home) == outbox(settings.home) != {}
    assert not (other.home / "logs").exists()
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0


def test_a_backup_has_what_waits_in_the_drop_folder_and_nothing_that_a_stranger_linked(tmp_path: Path):
    settings, other = lived_in(tmp_path / "home"), Settings(home=tmp_path / "other")
    folder = settings.incoming / "working-group-review" / "2026" / "ilo"
    folder.mkdir(parents=True)
    (folder / "views.txt").write_text("views", encoding="utf-8")
    (folder / "link.txt").symlink_to(settings.home / "mandates.db")
    (folder / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"no text")
    back_up(settings, tmp_path / "backup.zip", NOW)
    restore(other, tmp_path / "backup.zip", NOW)
    restored = [path for path in other.incoming.rglob("*") if not path.is_dir()]
    assert [path.relative_to(other.incoming).as_posix() for path in restored] == [
        "working-group-review/2026/ilo/views.txt"
    ]


def test_a_backup_made_while_somebody_writes_is_whole(tmp_path: Path):
    settings = lived_in(tmp_path / "home")
    with open_installation(settings) as installation, writing(installation.engine) as session:
        record_run(session, "enforce", TODAY, NOW, {})
        made = back_up(settings, tmp_path / "backup.zip", NOW)
    assert (made.broken, made.rows["runs"]) == (0, 2)  # the taking of the directory file is one


def test_postgresql_is_backed_up_and_restored_by_the_same_archive(
    tmp_path: Path, request: pytest.FixtureRequest
):
    settings, postgres = lived_in(tmp_path / "home"), request.getfixturevalue("postgres")
    back_up(settings, tmp_path / "one.zip", NOW)
    with postgres.database() as url:
        there = Settings(home=tmp_path / "there", database_url=url)
        restore(there, tmp_path / "one.zip", NOW)
        made = back_up(there, tmp_path / "two.zip", NOW)
        assert keys(there) == keys(settings)
    back = Settings(home=tmp_path / "back")
    assert restore(back, tmp_path / "two.zip", NOW).rows == made.rows
    with open_installation(back) as installation:
        assert breaks_in(installation.engine) == []


def test_a_backup_is_never_written_over_another(tmp_path: Path):
    settings = lived_in(tmp_path / "home")
    back_up(settings, tmp_path / "backup.zip", NOW)
    with pytest.raises(FileExistsError):
        back_up(settings, tmp_path / "backup.zip", NOW)


def test_nothing_is_restored_over_a_record(tmp_path: Path):
    settings = lived_in(tmp_path / "home")
    back_up(settings, tmp_path / "backup.zip", NOW)
    with pytest.raises(UnusableBackupError, match="is not empty"):
        restore(settings, tmp_path / "backup.zip", NOW)


def changed(archive: Path, name: str, content: bytes | None) -> None:
    """Write the archive anew with other content under a name, or without it."""
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(archive.with_suffix(".new"), "w") as new:
        for each in old.namelist():
            if each != name:
                new.writestr(each, old.read(each))
            elif content is not None:
                new.writestr(each, content)
    shutil.move(archive.with_suffix(".new"), archive)


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        (DATABASE, b"another", "mandates.db is not what was backed up"),
        (DATABASE, None, "is no whole backup"),
        ("MANIFEST.json", None, "is no whole backup"),
        ("MANIFEST.json", b"{", "is no whole backup"),
        ("MANIFEST.json", b'{"files": {"../out": "0"}}', "is no whole backup"),
    ],
)
def test_an_archive_that_was_changed_is_refused_whole(
    tmp_path: Path, name: str, content: bytes | None, match: str
):
    settings, other = lived_in(tmp_path / "home"), Settings(home=tmp_path / "other")
    back_up(settings, tmp_path / "backup.zip", NOW)
    changed(tmp_path / "backup.zip", name, content)
    with pytest.raises(UnusableBackupError, match=match):
        verify(tmp_path / "backup.zip")
    with pytest.raises(UnusableBackupError, match=match):
        restore(other, tmp_path / "backup.zip", NOW)
    assert list(other.home.iterdir()) == []


def test_what_is_no_archive_is_refused(tmp_path: Path):
    (tmp_path / "backup.zip").write_bytes(b"not an archive")
    with pytest.raises(UnusableBackupError, match="is no whole backup"):
        verify(tmp_path / "backup.zip")


MANIFESTS = (
    b"[]",
    b"{}",
    b"7",
    b"",
    b"\xff",
    b"[" * 100_000,
    b'{"format": 1, "files": []}',
    b'{"format": 1, "files": {"mandates.db": 7}}',
    b'{"format": 1, "files": {"\\ud800": ""}}',
)


@pytest.mark.parametrize("manifest", MANIFESTS, ids=range(len(MANIFESTS)))
def test_an_archive_whose_manifest_is_something_else_is_no_backup(tmp_path: Path, manifest: bytes):
    file = tmp_path / "backup.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("MANIFEST.json", manifest)
    with pytest.raises(UnusableBackupError) as refused:
        verify(file)
    assert str(refused.value) == (
        f"{file} is no whole backup of Mandate Keeper: MANIFEST.json is not the list of its files"
    )


@pytest.mark.parametrize("files", ["{}", '{"gone.txt": "0"}', '{"mandates.db": "0"}', '{"../x": "0"}'])
def test_a_manifest_that_names_no_record_or_what_is_not_there_is_refused(tmp_path: Path, files: str):
    file = tmp_path / "backup.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("MANIFEST.json", f'{{"format": 1, "files": {files}}}')
    with pytest.raises(UnusableBackupError, match=r"is a backup without a record|is no whole backup"):
        verify(file)


@given(
    cut=st.integers(0, 2000), flips=st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), max_size=5)
)
@trying(max_examples=150, deadline=None)
def test_a_damaged_archive_is_no_backup_and_is_never_a_crash(tmp_path_factory, cut, flips):
    file = tmp_path_factory.getbasetemp() / "damaged.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("MANIFEST.json", '{"format": 1, "files": {"mandates.db": "0"}}' + " " * 500)
        archive.writestr("mandates.db", "no record " * 50)
    content = bytearray(file.read_bytes())
    for place, value in flips:
        content[place % len(content)] = value
    file.write_bytes(content[: len(content) - cut % len(content)])
    with pytest.raises(UnusableBackupError):
        verify(file)
