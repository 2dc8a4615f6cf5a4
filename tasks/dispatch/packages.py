"""The input package that a letter announces: in the letter, or where its reader finds it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from input_packages.manifest import page_name
from language.catalogues import SOURCE
from notifications.envelope import Enclosure
from notifications.notice_content import NoticeContent
from policies.plans.notices import NoticeKind
from tasks.installation.settings import Settings

_FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_MEGABYTE = 1_000_000


class AlteredPackageError(ValueError):
    """A package is not there, or not the one that was recorded."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What a letter tells, and the files that travel with it."""

    contents: tuple[NoticeContent, ...]
    enclosures: tuple[Enclosure, ...] = ()


def announced(settings: Settings, contents: Sequence[NoticeContent], language: str) -> Announced:
    """Return what a letter states of packages, and their PDF and Word copy in `language` where they fit in.

    Raises:
        AlteredPackageError: a package is not there, or not the one that was recorded.
    """
    room = settings.package_megabytes * _MEGABYTE
    told: list[NoticeContent] = []
    enclosures: list[Enclosure] = []
    for content in contents:
        if content.kind is not NoticeKind.PACKAGE_READY or content.package is None:
            told.append(content)
            continue
        copies = (
            _copies(settings.packages / content.package, content.package_sha256, language) if room else ()
        )
        size = sum(len(each.content) for each in copies)
        fits = bool(copies) and size <= room
        room -= size if fits else 0
        enclosures += copies if fits else ()
        told.append(replace(content, package_enclosed=fits, package_at=settings.package_share))
    return Announced(tuple(told), tuple(enclosures))


def _copies(file: Path, digest: str | None, language: str) -> tuple[Enclosure, ...]:
    """Return the copies of a package in a language; where there are none in it, those in English."""
    try:
        if sha256(file.read_bytes()).hexdigest() != digest:
            raise AlteredPackageError(f"the package {file.name} is not the one that was recorded")
        with ZipFile(file) as package:
            names = package.namelist()
            spoken = [
                name.split(".")[1] for name in names if name.startswith("package.") and name.endswith(".pdf")
            ]
            chosen = next(each for each in (language, SOURCE, *spoken) if each in spoken)
            return tuple(
                Enclosure(f"{file.stem}.{chosen}.{form}", kind, package.read(page_name(form, chosen)))
                for form, kind in _FORMS.items()
            )
    except (OSError, BadZipFile, KeyError, StopIteration) as fault:
        raise AlteredPackageError(f"the package {file.name} cannot be read: {fault}") from fault
