"""What happened last time: what was asked and decided, who was late or never answered, what never came."""

from collections.abc import Iterator

from input_packages.blocks import Bullets, Heading, Paragraph, Section, Text
from input_packages.contents import Asked, Contents, DecisionTaken, Memory
from input_packages.speech import Speech
from language.catalogues import english

_NOTHING = english("No earlier cycle was managed with this system; nothing is on record of it.")
_BEFORE = english("The cycle before this one was %(cycle)s; its inputs were due on %(on)s.")
_MET = english("It was completed on %(on)s, as attested by: %(evidence)s.")
_NOT_MET = english("That it was completed is not recorded.")
_QUOTED = english("“%(words)s”")
_DONE = english("%(text)s (%(id)s), decided on %(on)s: implemented on %(done)s")
_NOT_DONE = english("%(text)s (%(id)s), decided on %(on)s: implementation not on record")
_LATE = english("%(name)s answered on %(on)s, after the day on which inputs were due")
_IN_TIME = english("All those asked replied in time, and all that was requested was received.")

Blocks = Iterator[Paragraph | Heading | Bullets]


def section(c: Contents, s: Speech) -> Section:
    """Return what is remembered of the cycle before."""
    blocks = _remembered(c.memory, s) if c.memory else [Paragraph(s.gettext(_NOTHING))]
    return Section("memory", s.plain(english("The previous cycle")), tuple(blocks))


def _remembered(memory: Memory, s: Speech) -> Blocks:
    on = s.date(memory.inputs_due_on, english("a day that is not known"))
    yield Paragraph(s.gettext(_BEFORE, cycle=s.cycle(memory.cycle), on=on))
    yield Paragraph(_ended(memory, s))
    quoted = [s.gettext(_QUOTED, words=s.words(words)) for words in memory.asked]
    yield from _list(english("Text of the request"), quoted, s)
    decided = [_decision(decision, s) for decision in memory.decided]
    yield from _list(english("Decisions taken and their implementation"), decided, s)
    failings = [
        *_list(english("Late replies"), [_late(each, s) for each in memory.late], s),
        *_list(english("No reply received"), _names(memory, s, unreached=False), s),
        *_list(english("Could not be reached"), _names(memory, s, unreached=True), s),
        *_list(english("Inputs not received"), [s.words(title) for title in memory.never_came], s),
    ]
    yield from failings or [Paragraph(s.gettext(_IN_TIME))]


def _list(title: str, items: list[Text], s: Speech) -> Blocks:
    if items:
        yield Heading(s.gettext(title))
        yield Bullets(tuple((item,) for item in items))


def _ended(memory: Memory, s: Speech) -> Text:
    ended = memory.ended
    if ended is None or ended.met_on is None:
        return s.gettext(_NOT_MET)
    return s.gettext(_MET, on=s.date(ended.met_on), evidence=s.name(ended.evidence or ""))


def _decision(decision: DecisionTaken, s: Speech) -> Text:
    said = _NOT_DONE if decision.done_on is None else _DONE
    return s.gettext(
        said,
        text=s.name(decision.text),
        id=s.id(decision.id),
        on=s.date(decision.decided_on),
        done=s.date(decision.done_on),
    )


def _names(memory: Memory, s: Speech, *, unreached: bool) -> list[Text]:
    return [(s.name(each.name),) for each in memory.silent if each.unreached is unreached]


def _late(asked: Asked, s: Speech) -> Text:
    return s.gettext(_LATE, name=s.name(asked.name), on=s.date(asked.answered_on))
