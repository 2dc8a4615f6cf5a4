"""Seals: what anybody checks who has a file, its seal and a public key; nothing here needs the record.

A seal says which file it is beside and what the head of the chain was then, signed with Ed25519. A seal
without a file is a head alone. Whoever knows an earlier key follows the endorsements from it to that of the
seal.
"""

import json
from collections.abc import Iterable, Sequence
from hashlib import file_digest, sha256
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pydantic import AwareDatetime, BaseModel, ConfigDict, StringConstraints, ValidationError

SUFFIX = ".seal"
FORMAT = "mandate-keeper-seal-1"
_NEXT_KEY = b"mandate-keeper-next-key-1 "
_LARGEST = 1_000_000  # bytes; a seal has some hundred

_Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Signature = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]


class UnusableSealError(LookupError):
    """A file is no seal, or none that this program knows."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Head(_Part):
    """The head of the chain: the position of its last link, and the hash that covers all rows up to it."""

    position: int
    chain: _Hash


class SealedFile(_Part):
    """The file that a seal is beside."""

    name: str
    sha256: _Hash
    size: int


class Endorsement(_Part):
    """That an earlier key, `public`, signed the key that follows it."""

    public: _Hash
    signature: _Signature


class SealKey(_Part):
    """The key of a seal, and the keys it follows with their endorsements, the earliest first."""

    public: _Hash
    follows: tuple[Endorsement, ...] = ()


class Unsigned(_Part):
    """All that a seal says; `file` is None where it is a head alone."""

    format: Literal["mandate-keeper-seal-1"] = "mandate-keeper-seal-1"
    at: AwareDatetime
    head: Head
    file: SealedFile | None
    key: SealKey

    def content(self) -> bytes:
        """Return what is signed, the same bytes for the same seal."""
        said = self.model_dump(mode="json", exclude={"signature"})
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()


class Seal(Unsigned):
    """A signed seal."""

    signature: _Signature

    @property
    def is_signed(self) -> bool:
        """Whether it was signed by the key it names, and is as it was signed."""
        return _signed(self.key.public, self.signature, self.content())

    def is_from(self, fingerprint: str) -> bool:
        """Return whether a key that somebody knows signed it, or endorsed the keys that lead to its own."""
        keys = [*(each.public for each in self.key.follows), self.key.public]
        known = [at for at, public in enumerate(keys) if fingerprint_of(public) == fingerprint]
        if not known:
            return False
        led = zip(self.key.follows[known[-1] :], keys[known[-1] + 1 :], strict=True)
        return all(_signed(each.public, each.signature, _endorsed(after)) for each, after in led)

    def written(self) -> bytes:
        """Return the seal as a file holds it."""
        return (json.dumps(self.model_dump(mode="json"), indent=1) + "\n").encode()


def sign(key: Ed25519PrivateKey, unsigned: Unsigned) -> Seal:
    """Return a seal, signed."""
    return Seal(**dict(unsigned), signature=key.sign(unsigned.content()).hex())


def endorse(key: Ed25519PrivateKey, following: str) -> str:
    """Return what a key signs of the public key that follows it."""
    return key.sign(_endorsed(following)).hex()


def seal_of(content: bytes, where: str) -> Seal:
    """Read a seal.

    Raises:
        UnusableSealError: it is none.
    """
    try:
        if len(content) > _LARGEST:
            raise UnusableSealError(f"{where} is too large for a seal: {len(content)} bytes")
        return Seal.model_validate_json(content)
    except ValidationError as error:
        wrong = ", ".join(sorted({".".join(map(str, each["loc"])) or "its form" for each in error.errors()}))
        raise UnusableSealError(
            f"{where} is no seal of Mandate Keeper ({FORMAT}); wrong in it: {wrong}"
        ) from error


def described(file: Path) -> SealedFile:
    """Return what a seal says of a file.

    Raises:
        OSError: the file cannot be read.
    """
    with file.open("rb") as stream:
        return SealedFile(
            name=file.name, sha256=file_digest(stream, "sha256").hexdigest(), size=file.stat().st_size
        )


def beside(file: Path) -> Path:
    """Return where the seal of a file lies."""
    return file.with_name(f"{file.name}{SUFFIX}")


def seals_in(folder: Path, files: Iterable[str]) -> dict[str, str]:
    """Return the names of the seals that lie beside some files of a folder, by the names of these."""
    seals = {file: beside(folder / file) for file in files}
    return {file: seal.name for file, seal in seals.items() if seal.is_file()}


def public_of(key: Ed25519PrivateKey) -> str:
    """Return the public key, in hexadecimal."""
    return key.public_key().public_bytes_raw().hex()


def fingerprint_of(public: str) -> str:
    """Return the fingerprint of a public key: its SHA-256, in hexadecimal."""
    return sha256(bytes.fromhex(public)).hexdigest()


def grouped(fingerprint: str) -> str:
    """Return a fingerprint as it is told and read: in groups of four."""
    return " ".join(fingerprint[at : at + 4] for at in range(0, len(fingerprint), 4))


def endorsements(publics: Sequence[tuple[str, str | None]]) -> tuple[Endorsement, ...]:
    """Return the endorsements that lead to the last of some keys, each given with what endorsed it."""
    led: list[Endorsement] = []
    for (before, _), (_, signature) in pairwise(publics):
        led = [*led, Endorsement(public=before, signature=signature)] if signature else []
    return tuple(led)


def _signed(public: str, signature: str, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _endorsed(public: str) -> bytes:
    return _NEXT_KEY + bytes.fromhex(public)
