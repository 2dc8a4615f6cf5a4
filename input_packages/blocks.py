"""What a package is made of, whatever form it takes: sections of blocks, and blocks of runs of text.

HTML, PDF and Word are written from these alone, so that the three cannot say different things.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Way = Literal["ltr", "rtl"]


class Style(StrEnum):
    """How a run is shown. An `id` is written from left to right in every language."""

    PLAIN = "plain"
    STRONG = "strong"
    ID = "id"
    CODE = "code"
    SOFT = "soft"
    ABSENT = "absent"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style. `direction` where it may differ from the text around, `language` where it does.

    `date` is the day, or the instant, that the text stands for (ISO 8601).
    """

    text: str
    style: Style = Style.PLAIN
    direction: Way | None = None
    language: str | None = None
    date: str | None = None


Text = tuple[Run, ...]
Lines = tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; a `note` is about the page rather than the matter, an `alert` must be seen."""

    text: Text
    look: Literal["plain", "note", "alert", "source"] = "plain"
    block: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: Text
    block: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; every item has at least one line."""

    items: tuple[Lines, ...]
    numbered: bool = False
    block: Literal["bullets"] = "bullets"


@dataclass(frozen=True, slots=True)
class Definitions:
    """Pairs of what is named and what is said of it."""

    rows: tuple[tuple[Text, Text], ...]
    block: Literal["definitions"] = "definitions"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts; `alert` when it should worry."""

    number: Text
    counts: Text
    alert: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures that are read first."""

    figures: tuple[Figure, ...]
    block: Literal["tally"] = "tally"


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a text says, in a language of its own."""

    text: str
    language: str
    direction: Way
    block: Literal["quotation"] = "quotation"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; its cells have lines. The cell at `heading` names the row."""

    cells: tuple[Lines, ...]
    heading: int = 0
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption that says what it lists. `widths` are the columns' shares of the page."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    block: Literal["table"] = "table"


Block = Paragraph | Heading | Bullets | Definitions | Tally | Quotation | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the package under one heading; its `id` is the same in every language."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A package in one language, ready to be written in any form.

    `edition` says which version this is and whether it is final; `footer` how it was made.
    """

    language: str
    direction: Way
    institution: Text
    kind: str
    title: Text
    plain_title: str
    cycle: Text
    edition: Text
    contents: str
    sections: tuple[Section, ...]
    footer: str
