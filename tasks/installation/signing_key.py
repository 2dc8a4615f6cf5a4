"""The signing key: a file of its owner that no backup holds; what becomes of it is on record."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from records.chain.signing import KeyFate, SigningKey, record_signing_key, signing_keys
from records.database import reading, writing
from tasks.installation.seals import endorse, fingerprint_of, grouped, public_of
from tasks.installation.settings import Settings

if TYPE_CHECKING:
    from records.database import Engine, Session

BY = "mandates"


class NoSigningKeyError(LookupError):
    """There is no signing key here to do this with."""


def key_file(settings: Settings) -> Path:
    """Return the file of the signing key."""
    return settings.signing_key or settings.home / "signing.key"


def key_files(settings: Settings) -> tuple[Path, Path]:
    """Return the files that a key may be in; a rotation that was interrupted leaves the second."""
    return key_file(settings), _coming(settings)


def key_on_record(session: "Session") -> SigningKey | None:
    """Return the key that signs by the record; None where none was made, or the last one is lost."""
    said = signing_keys(session)
    return said[-1] if said and said[-1].fate == KeyFate.MADE else None


def key_here(session: "Session", settings: Settings) -> Ed25519PrivateKey | None:
    """Return the private key that signs by the record, if it is here."""
    on_record = key_on_record(session)
    if on_record is None:
        return None
    for file in key_files(settings):
        if (key := _read(file)) and fingerprint_of(public_of(key)) == on_record.fingerprint:
            if file == _coming(settings):
                file.replace(key_file(settings))  # a rotation was interrupted between record and file
            return key
    return None


def ensure_key(engine: "Engine", settings: Settings, now: datetime) -> Ed25519PrivateKey | None:
    """Return the key that signs, made where nothing was ever said of one; None where it is not here."""
    with reading(engine) as session:
        if signing_keys(session):
            return key_here(session, settings)
    with writing(engine) as session:
        if signing_keys(session):
            return key_here(session, settings)
        key = _read(key_file(settings)) or _made(key_file(settings))
        _record(session, KeyFate.MADE, public_of(key), None, "the first key", now, BY)
    return key


def rotate_key(engine: "Engine", settings: Settings, reason: str, now: datetime, by: str) -> str:
    """Let a new key sign from now on, which the present one endorses; return its fingerprint.

    Raises:
        NoSigningKeyError: the present one is not here to endorse another.
    """
    with writing(engine) as session:
        before = key_here(session, settings)
        if before is None:
            raise NoSigningKeyError(
                f"the key on record is not in {key_file(settings)}, so it cannot endorse another; bring it "
                "back, or say that it is lost: mandates key lost"
            )
        return _follow(session, settings, before, reason, now, by)


def lose_key(engine: "Engine", settings: Settings, reason: str, now: datetime, by: str) -> str:
    """Record that the key is lost or in wrong hands, and let a new one sign; return its fingerprint.

    Raises:
        NoSigningKeyError: no key signs.
    """
    with writing(engine) as session:
        lost = key_on_record(session)
        if lost is None:
            raise NoSigningKeyError("no key is on record that could be lost; see: mandates key show")
        _record(session, KeyFate.LOST, lost.public, None, reason, now, by)
        return _follow(session, settings, None, reason, now, by)


def key_findings(session: "Session", settings: Settings) -> list[str]:
    """Return that the key on record is not here, and what to do."""
    on_record = key_on_record(session)
    if on_record is None or key_here(session, settings):
        return []
    found = (
        f"nothing is signed: the key {grouped(on_record.fingerprint)} is not in {key_file(settings)}. Bring "
        "it back from where it is kept apart, or say that it is lost: mandates key lost"
    )
    return [found]


def _follow(
    session: "Session",
    settings: Settings,
    before: Ed25519PrivateKey | None,
    reason: str,
    now: datetime,
    by: str,
) -> str:
    """Make a key and record it. Its file takes the place of the old one once that is on record."""
    key = _made(_coming(settings))
    endorsement = endorse(before, public_of(key)) if before else None
    _record(session, KeyFate.MADE, public_of(key), endorsement, reason, now, by)
    return fingerprint_of(public_of(key))


def _record(
    session: "Session",
    fate: KeyFate,
    public: str,
    endorsement: str | None,
    reason: str,
    now: datetime,
    by: str,
) -> None:
    row = SigningKey(
        recorded_at=now,
        recorded_by=by,
        fate=fate,
        fingerprint=fingerprint_of(public),
        public=public,
        endorsement=endorsement,
        reason=reason,
    )
    record_signing_key(session, row)


def _coming(settings: Settings) -> Path:
    file = key_file(settings)
    return file.with_name(f"{file.name}.new")


def _made(file: Path) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    written = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(written)
        stream.flush()
        os.fsync(stream.fileno())
    return key


def _read(file: Path) -> Ed25519PrivateKey | None:
    try:
        key = serialization.load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError):
        return None
    return key if isinstance(key, Ed25519PrivateKey) else None
