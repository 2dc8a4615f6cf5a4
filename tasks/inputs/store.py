"""The vault: every file that came, under the SHA-256 of its bytes, which is the record; refused ones apart.

Beside a file that was taken lies the text that was read of it on the day it came, so that a package built
years later shows what was read then, whatever a reader of those years would make of it.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import file_digest, sha256
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from input_packages.reading_copy import Attached
from records.submissions import Submission


class LostInputError(LookupError):
    """A file that is on record is not in the vault any more, or is not what it was."""


@dataclass(frozen=True, slots=True)
class Vault:
    """The folders of what was taken and of what was refused."""

    taken: Path
    refused: Path

    def keep(self, file: Path, sha256: str, preview: str | None) -> Path:
        """Keep a copy of a file; with a `preview` as taken, without one as refused."""
        folder = self.refused if preview is None else self.taken
        kept = folder / sha256
        if preview is not None:
            store(kept.with_suffix(".txt"), BytesIO(preview.encode()))
        if not kept.exists():
            folder.mkdir(parents=True, exist_ok=True)
            partial = kept.with_suffix(".partial")
            shutil.copyfile(file, partial)
            partial.replace(kept)
        return kept

    def files_of(self, sha256: str) -> list[Path]:
        """Return the files that are kept of one that came: itself, and what was read of it."""
        kept = (folder / sha256 for folder in (self.taken, self.refused))
        found = (file for each in kept for file in (each, each.with_suffix(".txt")))
        return [file for file in found if file.is_file()]

    def attached(self, submission: Submission) -> Attached:
        """Return a file that was taken, and what was read of it.

        Raises:
            LostInputError: it is not there, or its bytes are not those that came.
        """
        kept = self.taken / str(submission.sha256)
        try:
            with kept.open("rb") as stream:
                whole = file_digest(stream, "sha256").hexdigest() == submission.sha256
            found = Attached(kept.read_bytes(), kept.with_suffix(".txt").read_text(encoding="utf-8"))
        except OSError as error:
            raise LostInputError(_lost(submission, "is not there", kept)) from error
        if not whole:
            raise LostInputError(_lost(submission, "is not what it was", kept))
        return found


@dataclass(frozen=True, slots=True)
class Attachments(Mapping[str, Attached]):
    """Contributions by the names they have in a package; each is read anew whenever it is asked for."""

    vault: Vault
    submissions: Mapping[str, Submission]

    def __getitem__(self, name: str) -> Attached:
        return self.vault.attached(self.submissions[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.submissions)

    def __len__(self) -> int:
        return len(self.submissions)


def _lost(submission: Submission, what: str, kept: Path) -> str:
    said = f"{submission.title!r} of {submission.person} for {submission.cycle}"
    return f"{said}: {what} in {kept}; bring it back from the backup"


def text_sum(text: str) -> str:
    """Return the SHA-256 of the text that was read of a file, as it is kept beside it."""
    return sha256(text.encode()).hexdigest()


def store(file: Path, content: BinaryIO) -> None:
    """Write a file, from the beginning of `content`, so that it is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_name(f"{file.name}.partial")
    with partial.open("wb") as stream:
        content.seek(0)
        shutil.copyfileobj(content, stream)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)
