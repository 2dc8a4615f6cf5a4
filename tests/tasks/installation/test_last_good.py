"""A mistake saved while the program runs: the last good rules are worked by, and it is said."""

import shutil
from pathlib import Path

import pytest

from policies.problems import RefusedFileError
from records.database import reading
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import open_unattended
from tasks.installation.last_good import last_good, people_copy
from tasks.installation.settings import PACK, Settings
from tasks.installation.who import directory_at, keep_people_copy
from tasks.operations.first_start import first_start
from tests.installations import TODAY, at, record, workplace_in


def pack_in(folder: Path) -> Path:
    return Path(shutil.copytree(PACK, folder / "pack"))


def break_(pack: Path) -> None:
    file = pack / "obligations" / "annual-meeting.toml"
    file.write_text(file.read_text(encoding="utf-8") + "\nmisspelt = 1\n", encoding="utf-8")


def test_broken_rules_are_stood_in_for_by_the_last_good_ones_and_found(tmp_path: Path):
    pack = pack_in(tmp_path)
    settings = Settings(home=tmp_path / "home", policies=pack)
    open_unattended(settings).engine.dispose()
    break_(pack)
    with open_unattended(settings) as installation:
        done = enforce(installation, TODAY, at(TODAY))
    assert "annual-meeting/2026" in done.opened
    assert [finding for finding in done.findings if finding.startswith("the rules have a mistake")] == [
        "the rules have a mistake; the last good ones are in force until it is mended: "
        + str(installation.refused.problems[0] if installation.refused else None)
    ]


def test_mended_rules_are_worked_by_again(tmp_path: Path):
    pack = pack_in(tmp_path)
    settings = Settings(home=tmp_path / "home", policies=pack)
    open_unattended(settings).engine.dispose()
    break_(pack)
    shutil.rmtree(pack)
    pack_in(tmp_path)
    with open_unattended(settings) as installation:
        assert (installation.refused, installation.pack.folder) == (None, pack)


def test_without_any_good_rules_a_mistake_stops_everything(tmp_path: Path):
    pack = pack_in(tmp_path)
    break_(pack)
    with pytest.raises(RefusedFileError, match="misspelt"):
        open_unattended(Settings(home=tmp_path / "home", policies=pack))


def test_where_nobody_is_recorded_a_broken_directory_is_stood_in_for_by_the_copy_an_earlier_version_kept(
    tmp_path: Path,
):
    directory = tmp_path / "directory.toml"
    directory.write_text("status = 1", encoding="utf-8")
    settings = Settings(home=tmp_path / "home", directory=directory)
    with open_unattended(settings) as installation:
        with pytest.raises(RefusedFileError, match="status"):
            first_start(installation, TODAY, at(TODAY), unattended=True)
        kept = settings.home / "last-good" / (settings.home / "last-good" / "current").read_text()
        shutil.copyfile(PACK / "directory.toml", kept / "directory.toml")
        with pytest.raises(RefusedFileError, match="status"):
            first_start(installation, TODAY, at(TODAY))
        first_start(installation, TODAY, at(TODAY), unattended=True)
        with reading(installation.engine) as session:
            assert directory_at(session, TODAY).name_of("secretariat") == "Network Secretariat"


def test_the_copy_of_the_people_is_written_when_they_change_and_only_then(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        copy = people_copy(installation.settings)
        keep_people_copy(installation, TODAY)
        before = copy.stat()
        keep_people_copy(installation, TODAY)
        assert (copy.stat().st_ino, copy.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
        other = {"person": "secretariat", "since_on": TODAY, "address": "new@example.org", "source": "a note"}
        record(installation, {"contacts": [other]}, TODAY)
        assert 'address = "new@example.org"' in copy.read_text(encoding="utf-8")
        assert [file.name for file in copy.parent.iterdir() if file.name.startswith(".people")] == []


@pytest.mark.parametrize("torn", [b"", b"\xff\xfe", b"../../elsewhere", b"0" * 16, b"0" * 100_000])
def test_a_torn_pointer_points_to_no_rules_and_is_written_anew(tmp_path: Path, torn: bytes):
    settings = Settings(home=tmp_path / "home", policies=pack_in(tmp_path))
    open_unattended(settings).engine.dispose()
    pointer = settings.home / "last-good" / "current"
    whole = pointer.read_bytes()
    pointer.write_bytes(torn)
    assert last_good(settings) is None
    open_unattended(settings).engine.dispose()
    assert pointer.read_bytes() == whole
