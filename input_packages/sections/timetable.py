"""The timetable of the cycle, and why its dates are what they are."""

from input_packages import labels
from input_packages.blocks import Block, Bullets, Heading, Paragraph, Row, Run, Section, Style, Table, Text
from input_packages.contents import Contents
from input_packages.speech import Speech, styled
from input_packages.timetable import Row as Dated
from input_packages.timetable import remarks_on, timetable
from language.catalogues import english
from language.explanations import arithmetic, sentence
from language.rolled_days import WHY_PROVISIONAL
from policies.status.explanation import Step

_PLANNED = english(
    "The steps are planned back from the target date or the due date, whichever is earlier. "
    "This is internal practice: a step that would fall on a non-working day is moved to a "
    "working day; the due date itself never moves."
)
_UNDATED = english(
    "No due date can be calculated yet, because the date from which it runs has not been recorded."
)


def section(c: Contents, s: Speech) -> Section:
    """Return every date of the cycle with its reasons."""
    dates = timetable(c)
    blocks: list[Block] = [_table(dates, s)] if dates else []
    if any(row.provisional for row in dates):
        blocks.append(s.note(WHY_PROVISIONAL))
    blocks.append(Heading(s.gettext(english("Basis for the dates"))))
    reasons = Bullets(tuple(_reason(step, c, s) for step in c.steps))
    blocks.append(reasons if c.steps else Paragraph(s.gettext(_UNDATED)))
    notes = [s.note(_PLANNED)] if c.milestones else []
    return Section("timetable", s.plain(english("Timetable")), (*blocks, *notes))


def _table(dates: tuple[Dated, ...], s: Speech) -> Table:
    columns = (english("Date"), english("Step"), english("Depends on"))
    return Table(
        caption=s.plain(english("The dates of this cycle")),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(Row(_cells(row, s), heading=1, marked=row.of == "due_on") for row in dates),
        widths=(4, 6, 3),
    )


def _cells(row: Dated, s: Speech) -> tuple[tuple[Text, ...], ...]:
    remarks = tuple((Run(remark, Style.SOFT),) for remark in remarks_on(row, s.language))
    step = (Run(labels.date_label(row.of, s.language)),)
    return ((s.day(row.on),), (step, *remarks), (s.basis(row.basis) if row.basis else (),))


def _reason(step: Step, c: Contents, s: Speech) -> tuple[Text, ...]:
    source = s.gettext(english("Source: %(source)s"), source=s.name(step.anchor_source, Style.SOFT))
    counted = s.isolated(arithmetic(step, s.language))
    below = (*counted, Run(" · "), *source) if counted else source
    return (s.isolated(sentence(step, s.language, c.names)), styled(below, Style.SOFT))
