"""The compliance record: how often the duty was kept, and every breach with what was said of it."""

from input_packages.blocks import Bullets, Figure, Section, Tally, Text
from input_packages.contents import Contents, PastCycle
from input_packages.speech import Speech
from language.catalogues import english
from policies.status.states import State

_BREACHED = frozenset({State.MET_LATE, State.MISSED, State.OVERDUE})
_STAYS = english(
    "The record continues to show that a due date was not met, even if the cycle is completed"
    " later. Where the outcome is not on record, the cycle counts neither as met nor as "
    "missed."
)
_COUNTED = english(
    "Counted over the earlier cycles listed above, from the facts recorded up to the instant on the cover "
    "note. In time: met on or before the due date. In breach: met after it, or not met though it has passed."
)


def section(c: Contents, s: Speech) -> Section | None:
    """Return the record of compliance; None where there is no earlier cycle."""
    if not c.history:
        return None
    breaches = [cycle for cycle in c.history if cycle.state in _BREACHED]
    listed = (Bullets(tuple((_said(each, s),) for each in breaches)),) if breaches else ()
    return Section(
        "compliance",
        s.plain(english("Compliance record")),
        (Tally(_figures(c, len(breaches), s)), *listed, s.note(_COUNTED), s.note(_STAYS)),
    )


def _figures(c: Contents, breaches: int, s: Speech) -> tuple[Figure, ...]:
    in_time = sum(1 for cycle in c.history if cycle.state is State.MET)
    silent = sum(1 for cycle in c.history if cycle.state in (State.UNRECORDED, State.UNKNOWN))

    def number(count: int) -> Text:
        return s.gettext(english("%(count)s of %(total)s"), count=count, total=len(c.history))

    return (
        Figure(number(in_time), s.gettext(english("earlier cycles were met in time"))),
        Figure(number(breaches), s.gettext(english("did not meet their due date")), alert=breaches > 0),
        Figure(number(silent), s.gettext(english("are not recorded"))),
    )


def _said(cycle: PastCycle, s: Speech) -> Text:
    due = s.date(cycle.due_on, english("none"))
    why = (s.name(cycle.explanation),) if cycle.explanation else s.absent(english("no reason on record"))
    return s.gettext(
        english("%(cycle)s, due on %(due)s: %(why)s"), cycle=s.cycle(cycle.name), due=due, why=why
    )
