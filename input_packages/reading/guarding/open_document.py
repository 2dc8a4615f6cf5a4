"""OpenDocument texts, looked into without being opened: an archive of XML parts, listed in a manifest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from xml.parsers.expat import ExpatError
from zipfile import ZipFile, ZipInfo

from input_packages.reading.guarding import content_types
from input_packages.reading.guarding.archive import Budget, refusals_of_shape
from input_packages.reading.guarding.members import HEAD, Content, content_of
from input_packages.reading.guarding.office import NONSENSE, drained
from input_packages.reading.guarding.open_parts import OpenPart
from input_packages.reading.limits import Limits
from input_packages.reading.refusals import Refusal, RefusedError
from input_packages.reading.signatures import Kind
from input_packages.reading.xml_parts import Watch, read_xml

_TYPE_PART, _MANIFEST, _TEXT = "mimetype", "META-INF/manifest.xml", "content.xml"
_TYPE = "application/vnd.oasis.opendocument.text"
_START = 30  # bytes of the header of the first member, which is the type, by the standard
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
_OF_MACROS = ("basic/", "scripts/", "dialogs/", "java/")
_OPAQUE = frozenset({"layout-cache"})  # what LibreOffice remembers of where pages end


def begins(content: bytes) -> bool:
    """Whether an archive begins as an OpenDocument file does."""
    return content[_START:].startswith(f"{_TYPE_PART}application/".encode())


def looked_into(content: bytes, limits: Limits) -> tuple[Kind | None, list[Refusal]]:
    """Return what an OpenDocument file is, and everything it is refused for, each once."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            found = list(_Package(archive, Budget(limits)).refusals())
    except NONSENSE:
        return None, [Refusal.DAMAGED]
    return (None, list(dict.fromkeys(found))) if found else (Kind.ODT, [])


class _Manifest(Watch):
    """Keeps what the file is said to be as a whole, and whether anything in it is locked."""

    def __init__(self) -> None:
        super().__init__()
        self.type = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See what is said of one part."""
        if name == f"{_SPACE} file-entry" and attributes.get(f"{_SPACE} full-path") == "/":
            self.type = attributes.get(f"{_SPACE} media-type", "")
        elif name == f"{_SPACE} encryption-data":
            self.found.append(Refusal.ENCRYPTED)


@dataclass(slots=True)
class _Package:
    archive: ZipFile
    budget: Budget
    manifest: _Manifest = field(default_factory=_Manifest)

    def refusals(self) -> Iterator[Refusal]:
        """Yield what speaks against the file; what stops the look comes last."""
        names = self.archive.namelist()
        try:
            yield from refusals_of_shape(self.archive, self.budget.limits)
            if content_types.PART in names:
                yield Refusal.TWO_KINDS
            self._read_outline(names)
            for member in self.archive.infolist():
                yield from self._of_member(member, names)
        except RefusedError as refused:
            yield refused.refusal

    def _read_outline(self, names: list[str]) -> None:
        """Read what the file is: it has to say so twice, and to have a text.

        Raises:
            RefusedError: it does not, or is locked.
        """
        if not {_TYPE_PART, _MANIFEST, _TEXT} <= set(names):
            raise RefusedError(Refusal.OTHER_KIND)
        chunks = self.budget.chunks(self.archive, self.archive.getinfo(_MANIFEST))
        try:
            read_xml(chunks, self.manifest)
        except ExpatError:
            raise RefusedError(Refusal.DAMAGED) from None
        if self.manifest.found:
            raise RefusedError(Refusal.ENCRYPTED)
        said = b"".join(self.budget.chunks(self.archive, self.archive.getinfo(_TYPE_PART)))
        if said != _TYPE.encode() or self.manifest.type != _TYPE:
            raise RefusedError(Refusal.OTHER_KIND)

    def _of_member(self, member: ZipInfo, names: list[str]) -> Iterator[Refusal]:
        name = member.filename
        if name.lower().startswith(_OF_MACROS):
            yield Refusal.MACROS
        if name in {_TYPE_PART, _MANIFEST}:
            return
        chunks = self.budget.chunks(self.archive, member)
        first = next(chunks, b"")
        content = content_of(first[:HEAD])
        if content is Content.XML:
            yield from self._of_xml(chain([first], chunks), OpenPart(names, name))
            return
        drained(chunks)
        is_known = content is Content.HARMLESS or (content is Content.UNKNOWN and name in _OPAQUE)
        if not is_known:
            yield Refusal.EMBEDDED

    def _of_xml(self, chunks: Iterator[bytes], watch: OpenPart) -> Iterator[Refusal]:
        try:
            read_xml(chunks, watch)
            yield from watch.found
        except ExpatError:
            drained(chunks)
            yield Refusal.DAMAGED
