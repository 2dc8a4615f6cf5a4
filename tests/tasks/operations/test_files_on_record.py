"""Files of the home: each that is not the one on record is named, and one that may be gone is not."""

from pathlib import Path

import pytest

from records.database import reading
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings
from tasks.operations.integrity import everything_amiss
from tests.lived import lived_in

FILES = {
    "a released package": "packages/secretary-general-review_2026_v2.zip",
    "a draft of a package": "packages/working-group-review_2026_v1.zip",
    "a statement to read": "statements/*.html",
    "the figures of a statement": "statements/*.json",
    "an input": "inputs/e4c28cb8*40750",
    "the text that was read of it": "inputs/*.txt",
    "a refused file": "quarantine/*",
    "a letter": "outbox/*secretariat*",
}


def amiss(home: Path) -> list[str]:
    with (
        open_installation(Settings(home=home)) as installation,
        reading(installation.engine) as session,
    ):
        return everything_amiss(session, installation.settings)


def the_one(home: Path, pattern: str) -> Path:
    return min(home.glob(pattern))


def changed(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def test_a_home_that_was_left_alone_is_as_it_was_recorded(tmp_path: Path):
    assert amiss(lived_in(tmp_path / "home")) == []


@pytest.mark.parametrize("pattern", FILES.values(), ids=FILES)
def test_one_bit_in_any_file_is_found(tmp_path: Path, pattern: str):
    home = lived_in(tmp_path / "home")
    file = the_one(home, pattern)
    changed(file)
    [found] = [each for each in amiss(home) if "its seal is of" not in each]
    assert found.startswith(f"{file.parent.name}/{file.name} is not the file on record: its SHA-256 is ")


@pytest.mark.parametrize(
    "what", ["a released package", "a draft of a package", "an input", "a statement to read"]
)
def test_a_file_that_nothing_ends_must_be_there(tmp_path: Path, what: str):
    home = lived_in(tmp_path / "home")
    file = the_one(home, FILES[what])
    file.unlink()
    assert amiss(home) == [f"{file.parent.name}/{file.name} is not there; bring it back from a backup"]


@pytest.mark.parametrize("what", ["a refused file", "a letter"])
def test_what_is_kept_for_a_time_only_may_be_gone(tmp_path: Path, what: str):
    home = lived_in(tmp_path / "home")
    the_one(home, FILES[what]).unlink()
    assert amiss(home) == []


def test_what_cannot_be_read_is_said_and_stops_nothing(tmp_path: Path):
    home = lived_in(tmp_path / "home")
    file = the_one(home, FILES["an input"])
    file.unlink()
    file.mkdir()
    assert amiss(home) == [f"inputs/{file.name} cannot be read: Is a directory"]
