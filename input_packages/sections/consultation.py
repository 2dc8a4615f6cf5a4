"""The consultation that the text demands: who was invited, within which period, and what they said."""

from input_packages.blocks import Paragraph, Row, Section, Table
from input_packages.contents import Contents
from input_packages.sections.asked import answer, answered_on
from input_packages.speech import Speech
from language.catalogues import english

_SHORT = english("%(count)s of %(total)s have not been invited; the text requires that all be consulted.")
_WHOLE = english("All %(total)s whom the text requires to be consulted were invited.")
_LOST = english("%(count)s of %(total)s could not be reached; the text requires that all be consulted.")
_SILENCE = english(
    "Entities that did not reply are recorded as consulted; silence is not taken as agreement."
)


def section(c: Contents, s: Speech) -> Section | None:
    """Return the log of the consultation; None where the text demands none."""
    consulted = [asked for asked in c.asked if asked.consulted]
    if not consulted:
        return None
    left_out = sum(1 for each in consulted if not each.asked_on and not each.answered_on)
    lost = sum(1 for each in consulted if each.unreached)
    first = (
        Paragraph(s.gettext(_SHORT, count=left_out, total=len(consulted)), "alert")
        if left_out
        else Paragraph(s.gettext(_WHOLE, total=len(consulted)))
    )
    reached = [Paragraph(s.gettext(_LOST, count=lost, total=len(consulted)), "alert")] if lost else []
    closes = s.date(c.consultation_closes_on, english("a day that is not planned"))
    period = Paragraph(s.gettext(english("The period for answers ends on %(on)s."), on=closes))
    columns = (english("Name"), english("Invited on"), english("Answered on"), english("Answer"))
    table = Table(
        caption=s.plain(english("The log of the consultation")),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(
            Row(
                (
                    ((s.name(each.name),),),
                    (s.date(each.asked_on, english("not invited")),),
                    (answered_on(each, s),),
                    answer(each, s),
                )
            )
            for each in consulted
        ),
        widths=(4, 3, 3, 4),
    )
    return Section(
        "consultation", s.plain(english("Consultation")), (first, *reached, period, table, s.note(_SILENCE))
    )
