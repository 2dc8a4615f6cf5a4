"""XML parts, read as a stream: no DOCTYPE, no depth without end, no encoding that Office does not write."""

from collections.abc import Iterable, Mapping
from xml.parsers.expat import ParserCreate

from input_packages.reading.refusals import Refusal, RefusedError

DEEPEST = 200  # elements in one another; tables in tables in tables come to about fifty
_ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii", "iso-8859-1"})


class Watch:
    """Watches one part go by. Names of elements and attributes are `namespace name`, as expat joins them.

    With `wanted`, it sees only elements of these names and the text in them: a sheet has millions of others.
    """

    wanted: frozenset[str] | None = None

    def __init__(self) -> None:
        self.found: list[Refusal] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """See an element begin."""

    def text(self, data: str) -> None:
        """See some of the text of the element that began last and has not ended; it may come in pieces."""

    def end(self, name: str) -> None:
        """See an element end."""

    def close(self) -> None:
        """See the part end."""


class _Bounds:
    """Passes on what expat sees, and refuses what no ordinary part has."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._depth = self._within = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise RefusedError(Refusal.TOO_HEAVY)
        wanted = self._watch.wanted
        if wanted is None or self._within or name in wanted:
            self._within += wanted is not None
            self._watch.start(name, attributes)

    def end(self, name: str) -> None:
        self._depth -= 1
        wanted = self._watch.wanted
        if wanted is None or self._within:
            self._within -= wanted is not None
            self._watch.end(name)

    def text(self, data: str) -> None:
        if self._within or self._watch.wanted is None:
            self._watch.text(data)


def _refuse_doctype(*_declared: object) -> None:
    raise RefusedError(Refusal.DOCTYPE)


def _refuse_odd_encoding(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in _ENCODINGS:
        raise RefusedError(Refusal.DAMAGED)


def read_xml(chunks: Iterable[bytes], watch: Watch) -> None:
    """Show one part to `watch`, from its beginning to its end.

    Raises:
        RefusedError: it declares a DOCTYPE, is nested too deep, or has an encoding that Office never writes.
        ExpatError: it is no well-formed XML.
    """
    bounds = _Bounds(watch)
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.XmlDeclHandler = _refuse_odd_encoding
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = bounds.start
    parser.EndElementHandler = bounds.end
    parser.CharacterDataHandler = bounds.text
    for chunk in chunks:
        parser.Parse(chunk)
    parser.Parse(b"", True)  # noqa: FBT003 (expat takes it by position only)
    watch.close()
