"""Who was asked for an input, who answered and how, those who have not first."""

from input_packages.blocks import Paragraph, Row, Section, Table, Text
from input_packages.contents import Asked, Contents
from input_packages.speech import Speech
from language.answer_names import answer_name
from language.catalogues import english
from policies.facts.answers import AnswerKind

_CAPTION = english("Entities asked for input, those that have not replied first")


def section(c: Contents, s: Speech) -> Section:
    """Return the table of those who were asked."""
    title = s.plain(english("Entities asked for input"))
    if not c.asked:
        return Section(
            "asked", title, (Paragraph(s.gettext(english("No input is requested in this cycle."))),)
        )
    columns = (
        english("Name"),
        english("Requested as"),
        english("Asked on"),
        english("Answered on"),
        english("Answer"),
    )
    table = Table(
        caption=s.plain(_CAPTION),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(_row(each, s) for each in sorted(c.asked, key=lambda a: a.answered_on is not None)),
        widths=(4, 4, 3, 3, 3),
    )
    notes = [
        s.note(
            english(
                "Entities that did not reply are counted as consulted; silence is not taken as agreement."
            )
        )
    ]
    if any(each.unreached for each in c.asked):
        notes.append(s.note(english("Those who could not be reached are not counted as consulted.")))
    return Section("asked", title, (table, *notes))


def _row(asked: Asked, s: Speech) -> Row:
    return Row(
        (
            ((s.name(asked.name),),),
            (s.words(asked.actor),),
            (s.date(asked.asked_on, english("not asked")),),
            (answered_on(asked, s),),
            answer(asked, s),
        )
    )


def answered_on(asked: Asked, s: Speech) -> Text:
    """Return when somebody answered; else whether they had what they were asked, as far as anybody knows."""
    if asked.unreached and not asked.message:
        return s.gettext(english("could not be reached"))
    if asked.message and not asked.answered_on:
        return s.gettext(english("message received on %(on)s"), on=s.date(asked.message_since))
    return s.date(asked.answered_on, english("no answer recorded"))


def answer(asked: Asked, s: Speech) -> tuple[Text, ...]:
    """Return what somebody answered, and what they said with it."""
    kinds = [AnswerKind(kind) for kind in (asked.answer, asked.message) if kind]
    if not kinds:
        return ((),)
    named = [s.isolated(answer_name(kind, s.language)) for kind in kinds]
    detail = ((s.name(asked.detail),),) if asked.detail else ()
    return (*named[:1], *detail, *named[1:])
