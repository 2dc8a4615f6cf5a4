"""The package as one ZIP archive, the same bytes for the same contents on any machine.

Members are stored, not compressed: what a compressor writes depends on its version.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from pydantic import TypeAdapter

from input_packages.contents import Contents
from input_packages.manifest import FACTS, MANIFEST, SUMS, Manifest, entries, sums
from input_packages.pages import pages

_CONTENTS = TypeAdapter(Contents)
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date a ZIP archive can hold
_UNIX = 3
_REGULAR_FILE_0644 = 0o100644 << 16


def build(contents: Contents) -> bytes:
    """Return the package: its pages, its facts as JSON, the manifest and the check sums."""
    contents = _in_utc(contents)
    files = {**pages(contents), FACTS: _facts(contents)}
    files[MANIFEST] = _manifest(contents, files)
    files[SUMS] = sums(entries(files))
    return pack(files)


def pack(files: Mapping[str, bytes]) -> bytes:
    """Return `files` as an archive that depends on nothing but their names and bytes."""
    written = BytesIO()
    with ZipFile(written, "w", ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(_member(name), files[name])
    return written.getvalue()


def file_name(contents: Contents, version: int) -> str:
    """Return the archive's name: `working-group-review_2026_v1.zip`, safe on every system."""
    parts = (re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in contents.cycle.split("/"))
    return f"{'_'.join(part for part in parts if part)}_v{version}.zip"


def _in_utc(contents: Contents) -> Contents:
    known_at = contents.facts_upto
    return replace(contents, facts_upto=known_at.astimezone(UTC)) if known_at else contents


def _facts(contents: Contents) -> bytes:
    said = _CONTENTS.dump_python(contents, mode="json", by_alias=True)
    return f"{json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True)}\n".encode()


def _manifest(contents: Contents, files: Mapping[str, bytes]) -> bytes:
    manifest = Manifest(cycle=contents.cycle, facts_upto=contents.facts_upto, files=entries(files))
    return f"{manifest.model_dump_json(indent=2)}\n".encode()


def _member(name: str) -> ZipInfo:
    member = ZipInfo(name, _EPOCH)
    member.create_system = _UNIX
    member.external_attr = _REGULAR_FILE_0644
    return member
