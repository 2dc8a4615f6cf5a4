"""The manifest of a package: which files it holds, each with its size and SHA-256."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

FORMAT: Final = "mandate-keeper/input-package/1"
FACTS = "package.json"
MANIFEST = "MANIFEST.json"
SUMS = "SHA256SUMS"
FORMS = ("html", "pdf", "docx", "reading-copy")


def page_name(form: str, language: str) -> str:
    """Return the name of the document in one form and language: `package.en.html`, `reading-copy.ar.pdf`."""
    return f"{form}.{language}.pdf" if form == "reading-copy" else f"package.{language}.{form}"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Entry(_Strict):
    """One file: its size in bytes and its SHA-256 in hexadecimal."""

    name: str
    bytes: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Manifest(_Strict):
    """What a package holds, and the instant (UTC) of the newest fact it rests on."""

    format: Literal["mandate-keeper/input-package/1"] = FORMAT
    cycle: str
    facts_upto: AwareDatetime | None
    files: tuple[Entry, ...]


def entries(files: Mapping[str, bytes]) -> tuple[Entry, ...]:
    """Return the entries of `files`, by name."""
    return tuple(entry(name, files[name]) for name in sorted(files))


def entry(name: str, content: bytes) -> Entry:
    """Return the entry of one file."""
    return Entry(name=name, bytes=len(content), sha256=sha256(content).hexdigest())


def sums(listed: Iterable[Entry]) -> bytes:
    """Return the entries as a list that `sha256sum --check` understands, by name."""
    return "".join(f"{e.sha256}  {e.name}\n" for e in sorted(listed, key=lambda e: e.name)).encode()
