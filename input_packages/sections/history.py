"""How earlier cycles ended, and what proves it."""

from input_packages import labels
from input_packages.blocks import Paragraph, Row, Run, Section, Style, Table
from input_packages.contents import Contents, PastCycle
from input_packages.speech import Speech
from language.catalogues import english
from policies.status.states import State

_BROKEN = frozenset({State.MET_LATE, State.MISSED, State.OVERDUE})


def section(c: Contents, s: Speech) -> Section:
    """Return the table of earlier cycles."""
    title = s.plain(english("Earlier cycles"))
    if not c.history:
        return Section("history", title, (Paragraph(s.gettext(english("No earlier cycle is on record."))),))
    columns = (
        english("Cycle"),
        english("Due date"),
        english("Met on"),
        english("Outcome"),
        english("Evidence"),
    )
    table = Table(
        caption=s.plain(english("How earlier cycles ended")),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(_row(cycle, s) for cycle in c.history),
        widths=(3, 3, 3, 3, 4),
    )
    return Section("history", title, (table,))


def _row(cycle: PastCycle, s: Speech) -> Row:
    none = english("none recorded")
    style = Style.ALERT if cycle.state in _BROKEN else Style.PLAIN
    return Row(
        (
            (s.cycle(cycle.name),),
            (s.date(cycle.due_on, english("none")),),
            (s.date(cycle.met_on, none),),
            ((Run(labels.state_label(cycle, s.language), style),),),
            ((s.name(cycle.evidence),) if cycle.evidence else s.absent(none),),
        )
    )
