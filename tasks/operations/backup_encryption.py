"""Backups that only a recipient can read: encrypted with age, for public keys that people or machines hold.

The format is that of https://age-encryption.org/v1, which other programs open as well; keys of SSH serve too.
The machine that makes a backup needs nothing that opens it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

from pyrage import (
    DecryptError,
    IdentityError,
    RecipientError,
    decrypt,
    decrypt_file,
    encrypt,
    encrypt_file,
    ssh,
    x25519,
)

Recipient: TypeAlias = "x25519.Recipient | ssh.Recipient"
Identity: TypeAlias = "x25519.Identity | ssh.Identity"
_BEGINS = b"age-encryption.org/v1"
_KINDS = "age1… as age-keygen shows it, or a public key of SSH: ssh-ed25519 … or ssh-rsa …"


class UnusableRecipientError(LookupError):
    """A backup cannot be encrypted for whom it was to be encrypted for."""


class LockedBackupError(LookupError):
    """A backup is encrypted, and was not opened."""


def recipients_of(said: Sequence[str]) -> list[Recipient]:
    """Read the public keys that a backup is for.

    Raises:
        UnusableRecipientError: with every one that is none.
    """
    found, wrong = [], []
    for each in said:
        try:
            found.append((ssh if each.startswith("ssh-") else x25519).Recipient.from_str(each))
        except RecipientError as error:
            wrong.append(f"  - {each}: {error}")
    if wrong:
        listed = "\n".join(wrong)
        raise UnusableRecipientError(
            f"not the public key of a recipient; expected {_KINDS}; no backup was made:\n{listed}"
        )
    return found


def is_encrypted(file: Path) -> bool:
    """Return whether a file is encrypted with age."""
    with file.open("rb") as stream:
        return stream.read(len(_BEGINS)) == _BEGINS


def lock(file: Path, recipients: Sequence[Recipient]) -> None:
    """Put in the place of a file what only its recipients can read."""
    locked = file.with_name(f"{file.name}.locked")
    locked.touch(mode=0o600)
    encrypt_file(str(file), str(locked), recipients)
    locked.replace(file)


def locked(content: bytes, recipients: Sequence[Recipient]) -> str:
    """Return a content as text that only its recipients can read."""
    return str(encrypt(content, recipients, armored=True), "ascii")


def unlocked(content: str, name: str, identity: Path | None) -> bytes:
    """Return what `locked` made unreadable.

    Raises:
        LockedBackupError: no identity was given, or it does not open it.
    """
    with _explained(name, identity) as identities:
        return bytes(decrypt(content.encode(), identities))


@contextmanager
def opened(file: Path, identity: Path | None) -> Iterator[Path]:
    """Yield a file as it was before it was encrypted; one that is not, itself.

    Raises:
        LockedBackupError: no identity was given, or it does not open it.
    """
    if not file.is_file() or not is_encrypted(file):
        yield file
        return
    with TemporaryDirectory(dir=file.absolute().parent) as folder:
        plain = Path(folder) / file.name
        with _explained(file.name, identity) as identities:
            decrypt_file(str(file), str(plain), identities)
        yield plain


@contextmanager
def _explained(name: str, identity: Path | None) -> Iterator[list[Identity]]:
    if identity is None:
        raise LockedBackupError(
            f"{name} is encrypted for a recipient; name the file of its secret key: --identity FILE"
        )
    try:
        yield _identities_in(identity)
    except IdentityError as error:
        raise LockedBackupError(
            f"{identity} is no identity of age and no secret key of SSH without a passphrase: {error}"
        ) from error
    except (DecryptError, OSError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk, and not what lies on it
        raise LockedBackupError(
            f"{name} was not opened: {error}; it was encrypted for another key than {identity}, or is damaged"
        ) from error


def _identities_in(file: Path) -> list[Identity]:
    content = file.read_bytes()
    if content.lstrip().startswith(b"-----BEGIN"):
        return [ssh.Identity.from_buffer(content)]
    lines = (line.strip() for line in content.decode("utf-8", "replace").splitlines())
    return [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
