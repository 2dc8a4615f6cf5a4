"""Word and Excel files, looked into without being opened: an archive of XML parts and their relations."""

import re
from collections.abc import Generator, Iterator
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree.ElementTree import ParseError, fromstring
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 (zlib spells its exception in small letters)

from input_packages.reading.limits import Limits
from input_packages.reading.refusals import Refusal
from input_packages.reading.signatures import Kind

_TYPES = "[Content_Types].xml"
_MAIN = {
    b"wordprocessingml.document.main+xml": Kind.WORD,
    b"spreadsheetml.sheet.main+xml": Kind.EXCEL,
}
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_NONSENSE = (
    BadZipFile,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    ZlibError,
    ParseError,
)

_MACROS = re.compile(r"vbaproject|vbadata|/macrosheets/|/dialogsheets/", re.IGNORECASE)
_EMBEDDED = re.compile(
    r"/embeddings/|/activex/|oleobject|\.(exe|dll|js|vbs|bat|cmd|ps1|htm|html|swf)$", re.IGNORECASE
)
_ELSEWHERE = re.compile(r"/externallinks/|/connections\.xml$|/querytables/", re.IGNORECASE)
_ACTIVE_RELATIONS = {
    "vbaProject": Refusal.MACROS,
    "oleObject": Refusal.EMBEDDED,
    "package": Refusal.EMBEDDED,
    "control": Refusal.EMBEDDED,
    "aFChunk": Refusal.EMBEDDED,
    "externalLink": Refusal.EXTERNAL,
    "attachedTemplate": Refusal.EXTERNAL,
    "frame": Refusal.EXTERNAL,
}
_LINKS = ("http://", "https://", "mailto:", "#")
_DOCTYPES = tuple(
    f"<!{word}".encode(code) for word in ("DOCTYPE", "ENTITY") for code in ("utf-8", "utf-16-le", "utf-16-be")
)
# A field that starts another program. Its name may be spread over several runs.
_FIELDS = re.compile(rb'(?:instrText[^>]*>|instr=")([^<"]*)')
_DDE = re.compile(rb"\bDDE(AUTO)?\b", re.IGNORECASE)


def looked_into(file: Path, limits: Limits) -> tuple[Kind | None, list[Refusal]]:
    """Return what an Office archive is, and everything it is refused for, each once."""
    try:
        with ZipFile(file) as archive:
            found = list(dict.fromkeys(_refusals(archive, limits)))
            return (None, found) if found else _kind(archive)
    except _NONSENSE:
        return None, [Refusal.DAMAGED]


def _kind(archive: ZipFile) -> tuple[Kind | None, list[Refusal]]:
    types = archive.read(_TYPES) if _TYPES in archive.namelist() else b""
    kinds = [kind for main, kind in _MAIN.items() if main in types]
    return (kinds[0], []) if len(kinds) == 1 else (None, [Refusal.OTHER_KIND])


def _refusals(archive: ZipFile, limits: Limits) -> Iterator[Refusal]:
    members = archive.infolist()
    if len(members) > limits.members:
        yield Refusal.BOMB
        return
    yield from _of_names([member.filename for member in members])
    if any(member.flag_bits & _ENCRYPTED for member in members):
        yield Refusal.ENCRYPTED
        return
    total = 0
    for member in members:
        with archive.open(member) as stream:
            total += yield from _of_part(member, stream, limits, total)
        if total > limits.unpacked:
            yield Refusal.BOMB
            return


def _of_names(names: list[str]) -> Iterator[Refusal]:
    if len({name.casefold() for name in names}) < len(names) or any(map(_leads_outside, names)):
        yield Refusal.TRICKY_NAMES
    patterns = ((_MACROS, Refusal.MACROS), (_EMBEDDED, Refusal.EMBEDDED), (_ELSEWHERE, Refusal.EXTERNAL))
    yield from (refusal for pattern, refusal in patterns if any(pattern.search(f"/{n}") for n in names))


def _leads_outside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return name.startswith(("/", "\\")) or ".." in parts or ":" in name or "\x00" in name


def _of_part(
    member: ZipInfo, stream: IO[bytes], limits: Limits, before: int
) -> Generator[Refusal, None, int]:
    """Read one part to its end, counting; yields what is wrong with it and returns its real size."""
    name = member.filename.lower()
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    relations = bytearray() if name.endswith(".rels") else None
    size, last = 0, b""
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if before + size > limits.unpacked or _swells(member, size, limits):
            yield Refusal.BOMB
            return limits.unpacked + 1
        if is_xml:
            yield from _of_xml(last + chunk, is_types=member.filename == _TYPES)
            if any(mark in last + chunk for mark in _DOCTYPES):
                return size
            last = chunk[-64:]
        if relations is not None:
            relations += chunk
    if relations is not None:
        yield from _of_relations(bytes(relations))
    return size


def _swells(member: ZipInfo, size: int, limits: Limits) -> bool:
    return size > limits.free and size > limits.ratio * max(member.compress_size, 1)


def _of_xml(content: bytes, *, is_types: bool) -> Iterator[Refusal]:
    if any(mark in content for mark in _DOCTYPES):
        yield Refusal.DOCTYPE
    if is_types and b"macroEnabled" in content:
        yield Refusal.MACROS
    if _DDE.search(b"".join(_FIELDS.findall(content))):
        yield Refusal.EXTERNAL


def _of_relations(content: bytes) -> Iterator[Refusal]:
    for element in fromstring(content):  # noqa: S314 (no DOCTYPE reaches this line, so no entity does)
        kind = element.get("Type", "").rpartition("/")[2]
        outside = element.get("TargetMode") == "External"
        target = element.get("Target", "").strip().lower()
        if kind in _ACTIVE_RELATIONS:
            yield _ACTIVE_RELATIONS[kind]
        elif outside and not (kind == "hyperlink" and target.startswith(_LINKS)):
            yield Refusal.EXTERNAL
