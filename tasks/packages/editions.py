"""Editions: which version of a package it is, what changed since the last, whether it is final."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

from input_packages.archive import build_into, facts_of, file_name
from input_packages.changes import changes_between
from input_packages.contents import Change, Contents, Edition
from input_packages.manifest import FACTS
from input_packages.packing import NONSENSE
from records.database import reading
from records.packages import AssembledPackage, versions_on_record
from records.submissions import submissions_for
from tasks.inputs.contributions import in_force
from tasks.inputs.store import Attachments, Vault
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session


class NoSuchVersionError(LookupError):
    """A version of a package that is asked for is not there."""


REWORDED = (Change(kind="rules", subject=""),)


@dataclass(frozen=True, slots=True)
class Row:
    """What is recorded of one version."""

    cycle: str
    version: int
    file: str
    sha256: str
    facts_sha256: str
    changes: list[str]
    released_by: str | None
    released_on: date | None

    def columns(self) -> dict[str, Any]:
        """Return the row as the record keeps it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Made:
    """A package that was built; `is_new` where it is another than the last on record."""

    archive: Path
    contents: Contents
    row: Row
    is_new: bool


@dataclass(frozen=True, slots=True)
class Draft:
    """What a package says now, beside the last version on record; `edition` where it is settled."""

    contents: Contents
    last: AssembledPackage | None
    edition: Edition | None = None

    @property
    def stands(self) -> bool:
        """Whether the last version says what is known now."""
        return self.last is not None and self.last.facts_sha256 == self.sum

    @property
    def sum(self) -> str:
        """The sum of what the package says, whichever version says it."""
        return sha256(facts_of(replace(self.contents, edition=Edition()))).hexdigest()

    @property
    def next_version(self) -> int:
        """The number a new version would have."""
        return self.last.version + 1 if self.last else 1

    def released(self, by: str, on: date) -> "Draft":
        """Return the same as a final version, released by a person."""
        changes = (Change(kind="released", subject=by),)
        edition = Edition(
            version=self.next_version, final=True, released_by=by, released_on=on, changes=changes
        )
        return replace(self, edition=edition)

    def reworded(self) -> "Draft":
        """Return the same as a new version, because the rules or the words it is made from changed."""
        return replace(self, edition=Edition(version=self.next_version, changes=REWORDED))


def made_from(session: "Session", installation: Installation, draft: Draft, folder: Path) -> Made:
    """Build a package in the edition that it is; it lies in `folder` until somebody stores it.

    Raises:
        LostInputError: a contribution is not in the vault any more.
    """
    edition = draft.edition or _edition(installation, draft)
    contents = replace(draft.contents, edition=edition)
    vault = Vault(installation.settings.inputs, installation.settings.quarantine)
    sums = {
        each.submission.sha256: each.submission for each in in_force(submissions_for(session, contents.cycle))
    }
    attached = Attachments(vault, {each.file: sums[each.sha256] for each in contents.contributions})
    archive = folder / file_name(contents, edition.version)
    with archive.open("w+b") as written:
        build_into(written, contents, attached, _template(installation))
        written.seek(0)
        digest = file_digest(written, "sha256")
    row = Row(
        cycle=contents.cycle,
        version=edition.version,
        file=archive.name,
        sha256=digest.hexdigest(),
        facts_sha256=draft.sum,
        changes=[f"{change.kind} {change.subject}" for change in edition.changes],
        released_by=edition.released_by,
        released_on=edition.released_on,
    )
    return Made(archive, contents, row, is_new=draft.last is None or row.version > draft.last.version)


def facts_in(file: Path) -> Mapping[str, Any] | None:
    """Return the facts of an assembled package; None where the file is gone or is no package."""
    try:
        with ZipFile(file) as archive:
            facts = json.loads(archive.read(FACTS))
    except NONSENSE:
        return None
    return facts if isinstance(facts, dict) else None


def versions(installation: Installation, cycle: str | None = None) -> list[dict[str, Any]]:
    """Return every version on record, of one cycle or of all, as the documented JSON."""
    with reading(installation.engine) as session:
        return [
            {
                "cycle": each.cycle,
                "version": each.version,
                "state": "final" if each.final else "draft",
                "released_by": each.released_by,
                "released_on": each.released_on.isoformat() if each.released_on else None,
                "file": each.file,
                "sha256": each.sha256,
                "changes": each.changes or [],
            }
            for each in versions_on_record(session, cycle)
        ]


def differences(
    installation: Installation, cycle: str, old: int | None = None, new: int | None = None
) -> tuple[tuple[int, int], list[str]]:
    """Return two versions of a package, the last two if none is named, and how they differ.

    Raises:
        NoSuchVersionError: there is no such version, or its file is gone.
    """
    files = {
        row["version"]: installation.settings.packages / row["file"] for row in versions(installation, cycle)
    }
    last = max(files, default=0)
    after = new or last
    before = old or after - 1
    facts = [_facts_of(files, version, cycle) for version in (before, after)]
    return (before, after), [f"{each.kind} {each.subject}".strip() for each in changes_between(*facts)]


def _facts_of(files: Mapping[int, Path], version: int, cycle: str) -> Mapping[str, Any]:
    found = facts_in(files[version]) if version in files else None
    if found is None:
        known = ", ".join(map(str, files)) or "none"
        raise NoSuchVersionError(f"{cycle} has no version {version} that can be read; on record: {known}")
    return found


def _edition(installation: Installation, draft: Draft) -> Edition:
    """Return the edition of the last version where that stands, else of the one that follows it."""
    last = draft.last
    if last is None:
        return Edition()
    if draft.stands:
        changes = tuple(_change(each) for each in last.changes or ())
        return Edition(
            version=last.version,
            final=last.final,
            released_by=last.released_by,
            released_on=last.released_on,
            changes=changes,
        )
    before = facts_in(installation.settings.packages / last.file)
    after = json.loads(facts_of(draft.contents))
    changes = changes_between(before, after) if before else REWORDED
    return Edition(version=draft.next_version, changes=changes)


def _change(recorded: str) -> Change:
    kind, _, subject = recorded.partition(" ")
    return Change(kind=kind, subject=subject)


def _template(installation: Installation) -> bytes | None:
    own = installation.pack.folder / "house.docx"
    return own.read_bytes() if own.exists() else None
