"""The files of an item of the inbox, written out for a person who looks at them before deciding."""

import zlib
from collections.abc import Iterator
from errno import ENOTDIR
from pathlib import Path

from input_packages.reading.names import plain_name
from records.inbox import Kept
from records.personal.columns import UnreadBytes
from tasks.inputs.mail.parts import Document
from tasks.installation.installation import Installation
from tasks.operations.inbox import UndecidableItemError, is_file, opened

_LEAST = 2  # how many of one name there are when the next is numbered


def save_into(installation: Installation, kept: Kept, folder: Path) -> list[Path]:
    """Write an item and its documents into a folder; return the files. None is written over another.

    Raises:
        UndecidableItemError: its bytes are not kept.
        OSError: the folder cannot be made or written into.
    """
    documents = [*_whole(installation, kept)]
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(ENOTDIR, "not a folder", str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [_write(folder, each) for each in documents]


def _whole(installation: Installation, kept: Kept) -> Iterator[Document]:
    """Yield the item as it came, and what it holds; of one that cannot be read, only itself."""
    if not is_file(kept) and kept.item.content and not isinstance(kept.item.content, UnreadBytes):
        yield Document(f"item-{kept.item.id}.eml", zlib.decompress(kept.item.content))
        try:
            _, parts = opened(installation, kept)
        except UndecidableItemError:
            return
    else:
        _, parts = opened(installation, kept)
    yield from parts.documents


def _write(folder: Path, document: Document) -> Path:
    name = Path(plain_name(document.name))
    names = (name.name, *(f"{name.stem}-{number}{name.suffix}" for number in range(_LEAST, 1000)))
    for each in names:
        try:
            with (folder / each).open("xb") as written:
                written.write(document.content)
        except FileExistsError:
            continue
        return folder / each
    raise FileExistsError(17, "a thousand files of that name", str(folder / name))
