"""The dates of an obligation's cycles as a feed says them: as they are, as met, and as withdrawn."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from input_packages.labels import date_label
from language.catalogues import english, translations
from language.dates import format_date
from language.direction import said_in
from language.explanations import sentence
from notifications.published import Certain, EntryContent, line, plain
from policies.facts.facts import Facts
from policies.obligations.obligations import Obligation
from policies.pack.pack import Pack
from policies.recurrence.cycle_key import CycleKey
from policies.status.explanation import steps
from policies.status.status import Turn
from records.cycles import AnnouncedDate
from tasks.enforcement.notice_contents import names
from tasks.enforcement.publishing import UNDATED, Told

_DATES = {"opens": "opens_on", "due": "due_on", "target": "target_on"}
_ANNOUNCED = ("due", "target")  # what people are told of when a cycle is opened
# House practice, in days before an event.
_WARNINGS = {"due": (30, 7), "target": (14,), "inputs-due": (7,)}
_EVENT = english("%(step)s: %(title)s")
_MET = english("It was completed on %(date)s.")
_NO_DATE = english("There is no such date for now: the date from which it runs is not known.")
_WITHDRAWN = english("It no longer follows from the recorded facts.")
Announcements = Mapping[str, Sequence[AnnouncedDate]]


@dataclass(frozen=True, slots=True)
class CyclesTold:
    """The cycles of one obligation in a language, as they are known on a day."""

    pack: Pack
    obligation: Obligation
    turns: Mapping[str, Turn]
    announced: Announcements
    language: str

    def dates(self) -> Iterator[Told]:
        """Yield every date of every cycle."""
        for key, turn in self.turns.items():
            yield from self._of_turn(turn, self.announced.get(key, ()))

    def withdrawn(self) -> Iterator[Told]:
        """Yield, as cancelled, the dates that people were told of and that are none any more."""
        for key, rows in self.announced.items():
            turn = self.turns.get(key)
            for which in _ANNOUNCED:
                last = next((on for row in reversed(rows) if (on := getattr(row, _DATES[which]))), None)
                if last and not (turn and getattr(turn.cycle, _DATES[which])):
                    content = self._content(which, key, last, "", Certain.CONFIRMED)
                    yield Told(self.gone(content), rows[-1].recorded_at, len(rows))

    def gone(self, had: EntryContent) -> EntryContent:
        """Return an entry as cancelled: of a date that its cycle has no more, or of a cycle that is gone."""
        turn = self.turns.get(had.cycle)
        if turn and turn.cycle.met_on:
            return had.cancelled(self._met(turn.cycle.met_on), met=True)
        if turn and (had.which in _DATES or not turn.cycle.plan_on):
            return had.cancelled(translations(self.language).gettext(_NO_DATE))
        return withdrawn(had)

    def _met(self, on: date) -> str:
        return translations(self.language).gettext(_MET) % {"date": format_date(on, self.language)}

    def _of_turn(self, turn: Turn, told: Sequence[AnnouncedDate]) -> Iterator[Told]:
        cycle = turn.cycle
        dates = {which: on for which, name in _DATES.items() if (on := getattr(cycle, name))}
        if not cycle.met_on and not cycle.projected:
            dates |= {str(step.id): step.on for step in turn.milestones}
        certain = Certain.TENTATIVE if cycle.tentative or cycle.projected else Certain.CONFIRMED
        text = plain(self._why(turn))
        counted = max(0, len(told) - 1) + _moved_since(turn, told)
        for which, on in dates.items():
            content = self._content(which, cycle.key, on, text, certain)
            if cycle.met_on and which in _ANNOUNCED:
                content = content.completed(self._met(cycle.met_on))
            yield Told(content, UNDATED, counted)

    def _content(self, which: str, cycle: str, on: date, text: str, certain: Certain) -> EntryContent:
        step = date_label(_DATES.get(which, which), self.language)
        title = said_in(self.language, self.obligation.title)
        return EntryContent(
            cycle=cycle,
            which=which,
            on=on,
            summary=line(translations(self.language).gettext(_EVENT) % {"step": step, "title": title}),
            description=text,
            language=self.language,
            status=certain,
            warnings=_WARNINGS.get(which, ()),
            category=self.obligation.id,
        )

    def _why(self, turn: Turn) -> str:
        named = names(self.pack, turn.cycle)
        derived = steps(turn.cycle, ", ".join(self.obligation.provisions))
        return "\n".join(sentence(step, self.language, named) for step in derived)


def cycles_told(
    pack: Pack,
    obligation: Obligation,
    facts: Facts,
    as_of: date,
    until: date,
    announced: Announcements,
    language: str,
) -> CyclesTold:
    """Return the cycles of an obligation that begin by `until`, as known on `as_of`."""
    status = pack.status(obligation.id, facts, as_of, until)
    turns = {turn.cycle.key: turn for turn in status.turns}
    mine = {key: rows for key, rows in announced.items() if CycleKey.parse(key).obligation == obligation.id}
    return CyclesTold(pack, obligation, turns, mine, language)


def withdrawn(had: EntryContent) -> EntryContent:
    """Return an entry as cancelled, since nothing on record gives it any more."""
    return had.cancelled(translations(had.language).gettext(_WITHDRAWN))


def _moved_since(turn: Turn, told: Sequence[AnnouncedDate]) -> int:
    cycle = turn.cycle
    return int(bool(told) and (told[-1].due_on, told[-1].target_on) != (cycle.due_on, cycle.target_on))
