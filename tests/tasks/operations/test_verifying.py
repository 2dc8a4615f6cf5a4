"""What an outsider can tell who has a file, its seal and a fingerprint, and who has a record too."""

import json
from pathlib import Path

import pytest

from records.chain.signing import signing_keys
from records.database import reading
from tasks.installation.installation import open_installation
from tasks.installation.sealing import seal_what_left
from tasks.installation.seals import UnusableSealError
from tasks.installation.settings import Settings
from tasks.installation.signing_key import lose_key, rotate_key
from tasks.operations.backing_up import back_up
from tasks.operations.verifying import UnusableRecordError, Verdict, verify, write_hashes
from tests.installations import at
from tests.lived import LATER, lived_in
from tests.tasks.operations.test_heads import recomputed

NOW = at(LATER, 14)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return lived_in(tmp_path / "home")


def fingerprint(home: Path) -> str:
    with open_installation(Settings(home=home)) as opened, reading(opened.engine) as session:
        return signing_keys(session)[0].fingerprint


def statement(home: Path) -> Path:
    return next(home.glob("statements/*.pdf"))


def told(file: Path, key: str, record: Path | None = None) -> Verdict:
    return verify(file, None, key, record)


def test_a_file_and_its_seal_tell_the_first_of_two_things(home: Path):
    verdict = told(statement(home), fingerprint(home))
    assert (verdict.holds, verdict.contained) == (True, None)
    assert "is as it was sealed on 2026-11-30" in verdict.told[0]
    assert "was not told: that needs the record" in verdict.told[1]


def test_another_file_another_seal_and_another_key_are_told_apart(home: Path):
    key, file = fingerprint(home), statement(home)
    assert told(file, "0" * 64).wrong == (
        "the seal is signed by another key than the one named, and that key does not lead to it",
    )
    seal = file.with_name(f"{file.name}.seal")
    said = json.loads(seal.read_text(encoding="ascii"))
    file.write_bytes(b"another")
    assert "is not the file that was sealed" in told(file, key).wrong[0]
    seal.write_text(json.dumps(said | {"head": {**said["head"], "position": 1}}), encoding="ascii")
    assert "the seal is not as it was signed" in told(file, key).wrong
    seal.write_text("{}", encoding="ascii")
    with pytest.raises(UnusableSealError, match="is no seal of Mandate Keeper"):
        told(file, key)
    seal.unlink()
    with pytest.raises(UnusableSealError, match="is not there"):
        told(file, key)


def each_record(home: Path, tmp_path: Path) -> list[Path]:
    settings, hashes = Settings(home=home), tmp_path / "hashes.txt"
    back_up(settings, tmp_path / "backup.zip", NOW)
    with open_installation(settings) as opened:
        write_hashes(opened.engine, hashes, NOW)
    return [home / "mandates.db", tmp_path / "backup.zip", hashes]


def test_the_record_a_backup_and_the_list_of_hashes_tell_the_second(home: Path, tmp_path: Path):
    for record in each_record(home, tmp_path):
        verdict = told(statement(home), fingerprint(home), record)
        assert (verdict.holds, verdict.contained) == (True, True), record


def test_a_record_that_was_forged_and_sealed_anew_is_found_by_who_holds_an_older_seal(
    home: Path, tmp_path: Path
):
    key = fingerprint(home)
    recomputed(home, "UPDATE completions SET completed_on = '2025-11-09' WHERE id = 1")
    for record in each_record(home, tmp_path):
        verdict = told(statement(home), key, record)
        assert (verdict.holds, verdict.contained) == (False, False), record
        assert "the chain is another at position" in verdict.wrong[0]


def test_what_is_no_record_is_refused(home: Path, tmp_path: Path):
    nothing = tmp_path / "nothing"
    nothing.write_bytes(b"nothing")
    with pytest.raises(UnusableRecordError, match="is no record in SQLite, no backup and no list"):
        told(statement(home), fingerprint(home), nothing)


def sealed_anew(home: Path) -> Path:
    """Have the statement sealed by the key of now."""
    file = statement(home)
    file.with_name(f"{file.name}.seal").unlink()
    with open_installation(Settings(home=home)) as opened:
        seal_what_left(opened.engine, opened.settings, NOW)
    return file


def test_an_old_fingerprint_leads_to_a_key_that_followed_and_not_past_a_lost_one(home: Path):
    first = fingerprint(home)
    with open_installation(Settings(home=home)) as opened:
        second = rotate_key(opened.engine, opened.settings, "each year", NOW, "A. Officer")
        file = sealed_anew(home)
        assert (told(file, first).holds, told(file, second).holds) == (True, True)
        third = lose_key(opened.engine, opened.settings, "the disk was stolen", NOW, "A. Officer")
    file = sealed_anew(home)
    assert [told(file, each).holds for each in (first, second, third)] == [False, False, True]


def test_no_backup_holds_the_key_and_a_restored_home_says_so(home: Path, tmp_path: Path):
    from zipfile import ZipFile  # noqa: PLC0415 (for this alone)

    back_up(Settings(home=home), tmp_path / "backup.zip", NOW)
    with ZipFile(tmp_path / "backup.zip") as archive:
        assert "signing.key" not in archive.namelist()
        assert "heads.jsonl" in archive.namelist()
    assert (home / "signing.key").stat().st_mode & 0o077 == 0
    assert told(tmp_path / "backup.zip", fingerprint(home), tmp_path / "backup.zip").holds
