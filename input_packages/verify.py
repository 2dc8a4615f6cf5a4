"""Whether a package is whole and unchanged, judged by nothing but the archive itself.

It is read as rubbish from a stranger would be: nothing is unpacked, and no more is read than the file holds.
That somebody made a whole new package in our form cannot be seen here: for that, compare the SHA-256 of the
file with the one in the notice it came with.
"""

import re
import struct
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pydantic import ValidationError

from input_packages.manifest import FORMAT, MANIFEST, SUMS, Entry, Manifest, entries, sums
from input_packages.packing import NONSENSE, pack

_LARGEST = 1024 * 1024 * 1024  # bytes; five hundred contributions are some tens of megabytes
_MOST_FILES = 5000
_ENCRYPTED = 0x1
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_START = b"PK\x03\x04"
# The record that ends a ZIP archive: signature, four counts, size and offset of the directory, comment.
_END = struct.Struct("<4s4H2LH")
_END_SIGNATURE = b"PK\x05\x06"


def verify(file: Path) -> list[str]:
    """Return what is wrong with the package in `file`, for people; nothing when all is well."""
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except OSError as error:
        return [f"{file.name}: cannot be read: {error.strerror}; expected an input package"]
    return _not_an_archive(content) or _of_archive(content)


def _not_an_archive(content: bytes) -> list[str]:
    if len(content) > _LARGEST:
        return [f"the file is larger than {_LARGEST} bytes; no input package is"]
    if not content.startswith(_START):
        return ["the file is not a ZIP archive; expected an input package"]
    if len(content) < _END.size:
        return ["the file is cut short; have it sent again"]
    signature, *_, size, offset, comment = _END.unpack(content[-_END.size :])
    if signature != _END_SIGNATURE or comment or offset + size + _END.size != len(content):
        return ["the file was cut short, or something was put into it or behind it; have it sent again"]
    return []


def _of_archive(content: bytes) -> list[str]:
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _of_members(archive, content)
    except NONSENSE as error:
        return [f"the archive's list of files is damaged: {error}; have it sent again"]


def _of_members(archive: ZipFile, content: bytes) -> list[str]:
    members = archive.infolist()
    if tricks := list(_tricks(members, len(content))):
        return tricks
    files: dict[str, bytes] = {}
    damaged = []
    for member in members:
        try:
            with archive.open(member) as stream:
                files[member.filename] = stream.read(member.file_size + 1)
        except NONSENSE as error:
            damaged.append(f"{member.filename}: damaged: {error}; have it sent again")
    return damaged or list(_of_files(files)) or _of_packing(files, content)


def _tricks(members: Sequence[ZipInfo], size: int) -> Iterator[str]:
    """Yield what no package of ours does, whatever its files say."""
    names = Counter(member.filename.casefold() for member in members)
    if len(members) > _MOST_FILES:
        yield f"it holds {len(members)} files; no input package holds more than {_MOST_FILES}"
        return
    if sum(member.file_size for member in members) > size:
        yield f"its files claim to hold more than the {size} bytes of the archive; no input package does"
    for name in sorted(name for name, count in names.items() if count > 1):
        yield f"{name!r}: there {names[name]} times; expected once"
    for member in members:
        if not _PLAIN_NAME.fullmatch(member.orig_filename):
            yield f"{member.orig_filename[:100]!r}: not a plain name; expected only letters, digits and . _ -"
        if member.flag_bits & _ENCRYPTED:
            yield f"{member.filename!r}: encrypted; expected it in the open"
        if member.compress_type != ZIP_STORED or member.compress_size != member.file_size:
            yield f"{member.filename!r}: compressed; expected it stored as it is"


def _of_files(files: Mapping[str, bytes]) -> Iterator[str]:
    missing = [name for name in (MANIFEST, SUMS) if name not in files]
    yield from (f"{name}: not there; expected in every input package" for name in missing)
    if MANIFEST not in files:
        return
    try:
        manifest = Manifest.model_validate_json(files[MANIFEST])
    except ValidationError as error:
        yield from (_of_manifest(detail["loc"], detail["msg"]) for detail in error.errors())
        return
    listed = {entry.name: entry for entry in manifest.files}
    held = {entry.name: entry for entry in entries(files) if entry.name not in (MANIFEST, SUMS)}
    yield from (f"{name}: missing; the manifest lists it" for name in sorted(listed.keys() - held.keys()))
    yield from (
        f"{name}: not in the manifest; expected no such file" for name in sorted(held.keys() - listed.keys())
    )
    yield from (_changed(held[e.name], e) for e in manifest.files if e.name in held and held[e.name] != e)
    expected = sums((*manifest.files, *entries({MANIFEST: files[MANIFEST]})))
    if SUMS in files and files[SUMS] != expected:
        yield f"{SUMS}: does not say what {MANIFEST} says; one of them was changed"


def _of_manifest(where: tuple[int | str, ...], message: str) -> str:
    place = ".".join(map(str, where)) or "(whole file)"
    return f"{MANIFEST}: {place}: {message}; expected a manifest of the form {FORMAT}"


def _changed(found: Entry, expected: Entry) -> str:
    return (
        f"{found.name}: changed: found {found.bytes} bytes with SHA-256 {found.sha256}; "
        f"the manifest says {expected.bytes} bytes with {expected.sha256}"
    )


def _of_packing(files: Mapping[str, bytes], content: bytes) -> list[str]:
    """Packing the same files gives the same bytes, so nothing can hide between or behind them."""
    if pack(files) == content:
        return []
    return ["its files are whole, but the archive around them was changed or packed anew"]
