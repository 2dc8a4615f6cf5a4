"""The cipher: what a value is called in a sealed row, and how it is kept beside it."""

import os
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from functools import cached_property
from hmac import digest

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

TOKEN = re.compile(r"~([0-9]{1,9})\.[A-Za-z0-9_-]{43}~")
_NONCE = 12  # bytes


class SpoiltValueError(LookupError):
    """What is kept is not what was sealed."""


@dataclass(frozen=True)
class Key:
    """The content key of one holder; `number` is all that a token says of whose it is."""

    number: int
    secret: bytes

    def token(self, value: bytes) -> str:
        """Return what stands for a value in a sealed row: its hash, salted with the key.

        The same value of the same holder has the same token, so that the database can say whether two are.
        """
        hashed = urlsafe_b64encode(digest(self._salt, value, "sha256")).rstrip(b"=").decode()
        return f"~{self.number}.{hashed}~"

    def close(self, token: str, value: bytes) -> bytes:
        """Return a value encrypted, bound to its token."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher.encrypt(nonce, value, token.encode())

    def open(self, token: str, kept: bytes) -> bytes:
        """Return the value that was encrypted.

        Raises:
            SpoiltValueError: it is another one than the token stands for, or was changed.
        """
        try:
            value = self._cipher.decrypt(kept[:_NONCE], kept[_NONCE:], token.encode())
        except (InvalidTag, ValueError) as error:
            raise SpoiltValueError(f"what {token} stands for was changed") from error
        if self.token(value) != token:
            raise SpoiltValueError(f"what is kept for {token} is another value")
        return value

    @cached_property
    def _salt(self) -> bytes:
        return digest(self.secret, b"salt", "sha256")

    @cached_property
    def _cipher(self) -> AESGCM:
        return AESGCM(digest(self.secret, b"cipher", "sha256"))


def new_secret() -> bytes:
    """Return the secret of a new key."""
    return os.urandom(32)


def number_in(token: str) -> int:
    """Return the number of the key that a token was made with."""
    return int(token[1 : token.index(".")])
