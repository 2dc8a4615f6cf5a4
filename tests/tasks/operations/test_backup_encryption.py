"""Backups for a recipient: nobody else reads them, and who has the key restores all."""

from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from pyrage import x25519

from records.database import reading
from records.ledger.notices import notices_of
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings
from tasks.operations.backing_up import back_up, restore, verify
from tasks.operations.backup_encryption import LockedBackupError, UnusableRecipientError, is_encrypted
from tasks.operations.keys_apart import keys_file, over, read_keys
from tests.installations import TODAY, at, workplace_in

NOW = at(TODAY)


def of_age(folder: Path) -> tuple[str, Path]:
    made, file = x25519.Identity.generate(), folder / "identity.txt"
    file.write_text(f"# created for a test\n{made}\n", encoding="utf-8")
    return str(made.to_public()), file


def of_ssh(folder: Path) -> tuple[str, Path]:
    made, file = Ed25519PrivateKey.generate(), folder / "id_ed25519"
    file.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    public = made.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
    return public.decode(), file


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with workplace_in(tmp_path / "home") as installation:
        enforce(installation, TODAY, NOW, obligation="working-group-review")
    return Settings(home=tmp_path / "home")


def said(settings: Settings) -> list[tuple[str, str]]:
    with open_installation(settings) as installation, reading(installation.engine) as session:
        return sorted((notice.notice_key, str(notice.matter)) for notice in notices_of(session))


@pytest.mark.parametrize("kind", [of_age, of_ssh])
def test_who_has_the_key_restores_everything(settings: Settings, tmp_path: Path, kind):
    public, identity = kind(tmp_path)
    archive, other = tmp_path / "backup.zip", Settings(home=tmp_path / "other")
    made = back_up(settings, archive, NOW, [public])
    assert is_encrypted(archive)
    assert (archive.stat().st_mode | keys_file(archive).stat().st_mode) & 0o077 == 0
    assert verify(archive, identity).rows == made.rows
    keys = read_keys(keys_file(archive), identity)
    assert restore(other, archive, NOW, keys, identity).holds
    assert said(other) == said(settings) != []


def test_each_of_several_recipients_opens_it(settings: Settings, tmp_path: Path):
    (first, one), (second, two) = of_age(tmp_path), of_ssh(tmp_path)
    back_up(settings, tmp_path / "backup.zip", NOW, [first, second])
    assert verify(tmp_path / "backup.zip", one).rows == verify(tmp_path / "backup.zip", two).rows


def test_nobody_else_reads_anything_of_it(settings: Settings, tmp_path: Path):
    archive = tmp_path / "backup.zip"
    back_up(settings, archive, NOW, [of_age(tmp_path)[0]])
    others = tmp_path / "others"
    others.mkdir()
    _, wrong = of_age(others)
    with pytest.raises(LockedBackupError, match="--identity FILE"):
        verify(archive)
    with pytest.raises(LockedBackupError, match="encrypted for another key"):
        restore(Settings(home=tmp_path / "other"), archive, NOW, None, wrong)
    with pytest.raises(LockedBackupError, match="encrypted for another key"):
        read_keys(keys_file(archive), wrong)
    for file in (archive, keys_file(archive)):
        assert b"@example.org" not in file.read_bytes()
        assert b"MANIFEST" not in file.read_bytes()
    left = [each.name for each in tmp_path.iterdir() if each.name.startswith((".", "tmp"))]
    assert left == []


def test_a_damaged_one_is_refused(settings: Settings, tmp_path: Path):
    public, identity = of_age(tmp_path)
    archive = tmp_path / "backup.zip"
    back_up(settings, archive, NOW, [public])
    content = bytearray(archive.read_bytes())
    content[-100] ^= 1
    archive.write_bytes(content)
    with pytest.raises(LockedBackupError, match="or is damaged"):
        verify(archive, identity)


def test_what_is_no_key_is_refused_all_at_once_and_nothing_is_made(settings: Settings, tmp_path: Path):
    with pytest.raises(UnusableRecipientError) as refusal:
        back_up(
            settings, tmp_path / "backup.zip", NOW, ["age1nonsense", of_age(tmp_path)[0], "ssh-ed25519 A"]
        )
    assert "age1nonsense" in str(refusal.value)
    assert "ssh-ed25519 A" in str(refusal.value)
    assert not (tmp_path / "backup.zip").exists()


@pytest.mark.parametrize(
    "content", [b"", b"AGE-SECRET-KEY-1NONSENSE", b"-----BEGIN OPENSSH PRIVATE KEY-----\nx", b"\xff\0"]
)
def test_what_opens_nothing_is_no_identity(settings: Settings, tmp_path: Path, content: bytes):
    archive, identity = tmp_path / "backup.zip", tmp_path / "other.txt"
    back_up(settings, archive, NOW, [of_age(tmp_path)[0]])
    identity.write_bytes(content)
    with pytest.raises(LockedBackupError):
        verify(archive, identity)


def test_old_encrypted_keys_end_in_time_too(settings: Settings, tmp_path: Path):
    archive = tmp_path / "backup.zip"
    back_up(settings, archive, NOW, [of_age(tmp_path)[0]])
    assert [*over(tmp_path, NOW + timedelta(days=14), 14)] == []
    assert [*over(tmp_path, NOW + timedelta(days=15), 14)] == [keys_file(archive)]


def test_the_recipients_of_the_settings_are_those_between_commas():
    assert Settings(backup_for=" age1a , ssh-ed25519 AAAA me@here,").backup_recipients == [
        "age1a",
        "ssh-ed25519 AAAA me@here",
    ]
