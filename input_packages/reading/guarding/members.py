"""The members of an Office file that are no XML: pictures and typefaces are known by their first bytes."""

from enum import Enum, auto

HEAD = 64  # bytes looked at

_XML_STARTS = tuple(
    mark + "<".encode(code)
    for mark, code in (
        (b"", "utf-8"),
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    )
)
_PICTURES = (
    *(b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"II\xbc\x01"),
    *(b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00", b"\x00\x00\x01\x00"),
    *(b"\x00\x00\x00\x0cjP  \r\n", b"VCLMTF"),
)
_TYPEFACES = (b"\x00\x01\x00\x00\x00", b"OTTO", b"true\x00", b"ttcf", b"wOFF", b"wOF2")
_INSIDE = ((b"\x01\x00\x00\x00", 40, b" EMF"), (b"RIFF", 8, b"WEBP"), (b"BM", 6, bytes(4)))
_ARCHIVE = b"PK\x03\x04"
_ACTIVE = (
    *(
        b"MZ",
        b"\x7fELF",
        b"#!",
        b"\xca\xfe\xba\xbe",
        b"\xd0\xcf\x11\xe0",
        b"%PDF",
        b"Rar!",
        b"7z\xbc\xaf",
        b"PK",
    ),
    *(
        b"\xfe\xed\xfa",
        b"\xce\xfa\xed\xfe",
        b"\xcf\xfa\xed\xfe",
        b"L\x00\x00\x00\x01\x14\x02\x00",
        b"{\\rtf",
        b"MSCF",
    ),
)


class Content(Enum):
    """What a member holds, by its first bytes."""

    XML = auto()
    HARMLESS = auto()
    ARCHIVE = auto()
    ACTIVE = auto()
    UNKNOWN = auto()


def content_of(head: bytes) -> Content:
    """Return what a member holds. Nothing at all is harmless."""
    if not head.strip() or head.startswith(_PICTURES + _TYPEFACES) or _is_known_inside(head):
        return Content.HARMLESS
    if head.lstrip().startswith(_XML_STARTS) or head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return Content.XML
    if head.startswith(_ARCHIVE):
        return Content.ARCHIVE
    return Content.ACTIVE if head.startswith(_ACTIVE) else Content.UNKNOWN


def _is_known_inside(head: bytes) -> bool:
    return any(head.startswith(first) and head[at:].startswith(then) for first, at, then in _INSIDE)
