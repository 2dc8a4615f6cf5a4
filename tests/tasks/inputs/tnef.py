"""Files in the form of `winmail.dat`, as Outlook makes them: MS-OXTNEF, with one object after the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from struct import pack

_MESSAGE, _ATTACHMENT = 1, 2
_VERSION, _CODEPAGE, _CLASS = 0x9006, 0x9007, 0x8008
_RENDERING, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_UNICODE, _OBJECT, _BOOLEAN = 0x001F, 0x000D, 0x000B
_LONG_NAME, _CONTENT_ID, _HIDDEN, _DATA_OBJECT = 0x3707, 0x3712, 0x7FFE, 0x3701
_A_MAIL = bytes.fromhex("0703020000000000c000000000000046")


@dataclass(frozen=True, slots=True)
class Inside:
    """A file to be packed: with a content id it is shown in the page; a mail is no plain file."""

    name: str
    content: bytes
    content_id: str = ""
    hidden: bool = False
    mail: bool = False


def tnef(files: Sequence[Inside], more: bytes = b"") -> bytes:
    """Return a `winmail.dat` that holds these files; `more` comes behind them."""
    head = pack("<IH", 0x223E9F78, 1)
    objects = [
        _object(_MESSAGE, _VERSION, 8, pack("<I", 0x10000)),
        _object(_MESSAGE, _CODEPAGE, 6, pack("<II", 1252, 0)),
        _object(_MESSAGE, _CLASS, 7, b"IPM.Microsoft Mail.Note\0"),
    ]
    for file in files:
        objects.append(_object(_ATTACHMENT, _RENDERING, 6, pack("<HIHHI", 1, 0xFFFFFFFF, 32, 32, 0)))
        short = file.name.encode("cp1252", "replace")
        objects.append(_object(_ATTACHMENT, _TITLE, 1, short[:8] + b".BIN\0"))
        if not file.mail:
            objects.append(_object(_ATTACHMENT, _DATA, 6, file.content))
        objects.append(_object(_ATTACHMENT, _PROPERTIES, 6, _properties(file)))
    return head + b"".join(objects) + more


def _object(level: int, name: int, kind: int, data: bytes) -> bytes:
    return pack("<BHHI", level, name, kind, len(data)) + data + pack("<H", sum(data) & 0xFFFF)


def _properties(file: Inside) -> bytes:
    given = [_of_text(_LONG_NAME, file.name)]
    if file.content_id:
        given.append(_of_text(_CONTENT_ID, file.content_id))
    if file.hidden:
        given.append(pack("<HHI", _BOOLEAN, _HIDDEN, 1))
    if file.mail:
        given.append(_of_bytes(_OBJECT, _DATA_OBJECT, _A_MAIL + tnef([])))
    return pack("<I", len(given)) + b"".join(given)


def _of_text(name: int, text: str) -> bytes:
    return _of_bytes(_UNICODE, name, f"{text}\0".encode("utf-16-le"))


def _of_bytes(kind: int, name: int, value: bytes) -> bytes:
    return pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)
