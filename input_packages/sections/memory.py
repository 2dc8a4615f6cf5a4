"""What happened last time: who was late, who never answered, what never came."""

from input_packages.blocks import Bullets, Heading, Paragraph, Section, Text
from input_packages.contents import Asked, Contents
from input_packages.speech import Speech
from language.catalogues import english

_LATE = english("%(name)s answered on %(on)s, after the day on which inputs were due")


def section(c: Contents, s: Speech) -> Section:
    """Return what is remembered of the cycle before."""
    return Section("memory", s.plain(english("What happened last time")), tuple(_blocks(c, s)))


def _blocks(c: Contents, s: Speech) -> list[Paragraph | Heading | Bullets]:
    memory = c.memory
    if memory is None:
        return [
            Paragraph(
                s.gettext(
                    english("No earlier cycle was run with this system, so nothing is remembered of it.")
                )
            )
        ]
    found: list[Paragraph | Heading | Bullets] = [
        Paragraph(
            s.gettext(
                english("The cycle before this one was %(cycle)s; its inputs were due on %(on)s."),
                cycle=s.id(memory.cycle),
                on=s.date(memory.inputs_due_on, english("a day that is not known")),
            )
        )
    ]
    lists = (
        (english("Who answered late"), [_late(each, s) for each in memory.late]),
        (english("Who was asked and never answered"), [(s.name(each.name),) for each in memory.silent]),
        (english("What never came"), [s.words(title) for title in memory.never_came]),
    )
    for title, items in lists:
        if items:
            found += [Heading(s.gettext(title)), Bullets(tuple((item,) for item in items))]
    if not any(items for _, items in lists):
        found.append(
            Paragraph(
                s.gettext(
                    english("Everybody who was asked answered in time, and all that was asked for came.")
                )
            )
        )
    return found


def _late(asked: Asked, s: Speech) -> Text:
    return s.gettext(_LATE, name=s.name(asked.name), on=s.date(asked.answered_on))
