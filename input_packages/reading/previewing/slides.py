"""The text of a PowerPoint presentation, slide by slide, and what of it is not in its text."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import ZipFile

from input_packages.reading.guarding.relations import parts_of
from input_packages.reading.previewing.office_parts import Parts
from input_packages.reading.previewing.preview import STRUCK_SAID, Preview, counted
from input_packages.reading.previewing.slide import Slide, SlideList

_COUNTED: Final = {
    "hidden": ("shape that is hidden", "shapes that are hidden"),
    "drawing": ("picture, chart or drawing", "pictures, charts or drawings"),
    "formula": ("formula", "formulas"),
    "comments": ("page of comments", "pages of comments"),
    "notes": ("page of notes for the speaker", "pages of notes for the speaker"),
    "background": ("background with a text on it", "backgrounds with a text on them"),
}


def preview_of_slides(content: bytes, _longest: int) -> Preview:
    """Return the text of the slides that are shown, and what is in the file besides it."""
    with ZipFile(BytesIO(content)) as archive:
        deck = _Deck(Parts(archive))
        lines = list(deck.lines())
    counts = [f"Left out: {counted(deck.counts[k], *w)}." for k, w in _COUNTED.items() if deck.counts[k]]
    struck = [STRUCK_SAID] if deck.is_struck else []
    return Preview(text="\n".join(lines), left_out=(*struck, *deck.left_out, *counts))


class _Deck:
    def __init__(self, parts: Parts) -> None:
        self.left_out: list[str] = []
        self.counts: Counter[str] = Counter()
        self.is_struck = False
        self._parts = parts

    def lines(self) -> Iterator[str]:
        """Yield the number of each slide that is shown, and the lines on it."""
        (main,) = parts_of("", self._parts.relations(""), "officedocument")
        relations, listed = {each.id: each for each in self._parts.relations(main)}, SlideList()
        self._parts.read(main, listed)
        layouts: set[str] = set()
        for number, name in enumerate(listed.relations, 1):
            (part,) = parts_of(main, [relations[name]], "slide")
            slide = Slide()
            self._parts.read(part, slide)
            if slide.is_hidden:
                self.left_out.append(f"Left out: the hidden slide {number}.")
                continue
            self.counts += slide.counts
            self.is_struck |= slide.is_struck
            layouts |= self._around(part)
            yield f"Slide {number}"
            yield from slide.lines
        backgrounds = layouts | {master for each in layouts for master in self._masters(each)}
        self.counts["background"] += sum(map(self._says_something, backgrounds))

    def _around(self, part: str) -> set[str]:
        """Count what belongs to a slide and is not on it, and return the layout that it stands on."""
        relations = self._parts.relations(part)
        self.counts["comments"] += sum(each.kind.startswith("comment") for each in relations)
        notes = parts_of(part, relations, "notesslide")
        self.counts["notes"] += sum(map(self._is_written_on, notes))
        return set(parts_of(part, relations, "slidelayout"))

    def _masters(self, layout: str) -> Iterator[str]:
        yield from parts_of(layout, self._parts.relations(layout), "slidemaster")

    def _is_written_on(self, part: str) -> bool:
        page = Slide()
        self._parts.read(part, page)
        return any(not line.isdigit() for line in page.lines)

    def _says_something(self, part: str) -> bool:
        """Whether a background shows a text of its own, not the places where slides put theirs."""
        background = Slide(own_shapes_only=True)
        self._parts.read(part, background)
        return bool(background.lines)
