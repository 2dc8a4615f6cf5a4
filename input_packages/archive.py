"""The package as one ZIP archive, the same bytes for the same contents on any machine."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from pydantic import TypeAdapter

from input_packages.contents import Contents
from input_packages.documents import document, languages
from input_packages.manifest import FACTS, MANIFEST, SUMS, Entry, Manifest, entry, page_name, sums
from input_packages.packing import pack_into
from input_packages.pages import page
from input_packages.reading_copy import Attached, reading_copy
from input_packages.typeset import printed
from input_packages.word import worded
from policies.recurrence.cycle_key import CycleKey

_CONTENTS = TypeAdapter(Contents)
# What packages came to say later: where they do not, their facts are those of before, and so is their sum.
_ADDED_LATER = frozenset({"groups", "roll", "lead"})


def build(
    contents: Contents, attached: Mapping[str, Attached] | None = None, template: bytes | None = None
) -> bytes:
    """Return the package as `build_into` writes it, and raise as it does."""
    written = BytesIO()
    build_into(written, contents, attached or {}, template)
    return written.getvalue()


def build_into(
    target: BinaryIO,
    contents: Contents,
    attached: Mapping[str, Attached],
    template: bytes | None = None,
) -> None:
    """Write the package: every form and language, its annexes, facts, manifest and check sums.

    `attached` holds the contributions by the names they have in the package, `template` is the house's own
    for Word documents. The files wait on disk until all are there: every reading copy holds every PDF again,
    and they would not fit into memory together.

    Raises:
        KeyError: a contribution is not attached.
        UnfitTemplateError: the template cannot be used.
    """
    contents = _in_utc(contents)
    with TemporaryDirectory() as name:
        folder, listed = Path(name), list[Entry]()
        for file, content in _files(contents, attached, template):
            (folder / file).write_bytes(content)
            listed.append(entry(file, content))
        manifest = _manifest(contents, listed)
        (folder / MANIFEST).write_bytes(manifest)
        (folder / SUMS).write_bytes(sums([*listed, entry(MANIFEST, manifest)]))
        pack_into(target, folder)


def _files(
    contents: Contents, attached: Mapping[str, Attached], template: bytes | None
) -> Iterator[tuple[str, bytes]]:
    """Yield each file with its name, except the manifest and the check sums, which list the others."""
    yield FACTS, facts_of(contents)
    yield from ((each.file, attached[each.file].original) for each in contents.contributions)
    for language in languages(contents):
        written = document(contents, language)
        yield page_name("html", language), page(written)
        yield page_name("pdf", language), printed(written, contents.facts_upto)
        yield page_name("docx", language), worded(written, contents.facts_upto, template)
        yield page_name("reading-copy", language), reading_copy(written, contents, attached)


def file_name(contents: Contents, version: int) -> str:
    """Return the archive's name: `working-group-review_2026_v1.zip`, safe on every system."""
    parts = (re.sub(r"[^a-z0-9]+", "-", part.lower()).strip("-") for part in CycleKey.parse(contents.cycle))
    return f"{'_'.join(part for part in parts if part)}_v{version}.zip"


def facts_of(contents: Contents) -> bytes:
    """Return the contents as JSON, for machines and for comparing one version with another."""
    dumped = _CONTENTS.dump_python(_in_utc(contents), mode="json", by_alias=True)
    said = {key: value for key, value in dumped.items() if value is not None or key not in _ADDED_LATER}
    return f"{json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True)}\n".encode()


def _in_utc(contents: Contents) -> Contents:
    known_at = contents.facts_upto
    return replace(contents, facts_upto=known_at.astimezone(UTC)) if known_at else contents


def _manifest(contents: Contents, listed: Iterable[Entry]) -> bytes:
    by_name = tuple(sorted(listed, key=lambda each: each.name))
    manifest = Manifest(cycle=contents.cycle, facts_upto=contents.facts_upto, files=by_name)
    return f"{manifest.model_dump_json(indent=2)}\n".encode()
