"""`winmail.dat`, which Outlook packs attachments into: what lies in it is the sender's, as if attached."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from input_packages.reading.confinement import Kernel
from tasks.inputs.mail.parts import Document, PartKind, Parts, kind_by_name, short_name

_SECONDS: Final = 20.0
_MOST: Final = 3  # of one mail; mail programs make one
_ROOT: Final = Path(__file__).parents[3]


class Packed(BaseModel):
    """A file in a `winmail.dat`: where its bytes begin and how many they are, and how it lies there.

    It is `beside` where a page shows it, as a letterhead, or where it is hidden. `at` is null where it is no
    plain file but a mail or an object of Office.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    at: int | None
    size: int
    beside: bool


_PACKED: Final = TypeAdapter[list[Packed]](list[Packed])


class UnopenableError(ValueError):
    """A `winmail.dat` cannot be opened: it is damaged, too heavy, or something else."""


def unpacked(parts: Parts, kernel: Kernel, *, only_confined: bool = False) -> Parts:
    """Return the parts of a mail with what its `winmail.dat` holds among them.

    One that cannot be opened stays among what a person has to open; so does every one if `only_confined` is
    set and the kernel cannot confine a process.
    """
    if only_confined and kernel.missing:
        return parts
    found = replace(parts, packed=[], documents=[*parts.documents], pictures=[*parts.pictures])
    found.closed = [*parts.closed]
    for each in parts.packed[:_MOST]:
        try:
            inside = _opened(each.content)
        except UnopenableError:
            continue
        found.closed.remove(each.name)
        for packed in inside:
            _put(found, packed, each.content)
    return found


def _put(found: Parts, packed: Packed, content: bytes) -> None:
    name = short_name(packed.name) or "unnamed"
    kind = kind_by_name(name)
    if packed.beside or kind is PartKind.ALONG:
        return
    if kind is PartKind.PICTURE:
        found.pictures.append(name)
    elif packed.at is None or kind is not None:
        found.closed.append(name)
    else:
        found.documents.append(Document(name, content[packed.at : packed.at + packed.size]))


def _opened(content: bytes) -> list[Packed]:
    """Return what lies in a `winmail.dat`, read in a bound and confined process without our environment.

    Raises:
        UnopenableError: it cannot be read, or not within the time and the memory there are for it.
    """
    try:
        said = subprocess.run(
            [sys.executable, "-m", "tasks.inputs.mail.winmail_child"],
            input=content,
            capture_output=True,
            check=True,
            timeout=_SECONDS,
            cwd=_ROOT,
            env={"LC_ALL": "C.UTF-8", "PATH": os.defpath},
        ).stdout
        return _PACKED.validate_json(said)
    except (subprocess.SubprocessError, ValidationError) as error:
        raise UnopenableError("a winmail.dat that cannot be opened") from error
