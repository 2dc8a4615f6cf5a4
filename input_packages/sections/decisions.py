"""Decisions taken since the cycle before, and whether they were carried out."""

from input_packages.blocks import Lines, Paragraph, Row, Run, Section, Table
from input_packages.contents import Contents, DecisionTaken
from input_packages.speech import Speech
from language.catalogues import english
from language.decision_names import status_name


def section(c: Contents, s: Speech) -> Section:
    """Return the table of decisions."""
    title = s.plain(english("Decisions and their follow-up"))
    if not c.decisions:
        return Section("decisions", title, (Paragraph(s.gettext(english("No decision is on record."))),))
    columns = (
        english("Decision"),
        english("Taken on"),
        english("Owner"),
        english("Due date"),
        english("Carried out on"),
    )
    table = Table(
        caption=s.plain(english("Decisions on record, and whether they were carried out")),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(_row(decision, s) for decision in c.decisions),
        widths=(6, 3, 3, 3, 4),
    )
    return Section("decisions", title, (table,))


def _row(decision: DecisionTaken, s: Speech) -> Row:
    evidence = (((s.name(decision.evidence),)),) if decision.evidence else ()
    done = (s.date(decision.done_on),) if decision.done_on else _so_far(decision, s)
    return Row(
        (
            ((s.id(decision.id),), (s.name(decision.text),)),
            (s.date(decision.decided_on),),
            ((s.name(decision.owner),),),
            (s.date(decision.due_on, english("no day named")),),
            (*done, *evidence),
        )
    )


def _so_far(decision: DecisionTaken, s: Speech) -> Lines:
    """Return how far the decision is, while nobody has recorded that it was carried out."""
    if decision.status is None:
        return (s.absent(english("nothing recorded")),)
    status = (Run(status_name(decision.status, s.language)),)
    noted = ((s.name(decision.noted),),) if decision.noted else ()
    return (status, s.date(decision.noted_on), *noted)
