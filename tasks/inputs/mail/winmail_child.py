"""The process that reads one `winmail.dat`: bytes on the standard input, JSON on the standard output.

It is bound, and confined by the kernel as far as that can, before it looks at what a stranger wrote.
It says where each file lies in these bytes and nothing of what it holds. Whatever it does not understand ends
it with an error: a library that skips what is damaged would give half of a document.
"""

import json
import logging
import os
import resource
import sys
from codecs import lookup
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from encodings.aliases import aliases

from tnefparse import TNEF
from tnefparse.tnef import TNEFAttachment

from input_packages.reading.confinement import confine, this_kernel

_MEMORY, _SECONDS = 1024 * 1024 * 1024, 5  # bytes of address space; seconds of the processor
_MOST = 200  # files
_CONTENT_ID, _HIDDEN = 0x3712, 0x7FFE  # MS-OXPROPS: PidTagAttachContentId, PidTagAttachmentHidden


def load_encodings() -> None:
    """Load what names may be written in: once this process is confined, it can load nothing more."""
    for name in sorted({*aliases.values(), "utf-16", "cp1252"}):
        with suppress(LookupError):  # what other systems alone have
            lookup(name)


def bind() -> None:
    """Bind this process in memory and time; from here on it writes no file."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def packed(content: bytes) -> Iterator[dict[str, object]]:
    """Yield of each file its name, where its bytes begin, how many they are, and if it only travels along.

    Raises:
        ValueError: a part is damaged, or there are more files than people send.
    """
    tnef = TNEF(content)
    if not all(each.good_checksum for each in tnef.objects):
        raise ValueError("a part is damaged")
    if len(tnef.attachments) > _MOST:
        raise ValueError(f"more than {_MOST} files")
    plain = [each.data for each in tnef.objects if each.name == TNEF.ATTATTACHDATA]
    for each in tnef.attachments:
        is_plain = any(each.data is data for data in plain)
        yield {
            "name": _name(each),
            "at": content.find(each.data) if is_plain else None,
            "size": len(each.data),
            "beside": any(a.name in (_CONTENT_ID, _HIDDEN) and a.data for a in each.mapi_attrs),
        }


def _name(attachment: TNEFAttachment) -> str:
    """Return what a file is called; the short name may be in the encoding of its sender's computer."""
    try:
        return str(attachment.long_filename())
    except UnicodeDecodeError:
        return bytes(attachment._name).decode(attachment.codepage or "cp1252", "replace").strip("\0")


def read(look: Callable[[bytes], Iterable[Mapping[str, object]]]) -> None:
    """Say what `look` finds in the bytes that are given to this process, and end it."""
    logging.disable()
    given = sys.stdin.buffer.read()
    load_encodings()
    bind()
    confine(this_kernel())
    json.dump(list(look(given)), sys.stdout)
    sys.stdout.flush()
    os._exit(0)  # what Python does besides at its end may not be done here any more


if __name__ == "__main__":
    read(packed)
