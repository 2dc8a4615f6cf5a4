"""An archive of files that depends on nothing but their names and bytes.

Members are stored, not compressed: what a compressor writes depends on its version.
"""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from typing import BinaryIO
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP archive can hold
_UNIX = 3
_REGULAR_FILE_0644 = 0o100644 << 16
NONSENSE = (
    BadZipFile,
    EOFError,
    KeyError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What is raised where an archive is read whose bytes make no sense, or that lacks a file."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return `files` as an archive, by name."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(_member(name), files[name])
    return written.getvalue()


def pack_into(target: BinaryIO, folder: Path) -> None:
    """Write the files of a folder to `target` as the archive that `pack` returns, one at a time."""
    with ZipFile(target, "w", ZIP_STORED) as archive:
        for file in sorted(folder.iterdir(), key=lambda file: file.name):
            member = _member(file.name)
            member.file_size = file.stat().st_size
            with file.open("rb") as source, archive.open(member, "w") as written:
                copyfileobj(source, written)


def repack(archive: bytes) -> bytes:
    """Return an archive that somebody else made, in our form."""
    with ZipFile(BytesIO(archive)) as found:
        return pack({name: found.read(name) for name in found.namelist()})


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, _EPOCH)
    member.create_system = _UNIX
    member.external_attr = _REGULAR_FILE_0644
    return member
