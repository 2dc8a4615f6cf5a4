"""The words of a statement in one language, as tables that every kind of file is written from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from input_packages.labels import anchor_label, instant
from language.attention import Wording
from language.catalogues import english, english_plural, translations
from language.cycle_names import STANDING, cycle_name
from language.dates import format_date
from language.direction import direction, inside, said_in
from language.durations import pluralise
from language.notice_names import kind_name, notice_state_name
from language.state_names import state_name
from policies.recurrence.cycles import Cycle
from policies.status.status import ObligationStatus
from records.ledger.deliveries import returned_letters, state_seen
from records.ledger.ledger import notices_about
from tasks.statement.figures import COMING_DAYS, Figure, Sources
from tasks.statement.issue import Issue
from tasks.status.attention import Attention, attention_on

Cell = str | int | date | None
_LATE = english_plural("one day late", "%(num)s days late")
_TELLING = frozenset({"overdue", "escalation", "hand-over"})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its heading, what is said under it, and its columns."""

    name: str
    note: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Paper:
    """A statement in one language."""

    language: str
    direction: str
    title: str
    institution: str
    lines: Sequence[str]
    sheets: Sequence[Sheet]


def paper(issue: Issue, sources: Sources, found: Sequence[Figure], language: str) -> Paper:
    """Return the statement in the words of a language."""
    say = translations(language).gettext
    sheets = (_figures(found, language), _obligations(sources, language), _coming(sources, language))
    return Paper(
        language=language,
        direction=direction(language),
        title=say(_TITLE) % {"on": format_date(sources.as_of, language)},
        institution=said_in(language, sources.installation.pack.instrument.institution),
        lines=list(_lines(issue, language)),
        sheets=[*sheets, _findings(sources, language)],
    )


_TITLE = english("Statement of mandates as of %(on)s")
_VERSION = english("Statement %(name)s, version %(version)s. Drawn up %(at)s, from what was on record then.")
_CORRECTS = english("This version corrects the one before it: %(reason)s")
_FOR = english("For the Coordinator and the Executive Committee.")


def _lines(issue: Issue, language: str) -> Iterator[str]:
    say = translations(language).gettext
    yield say(_FOR)
    version = {"name": inside(issue.name, language), "version": issue.version}
    yield say(_VERSION) % {**version, "at": instant(issue.known_at, language)}
    if issue.reason:
        yield say(_CORRECTS) % {"reason": inside(issue.reason, language)}


def _figures(found: Sequence[Figure], language: str) -> Sheet:
    say = translations(language).gettext
    unavailable = say(_UNAVAILABLE)
    rows = [
        [
            say(figure.measure.name),
            unavailable if figure.value is None else figure.value,
            say(figure.measure.definition),
            say(figure.measure.source),
            figure.as_of,
        ]
        for figure in found
    ]
    columns = [say(_FIGURE), say(_NUMBER), say(_DEFINITION), say(_SOURCE), say(_AS_OF)]
    return Sheet(say(_FIGURES), "", columns, rows)


_FIGURES, _FIGURE, _NUMBER = english("Figures"), english("Figure"), english("Number")
_DEFINITION, _SOURCE, _AS_OF = english("What it counts"), english("Source"), english("As of")
_UNAVAILABLE = english("unavailable")


def _obligations(sources: Sources, language: str) -> Sheet:
    say = translations(language).gettext
    columns = [say(each) for each in _OF_OBLIGATION]
    rows = [_obligation(each, sources, language) for each in sources.statuses]
    return Sheet(say(_OBLIGATIONS), "", columns, rows)


_OBLIGATIONS = english("Obligations")
_OF_OBLIGATION = (
    english("Obligation"),
    english("Provision"),
    english("Cycle"),
    english("State"),
    english("Due date"),
    english("Internal target date"),
    english("Days late"),
    english("Last carried out"),
    english("Informed"),
)


