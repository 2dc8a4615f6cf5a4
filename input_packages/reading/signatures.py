"""What a file is, by its first and last bytes. Its name is never asked."""

import re
from codecs import getincrementaldecoder
from enum import StrEnum

from input_packages.reading.refusals import Refusal

HEAD = 4096  # bytes looked at; every signature below stands within them
TAIL = 66_000  # bytes; the record that ends a ZIP archive, with the longest comment it can have


class Kind(StrEnum):
    """The kinds that are taken. An Office file is one of those below it only once it was looked into."""

    OFFICE = "office"
    WORD = "word"
    EXCEL = "excel"
    POWERPOINT = "powerpoint"
    ODT = "odt"
    PDF = "pdf"
    TEXT = "text"

    @property
    def suffix(self) -> str:
        """The ending a file of this kind is passed on with."""
        return _SUFFIXES[self]


_SUFFIXES = {
    Kind.WORD: ".docx",
    Kind.EXCEL: ".xlsx",
    Kind.POWERPOINT: ".pptx",
    Kind.ODT: ".odt",
    Kind.PDF: ".pdf",
    Kind.TEXT: ".txt",
}


_PDF, _ZIP, _ZIP_END, _OLE = b"%PDF-", b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = (
    *(b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\x00asm"),
    *(b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe"),
)
_WEB = (b"<!doctype html", b"<html", b"<svg", b"<?xml", b"<script", b"<!doctype svg", b"<body", b"<iframe")
_OTHERS = (
    *(
        b"{\\rtf",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"Rar!",
        b"7z\xbc\xaf",
        b"\x1f\x8b",
        b"BZh",
        b"\xfd7zXZ",
    ),
    *(b"RIFF", b"OggS", b"ID3", b"%!PS", b"MSCF", b"ITSF", b"L\x00\x00\x00\x01\x14\x02\x00"),
)
_MARK = b"\xef\xbb\xbf"
_MZ = b"MZ"
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r")
# A reader of PDFs takes what begins within the first kilobyte, and finds the objects by itself.
_PDF_STARTS_WITHIN = 1024
_PDF_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


def kind_of(head: bytes, tail: bytes) -> Kind | Refusal:
    """Return the kind of a file, or why it is refused at sight; `head` and `tail` may overlap."""
    if head.startswith(_PROGRAMS) and not (head.startswith(_MZ) and _is_plain(head)):
        return Refusal.PROGRAM
    if head.startswith(_OLE):
        return Refusal.OLD_OFFICE
    if head.startswith(_OTHERS):
        return Refusal.OTHER_KIND
    if head.removeprefix(_MARK).lstrip().startswith(_PDF):
        return Refusal.TWO_KINDS if _ZIP_END in tail else Kind.PDF
    if head.startswith(_ZIP):
        return _of_archive(head, tail)
    return _of_text(head, tail)


def is_pdf_inside(content: bytes) -> bool:
    """Whether a reader of PDFs would open this; a text that only speaks of them has no objects."""
    return _PDF in content[:_PDF_STARTS_WITHIN] and bool(_PDF_OBJECT.search(content))


def is_locked_office(content: bytes) -> bool:
    """Whether an old Office container is only the wrapping of a file with a password."""
    return _ENCRYPTED_PACKAGE in content


def _of_archive(head: bytes, tail: bytes) -> Kind | Refusal:
    if _PDF in head:
        return Refusal.TWO_KINDS
    at = tail.rfind(_ZIP_END)
    if at < 0:
        return Refusal.DAMAGED
    # Word and Excel write no comment: what stands behind the last record was put there by somebody else.
    return Kind.OFFICE if at + 22 == len(tail) else Refusal.TWO_KINDS


def _is_plain(head: bytes) -> bool:
    """Whether the first bytes are text in UTF-8: the header of a program is full of zeros and odd bytes."""
    try:
        getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return not _CONTROLS.intersection(head)


def _of_text(head: bytes, tail: bytes) -> Kind | Refusal:
    start = head.removeprefix(_MARK).lstrip().lower()
    if start.startswith(_WEB):
        return Refusal.WEB_PAGE
    if is_pdf_inside(head + tail) or _ZIP_END in tail:
        return Refusal.TWO_KINDS
    if b"\x00" in head and not head.startswith(_WIDE):
        return Refusal.OTHER_KIND
    return Kind.TEXT
