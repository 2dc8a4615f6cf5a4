"""The parts of a mail: which are documents that somebody sent, and which only travel along."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.header import decode_header, make_header
from email.message import Message
from enum import StrEnum

_MOST_PARTS, _DEEPEST, _LONGEST_NAME = 200, 12, 1000


class PartKind(StrEnum):
    """What a part of a mail is."""

    DOCUMENT = "document"
    TEXT = "text"
    PICTURE = "picture"
    PACKED = "packed"  # other files in one
    CLOSED = "closed"  # a mail in the mail, or something encrypted: a person has to open it
    ALONG = "along"  # signatures, cards, calendars, pictures of a letterhead


_ALONG_TYPES = frozenset(
    {
        *("application/pkcs7-signature", "application/x-pkcs7-signature"),
        *("application/pgp-signature", "application/pgp-keys"),
        *("text/calendar", "application/ics", "text/vcard", "text/x-vcard", "text/directory"),
        *("message/disposition-notification", "message/delivery-status", "text/rfc822-headers"),
    }
)
_FORWARDED = "message/rfc822"
_CLOSED_TYPES = frozenset(
    {
        *(_FORWARDED, "application/vnd.ms-outlook"),
        *("application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"),
        *("multipart/encrypted", "message/partial", "message/external-body"),
    }
)
_PACKED_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_BY_TYPE = {
    **dict.fromkeys(_ALONG_TYPES, PartKind.ALONG),
    **dict.fromkeys(_CLOSED_TYPES, PartKind.CLOSED),
    **dict.fromkeys(_PACKED_TYPES, PartKind.PACKED),
}
_BY_NAME = {
    PartKind.ALONG: re.compile(
        r"\.(p7s|p7b|asc|sig|vcf|ics|cer|crt|der|pem|key)$|^att\d{5,}(\.\w{1,5})?$", re.IGNORECASE
    ),
    PartKind.CLOSED: re.compile(r"\.(msg|eml|p7m|pgp|gpg|rpmsg)$", re.IGNORECASE),
    PartKind.PACKED: re.compile(r"^winmail\.dat$", re.IGNORECASE),
    PartKind.PICTURE: re.compile(r"\.(png|jpe?g|gif|bmp|tiff?|hei[cf]|webp|svg|emz|wmz)$", re.IGNORECASE),
}
_ENCRYPTED = b"-----BEGIN PGP MESSAGE-----"


class TooManyPartsError(ValueError):
    """A mail has more parts, or parts deeper in each other, than people send."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that somebody attached: the name it came with, and its bytes."""

    name: str
    content: bytes


@dataclass(slots=True)
class Parts:
    """What a mail holds: the documents, the names of pictures and of what is closed, and the text.

    `packed` are files that hold others (`tasks/inputs/mail/winmail.py`); they are among what is closed too.
    """

    documents: list[Document] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    packed: list[Document] = field(default_factory=list)
    text: str = ""
    html: str = ""


def parts_of(message: Message, *, forwarded: bool = False) -> Parts:
    """Return what a mail holds; with `forwarded`, as for a person, also what mails hold that lie in it.

    Raises:
        TooManyPartsError: it is nested deeper, or has more parts, than people send.
    """
    found = Parts()
    for number, part in enumerate(_leaves(message, 0, forwarded=forwarded)):
        if number >= _MOST_PARTS:
            raise TooManyPartsError(f"more than {_MOST_PARTS} parts")
        _put(found, part)
    return found


def in_words(header: object) -> str:
    """Return a header with its encoded words decoded; one that cannot be decoded, as it stands."""
    raw = " ".join(str(header or "").split())
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, ValueError):
        return raw


def kind_by_name(name: str) -> PartKind | None:
    """Return what a file is where its name alone says so; None where it may be a document."""
    return next((kind for kind, names in _BY_NAME.items() if names.search(name)), None)


def short_name(name: str) -> str:
    """Return a name as long as names may be."""
    return name[:_LONGEST_NAME]


def _leaves(part: Message, depth: int, *, forwarded: bool) -> Iterator[Message]:
    """Yield the parts that hold something; a mail in the mail is one, if what it holds is not wanted."""
    if depth > _DEEPEST:
        raise TooManyPartsError(f"parts in each other, more than {_DEEPEST} deep")
    payload = part.get_payload()
    kind = part.get_content_type()
    closed = kind in _CLOSED_TYPES and not (forwarded and kind == _FORWARDED)
    if closed or not part.is_multipart() or not isinstance(payload, list):
        yield part
        return
    for each in payload:
        if isinstance(each, Message):
            yield from _leaves(each, depth + 1, forwarded=forwarded)


def _put(found: Parts, part: Message) -> None:
    name = short_name(in_words(part.get_filename()))
    kind = _kind(part, name)
    if kind is PartKind.DOCUMENT:
        found.documents.append(Document(name or "unnamed", _bytes(part)))
    elif kind is PartKind.PICTURE:
        found.pictures.append(name or "unnamed")
    elif kind is PartKind.PACKED:
        found.packed.append(Document(name or part.get_content_type(), _bytes(part)))
        found.closed.append(name or part.get_content_type())
    elif kind is PartKind.CLOSED:
        found.closed.append(name or part.get_content_type())
    elif kind is PartKind.TEXT:
        text = _bytes(part).decode(_charset(part), "replace")
        if part.get_content_type() == "text/html":
            found.html = found.html or text
        else:
            found.text = "\n".join(filter(None, (found.text, text)))


def _kind(part: Message, name: str) -> PartKind:
    kind = part.get_content_type()
    attached = part.get_content_disposition() == "attachment"
    known = _BY_TYPE.get(kind) or kind_by_name(name)
    if known is PartKind.ALONG and _ENCRYPTED in _bytes(part):
        return PartKind.CLOSED
    if known and known is not PartKind.PICTURE:
        return known
    if part.get_content_maintype() == "text" and not attached and (not name or part["Content-ID"]):
        return PartKind.TEXT
    if known or part.get_content_maintype() == "image":
        return PartKind.ALONG if part["Content-ID"] and not attached else PartKind.PICTURE
    return PartKind.DOCUMENT if name or attached else PartKind.ALONG


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _charset(part: Message) -> str:
    try:
        return codecs.lookup(part.get_content_charset() or "utf-8").name
    except LookupError:
        return "utf-8"
