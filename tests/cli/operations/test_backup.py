"""`mandates backup`, `restore` and `move-to`, as people type them."""

from pathlib import Path

from pyrage import x25519

from tests.cli.command import Mandates


def test_a_backup_is_restored_elsewhere_and_the_doctor_is_content(tmp_path: Path):
    mandates, other = Mandates(tmp_path / "home"), Mandates(tmp_path / "other")
    mandates.imported()
    mandates("enforce")
    archive = str(tmp_path / "backup.zip")
    assert "the audit chain is intact; sealed with" in mandates("backup", archive).out
    assert mandates("backup", archive).code == 1
    assert other("restore", "--verify", archive).code == 0
    assert other("restore", archive).code == 0
    assert "chain intact" in other("doctor").out
    assert other("notices", "--json").json == mandates("notices", "--json").json


def test_a_backup_for_a_recipient_is_opened_with_an_identity_alone(tmp_path: Path):
    mandates, other = Mandates(tmp_path / "home"), Mandates(tmp_path / "other")
    mandates.imported()
    archive, identity = str(tmp_path / "backup.zip"), tmp_path / "identity.txt"
    secret = x25519.Identity.generate()
    identity.write_text(str(secret), encoding="utf-8")
    refused = mandates("backup", archive, MANDATES_BACKUP_FOR="age1nobody")
    assert (refused.code, "no backup was made" in refused.err) == (2, True)
    assert mandates("backup", archive, MANDATES_BACKUP_FOR=str(secret.to_public())).code == 0
    locked = other("restore", archive)
    assert (locked.code, "--identity FILE" in locked.err) == (2, True)
    assert other("restore", "--verify", archive, "--identity", str(identity)).code == 0
    assert other("restore", archive, "--identity", str(identity)).code == 0
    assert other("notices", "--json").json == mandates("notices", "--json").json


def test_a_record_is_moved_and_the_old_one_is_left_as_it_was(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    mandates.imported()
    mandates("enforce")
    before = mandates("notices", "--json").json
    url = f"sqlite:///{tmp_path / 'new.db'}"
    moved = mandates("move-to", url)
    assert moved.code == 0
    assert "no breaks in the audit chain" in moved.out
    assert mandates("notices", "--json", MANDATES_DATABASE_URL=url).json == before
    assert mandates("notices", "--json").json == before
    again = mandates("move-to", url)
    assert (again.code, "must be empty" in again.err) == (2, True)
