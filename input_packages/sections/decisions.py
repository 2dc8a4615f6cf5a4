"""Decisions taken since the cycle before, and whether they were carried out."""

from input_packages.blocks import Paragraph, Row, Section, Table
from input_packages.contents import Contents, DecisionTaken
from input_packages.speech import Speech
from language.catalogues import english


def section(c: Contents, s: Speech) -> Section:
    """Return the table of decisions."""
    title = s.plain(english("Decisions and their follow-up"))
    if not c.decisions:
        return Section("decisions", title, (Paragraph(s.gettext(english("No decision is on record."))),))
    columns = (english("Decision"), english("Taken on"), english("Owner"), english("Carried out on"))
    table = Table(
        caption=s.plain(english("Decisions on record, and whether they were carried out")),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(_row(decision, s) for decision in c.decisions),
        widths=(6, 3, 3, 3),
    )
    return Section("decisions", title, (table,))


def _row(decision: DecisionTaken, s: Speech) -> Row:
    none = english("nothing recorded")
    evidence = (((s.name(decision.evidence),)),) if decision.evidence else ()
    return Row(
        (
            ((s.id(decision.id),), (s.name(decision.text),)),
            (s.date(decision.decided_on),),
            ((s.name(decision.owner),),),
            (s.date(decision.done_on, none), *evidence),
        )
    )
