"""Speaking one language in runs of text: words, dates, names and ids, each shown as what it is."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from input_packages import labels
from input_packages.blocks import Paragraph, Run, Style, Text
from language.catalogues import SOURCE, spoken, translations
from language.cldr_names import listed
from language.cycle_names import cycle_name
from language.dates import format_date, format_day
from language.direction import CLOSE_ISOLATE, OPEN_ISOLATE, direction, way_of, without_marks
from language.forgotten import forgotten_in
from policies.recurrence.cycles import Basis

Piece = Run | Text | str | int
_GAP = re.compile(r"%\((\w+)\)s|(%%)")
_ISOLATED = re.compile(f"{OPEN_ISOLATE}([^{OPEN_ISOLATE}{CLOSE_ISOLATE}]*){CLOSE_ISOLATE}")


@dataclass(frozen=True, slots=True)
class Speech:
    """One language. Its sentences come from the catalogue; what they mention is put in as runs."""

    language: str

    def gettext(self, pattern: str, **pieces: Piece) -> Text:
        """Return a sentence of the catalogue with its gaps filled."""
        return tuple(self._filled(translations(self.language).gettext(pattern), pieces))

    def ngettext(self, one: str, many: str, count: int, **pieces: Piece) -> Text:
        """Return a sentence whose form depends on a number; `%(num)s` stands for the number."""
        found = translations(self.language).ngettext(one, many, count)
        return tuple(self._filled(found, {"num": count, **pieces}))

    def plain(self, pattern: str) -> str:
        """Return a sentence without gaps as mere words, for headings and captions."""
        return translations(self.language).gettext(pattern)

    def words(self, words: Mapping[str, str]) -> Text:
        """Return the words of the language, else the English ones, marked as such."""
        if own := words.get(spoken(self.language)):
            return (Run(own),)
        return (Run(words[SOURCE], direction=direction(SOURCE), language=SOURCE),)

    def name(self, text: str, style: Style = Style.PLAIN) -> Run:
        """Return a name that may run either way."""
        said = forgotten_in(text, self.language)
        return Run(without_marks(said), style, way_of(said))

    def id(self, text: str, style: Style = Style.ID) -> Run:
        """Return an id, a file name or a sum: from left to right in every language."""
        return Run(without_marks(forgotten_in(text, self.language)), style, "ltr")

    def absent(self, pattern: str) -> Text:
        """Return words that stand where there is nothing."""
        return (Run(self.plain(pattern), Style.ABSENT),)

    def date(self, on: dt.date | None, otherwise: str = "") -> Text:
        """Return a date in words, else that there is none."""
        if on is None:
            return self.absent(otherwise)
        return (Run(format_date(on, self.language), date=on.isoformat()),)

    def day(self, on: dt.date) -> Text:
        """Return a date with its weekday."""
        return (Run(format_day(on, self.language), date=on.isoformat()),)

    def cycle(self, name: str) -> Text:
        """Return what people call a cycle, from its name or its key."""
        said = cycle_name(name, self.language)
        return (self.id(said),) if said in name else (Run(said),)

    def instant(self, at: dt.datetime) -> Text:
        """Return an instant, in UTC."""
        said = labels.instant(at, self.language)
        return self.isolated(said, date=at.astimezone(dt.UTC).isoformat())

    def isolated(self, sentence: str, date: str | None = None) -> Text:
        """Return a sentence of the language room, with what it isolates as runs of their own."""
        parts = enumerate(_ISOLATED.split(sentence))
        found = (
            self.name(part) if at % 2 else Run(without_marks(part), date=date) for at, part in parts if part
        )
        return tuple(found)

    def listed(self, texts: Sequence[Text]) -> Text:
        """Return texts as a list: `A, B and C`."""
        gaps = {f"text{number}": text for number, text in enumerate(texts)}
        return tuple(self._filled(listed((f"%({gap})s" for gap in gaps), spoken(self.language)), gaps))

    def basis(self, whose: str) -> Text:
        """Return whose number or demand it is; the mandate's stands out."""
        style = Style.STRONG if whose == Basis.MANDATE else Style.SOFT
        return (Run(labels.basis_label(whose, self.language), style),)

    def note(self, pattern: str, **pieces: Piece) -> Paragraph:
        """Return a note of the catalogue as a paragraph."""
        return Paragraph(self.gettext(pattern, **pieces), "note")

    def _filled(self, sentence: str, pieces: Mapping[str, Piece]) -> list[Run]:
        found: list[Run] = []
        end = 0
        for gap in _GAP.finditer(sentence):
            found += self.isolated(sentence[end : gap.start()])
            found += self._runs("%" if gap[2] else pieces[gap[1]])
            end = gap.end()
        return [*found, *self.isolated(sentence[end:])]

    def _runs(self, piece: Piece) -> Text:
        if isinstance(piece, Run):
            return (piece,)
        return piece if isinstance(piece, tuple) else (Run(forgotten_in(str(piece), self.language)),)


def styled(text: Text, style: Style) -> Text:
    """Return the text with every run in one style."""
    return tuple(replace(run, style=style) for run in text)


def plain(text: Text) -> str:
    """Return a text as mere letters."""
    return "".join(run.text for run in text)
