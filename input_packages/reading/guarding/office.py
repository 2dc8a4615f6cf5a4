"""Word, Excel and PowerPoint files, looked into without being opened: XML parts and their relations."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain
from typing import IO
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 (zlib spells its exception in small letters)

from input_packages.reading.guarding import content_types, relations
from input_packages.reading.guarding.archive import Budget, is_active_by_name, refusals_of_shape
from input_packages.reading.guarding.content_types import ContentTypes
from input_packages.reading.guarding.members import HEAD, Content, content_of
from input_packages.reading.guarding.parts import Part
from input_packages.reading.guarding.relations import Relation, Relations
from input_packages.reading.limits import Limits
from input_packages.reading.refusals import Refusal, RefusedError
from input_packages.reading.signatures import Kind
from input_packages.reading.xml_parts import Watch, read_xml

NONSENSE = (BadZipFile, EOFError, OSError, RuntimeError, ValueError, ZlibError)
_VML = "vmldrawing"


def looked_into(content: bytes, limits: Limits) -> tuple[Kind | None, list[Refusal]]:
    """Return what an Office archive is, and everything it is refused for, each once."""
    return _looked_into(BytesIO(content), Budget(limits), is_inside=False)


def _looked_into(stream: IO[bytes], budget: Budget, *, is_inside: bool) -> tuple[Kind | None, list[Refusal]]:
    try:
        with ZipFile(stream) as archive:
            package = _Package(archive, budget, is_inside=is_inside)
            found = list(package.refusals())
    except NONSENSE:
        return None, [Refusal.DAMAGED]
    return (None, list(dict.fromkeys(found))) if found else (package.kind, [])


@dataclass(slots=True)
class _Package:
    archive: ZipFile
    budget: Budget
    is_inside: bool
    kind: Kind | None = None
    types: ContentTypes = field(default_factory=ContentTypes)
    relations: dict[str, list[Relation]] = field(default_factory=dict)

    def refusals(self) -> Iterator[Refusal]:
        """Yield what speaks against the file; what stops the look comes last."""
        try:
            yield from refusals_of_shape(self.archive, self.budget.limits)
            yield from self._of_outline()
            for member in self.archive.infolist():
                yield from self._of_member(member)
        except RefusedError as refused:
            yield refused.refusal

    def _of_outline(self) -> Iterator[Refusal]:
        """Read what the parts are and how they hang together."""
        names = self.archive.namelist()
        if content_types.PART in names:
            yield from self._of_xml(self.archive.getinfo(content_types.PART), self.types)
        yield from self.types.refusals(names)
        for name in names:
            if name.lower().endswith(relations.ENDING):
                yield from self._of_relations(name)
        main = relations.parts_of("", self.relations.get("", []), "officedocument")
        self.kind = self.types.kind(list(main))
        if self.kind is None:
            raise RefusedError(Refusal.OTHER_KIND)

    def _of_relations(self, name: str) -> Iterator[Refusal]:
        kept = Relations()
        yield from self._of_xml(self.archive.getinfo(name), kept)
        self.relations[relations.source_of(name)] = kept.all
        yield from (refusal for relation in kept.all if (refusal := relation.refusal()))

    def _of_member(self, member: ZipInfo) -> Iterator[Refusal]:
        name = member.filename
        if name == content_types.PART or name.lower().endswith(relations.ENDING):
            return
        chunks = self.budget.chunks(self.archive, member)
        first = next(chunks, b"")
        content, chunks = content_of(first[:HEAD]), chain([first], chunks)
        if content is Content.XML:
            yield from self._of_xml(member, Part())
        elif content is Content.ARCHIVE:
            yield from self._of_archive(name, chunks)
        else:
            drained(chunks)
            is_known = content is Content.HARMLESS or is_active_by_name(name)
            if not (is_known or (content is Content.UNKNOWN and self.types.is_opaque(name))):
                yield Refusal.EMBEDDED

    def _of_xml(self, member: ZipInfo, watch: Watch) -> Iterator[Refusal]:
        """Show one part to a watch, and read it to its end whatever is in it, for it is counted."""
        chunks = self.budget.chunks(self.archive, member)
        is_old_drawing = _VML in self.types.of(member.filename)
        try:
            read_xml(_closed(chunks) if is_old_drawing else chunks, watch)
            yield from watch.found
        except ExpatError:
            drained(chunks)
            yield Refusal.DAMAGED
        except RefusedError as refused:
            if refused.refusal is Refusal.BOMB:
                raise
            yield refused.refusal

    def _of_archive(self, name: str, chunks: Iterable[bytes]) -> Iterator[Refusal]:
        """Look into the workbook of a chart; any other archive is a file inside a file."""
        if self.is_inside or name not in self._workbooks_of_charts():
            drained(chunks)
            yield Refusal.EMBEDDED
            return
        inside = BytesIO(b"".join(chunks))
        kind, found = _looked_into(inside, self.budget, is_inside=True)
        yield from found if found or kind is Kind.EXCEL else [Refusal.EMBEDDED]

    def _workbooks_of_charts(self) -> set[str]:
        charts = {part for part in self.relations if content_types.CHART.search(self.types.of(part))}
        return {w for part in charts for w in relations.parts_of(part, self.relations[part], "package")}


def _closed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Close the line breaks in drawings of old comments, which Excel itself leaves open."""
    yield from (chunk.replace(b"<br>", b"<br/>") for chunk in chunks)


def drained(chunks: Iterable[bytes]) -> None:
    """Unpack a member to its end, for it is counted."""
    for _ in chunks:
        pass
