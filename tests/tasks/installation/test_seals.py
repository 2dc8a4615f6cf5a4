"""Seals: signed or not, from whom, and never a crash."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from tasks.installation.seals import (
    Head,
    Seal,
    SealedFile,
    SealKey,
    Unsigned,
    UnusableSealError,
    endorse,
    endorsements,
    fingerprint_of,
    grouped,
    public_of,
    seal_of,
    sign,
)
from tests.installations import TODAY, at

KEYS = [Ed25519PrivateKey.from_private_bytes(bytes([number] * 32)) for number in range(3)]
PUBLIC = [public_of(key) for key in KEYS]
HEAD = Head(position=7, chain="0" * 64)
FILE = SealedFile(name="a.pdf", sha256="1" * 64, size=3)


def sealed(by: int, *led: tuple[str, str | None]) -> Seal:
    key = SealKey(public=PUBLIC[by], follows=endorsements(led))
    return sign(KEYS[by], Unsigned(at=at(TODAY), head=HEAD, file=FILE, key=key))


def test_a_seal_is_read_as_it_was_written():
    seal = sealed(0)
    assert (seal_of(seal.written(), "a.seal"), seal.is_signed) == (seal, True)


def test_an_endorsed_key_is_led_to_and_no_other():
    led = sealed(
        2,
        (PUBLIC[0], None),
        (PUBLIC[1], endorse(KEYS[0], PUBLIC[1])),
        (PUBLIC[2], endorse(KEYS[1], PUBLIC[2])),
    )
    assert [led.is_from(fingerprint_of(each)) for each in PUBLIC] == [True, True, True]
    after_loss = sealed(2, (PUBLIC[0], None), (PUBLIC[1], None), (PUBLIC[2], endorse(KEYS[1], PUBLIC[2])))
    assert [after_loss.is_from(fingerprint_of(each)) for each in PUBLIC] == [False, True, True]
    forged = sealed(2, (PUBLIC[0], None), (PUBLIC[2], endorse(KEYS[2], PUBLIC[2])))
    assert [forged.is_from(fingerprint_of(each)) for each in PUBLIC] == [False, False, True]


@given(st.binary(max_size=300))
def test_what_is_no_seal_is_refused_and_is_never_a_crash(content: bytes):
    with pytest.raises(UnusableSealError):
        seal_of(content, "x")


@given(at_=st.integers(0, 10_000), to=st.integers(0, 255))
def test_a_seal_with_another_byte_is_no_seal_or_not_signed_or_says_the_same(at_: int, to: int):
    content = bytearray(sealed(0).written())
    content[at_ % len(content)] = to
    try:
        found = seal_of(bytes(content), "x")
    except UnusableSealError:
        return
    assert not found.is_signed or found == sealed(0)


def test_a_fingerprint_is_told_in_groups_of_four():
    assert grouped("0123456789") == "0123 4567 89"
