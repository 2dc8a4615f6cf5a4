"""A ZIP archive, unpacked in pieces that are counted: what it says of its own sizes is never believed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from struct import unpack
from zipfile import ZipFile, ZipInfo

from input_packages.reading.limits import Limits
from input_packages.reading.refusals import Refusal, RefusedError

_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_LOCAL_HEADER, _LONGEST_DESCRIPTOR = 30, 24  # bytes before a member's name, and behind its data
_NAMES = (
    (re.compile(r"vbaproject|vbadata|/macrosheets/|/dialogsheets/", re.IGNORECASE), Refusal.MACROS),
    (re.compile(r"/activex/|oleobject", re.IGNORECASE), Refusal.EMBEDDED),
    (re.compile(r"/externallinks/|/connections\.xml$|/querytables/", re.IGNORECASE), Refusal.EXTERNAL),
)


@dataclass(slots=True)
class Budget:
    """What may still be unpacked of one file, archives inside it included."""

    limits: Limits
    unpacked: int = 0

    def chunks(self, archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
        """Yield a member in pieces.

        Raises:
            RefusedError: more came out than an ordinary document holds.
        """
        size = 0
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                self.unpacked += len(chunk)
                if self.unpacked > self.limits.unpacked or self._swells(member, size):
                    raise RefusedError(Refusal.BOMB)
                yield chunk

    def _swells(self, member: ZipInfo, size: int) -> bool:
        return size > self.limits.free and size > self.limits.ratio * max(member.compress_size, 1)


def refusals_of_shape(archive: ZipFile, limits: Limits) -> Iterator[Refusal]:
    """Yield what speaks against an archive before anything in it is unpacked.

    Raises:
        RefusedError: nothing in it should be unpacked.
    """
    members = archive.infolist()
    if len(members) > limits.members:
        raise RefusedError(Refusal.BOMB)
    yield from _of_names([member.filename for member in members])
    if any(member.flag_bits & _ENCRYPTED for member in members):
        raise RefusedError(Refusal.ENCRYPTED)
    if _holds_something_between(archive):
        yield Refusal.TWO_KINDS


def is_active_by_name(name: str) -> bool:
    """Whether a part of this name is refused for it, whatever it holds."""
    return any(pattern.search(f"/{name}") for pattern, _ in _NAMES)


def _of_names(names: list[str]) -> Iterator[Refusal]:
    if len({name.casefold() for name in names}) < len(names) or any(map(_leads_outside, names)):
        yield Refusal.TRICKY_NAMES
    yield from (refusal for pattern, refusal in _NAMES if any(pattern.search(f"/{name}") for name in names))


def _leads_outside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\x00" in name


def _holds_something_between(archive: ZipFile) -> bool:
    """Whether bytes stand before, between or behind the members, where another program may read them."""
    end, slack = 0, 0
    for start, size in [*_spans(archive), (archive.start_dir, 0)]:
        if not end <= start <= end + slack:
            return True
        end, slack = start + size, _LONGEST_DESCRIPTOR
    return False


def _spans(archive: ZipFile) -> Iterator[tuple[int, int]]:
    """Yield where each member starts and how long it is by its own header, in which Office pads."""
    for member in sorted(archive.infolist(), key=lambda member: member.header_offset):
        assert archive.fp  # noqa: S101 (open while it is read)
        archive.fp.seek(member.header_offset)
        header = archive.fp.read(_LOCAL_HEADER)
        if len(header) < _LOCAL_HEADER:
            raise RefusedError(Refusal.DAMAGED)
        yield member.header_offset, _LOCAL_HEADER + sum(unpack("<HH", header[26:])) + member.compress_size