def _obligation(status: ObligationStatus, sources: Sources, language: str) -> list[Cell]:
    turn, cycle = status.current, status.current.cycle
    return [
        said_in(language, status.obligation.title),
        ", ".join(status.obligation.provisions),
        cycle_name(cycle.name, language),
        state_name(turn.state, language),
        cycle.due_on,
        cycle.target_on,
        turn.days_overdue or None,
        status.last_met_on,
        _told(status, sources, language),
    ]


def _told(status: ObligationStatus, sources: Sources, language: str) -> str:
    """Return who was told that the cycle is past its due date, and what became of that."""
    key = status.current.cycle.key
    told = [notice for notice in notices_about(sources.session, key) if notice.kind in _TELLING]
    returned = returned_letters(sources.session, {notice.letter for notice in told if notice.letter})
    return "; ".join(
        f"{sources.directory.name_of(notice.person)}: {kind_name(notice.kind, language)}, "
        f"{notice_state_name(state_seen(notice, returned), language)}"
        for notice in told
    )


def _coming(sources: Sources, language: str) -> Sheet:
    say = translations(language).gettext
    until = sources.as_of + timedelta(days=COMING_DAYS)
    ahead = [
        (plan_on, each, turn.cycle)
        for each in sources.statuses
        for turn in each.turns
        if (plan_on := turn.cycle.plan_on) and sources.as_of < plan_on <= until and not turn.cycle.met_on
    ]
    ahead.sort(key=lambda each: (each[0], each[2].key))
    rows: list[list[Cell]] = [
        [
            plan_on,
            said_in(language, each.obligation.title),
            cycle_name(cycle.name, language),
            _which(cycle, plan_on, language),
        ]
        for plan_on, each, cycle in ahead
    ]
    columns = [say(_DAY), say(_OF_OBLIGATION[0]), say(_OF_OBLIGATION[2]), say(_WHAT)]
    return Sheet(say(_COMING), say(_COMING_NOTE) % {"num": COMING_DAYS}, columns, rows)


_COMING, _DAY, _WHAT = english("What is coming"), english("Day"), english("What it is")
_COMING_NOTE = english("Due dates and internal target dates of the next %(num)s days.")
_DUE, _TARGET = english("Due date"), english("Internal target date")


def _which(cycle: Cycle, plan_on: date, language: str) -> str:
    return translations(language).gettext(_DUE if cycle.due_on == plan_on else _TARGET)


def _findings(sources: Sources, language: str) -> Sheet:
    say = translations(language).gettext
    found = [attention for each in sources.statuses for attention in attention_on(each)]
    found.sort(key=lambda each: (each.rank, each.subject))
    rows: list[list[Cell]] = [[*_finding(each, sources, language)] for each in found]
    breaches = [breach for each in sources.statuses for breach in each.breaches]
    late = [
        [_called(each.cycle, sources, language), pluralise(_LATE, each.days_late, language)]
        for each in breaches
    ]
    columns = [say(_ABOUT), say(_FOUND)]
    return Sheet(say(_FINDINGS), say(_FINDINGS_NOTE), columns, [*rows, *late])


_FINDINGS, _ABOUT, _FOUND = (
    english("Findings and due dates not met"),
    english("About"),
    english("What was found"),
)
_FINDINGS_NOTE = english("A due date that was not met remains listed when the cycle is completed later.")


def _finding(attention: Attention, sources: Sources, language: str) -> tuple[str, str]:
    pack = sources.installation.pack
    names = {obligation.id: obligation.title for obligation in pack.obligations.values()}
    names |= {**pack.instrument.meetings, **pack.instrument.events}
    wording = Wording(language, format_date, partial(anchor_label, language=language, names=names))
    return _called(attention.subject, sources, language), attention.told(wording)


def _called(subject: str, sources: Sources, language: str) -> str:
    """Return what people call an obligation or one of its cycles, by the key that a finding is about."""
    name, _, cycle = subject.partition("/")
    obligation = sources.installation.pack.obligations.get(name)
    title = said_in(language, obligation.title) if obligation else inside(name, language)
    if not cycle or cycle == STANDING:
        return title
    return translations(language).gettext(_CYCLE_OF) % {"words": title, "inside": cycle_name(cycle, language)}


_CYCLE_OF = english("%(words)s (%(inside)s)")
