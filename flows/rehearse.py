"""Rehearse: live through years to come in memory, and check what must hold on all their days."""

from collections.abc import Callable
from datetime import date

from prefect import flow
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from flows import clock
from flows.artifacts import Artifact, publish, rehearsal_artifacts
from flows.opening import opened
from policies.calendar.counting import Unit, shift
from policies.simulation import Assumptions, Rehearsal, Span
from policies.simulation import rehearse as live_through
from policies.simulation.assumptions import read_pace
from records.database import reading
from records.facts.facts import read_facts
from tasks.installation.installation import Installation

YEARS = 5


def rehearse_and_show(
    installation: Installation, span: Span, assume: str, publish: Callable[[list[Artifact]], None]
) -> tuple[bool, str]:
    """Live through `span` and show it. Returns whether every assertion held, and one line for people."""
    with reading(installation.engine) as session:
        facts = read_facts(session)
    rehearsal = live_through(installation.pack, facts, span, Assumptions(read_pace(assume), {}))
    publish(rehearsal_artifacts(rehearsal))
    return rehearsal.holds, _line(rehearsal)


@flow(name="rehearse")
def rehearse(*, first: date | None = None, last: date | None = None, assume: str = "on-target") -> State:
    """Live through the days from `first` to `last`; nothing is written or sent.

    Args:
        first: The first day, as YYYY-MM-DD. Empty: today, where the institution is.
        last: The last day. Empty: five years after the first.
        assume: When duties are done: on-target, on-due, or late=N for N days after.
    """
    with opened() as installation:
        begin = first or clock.today(installation.zone)
        span = Span(begin, last or shift(begin, YEARS * 12, Unit.MONTHS))
        holds, line = rehearse_and_show(installation, span, assume, publish)
    return Completed(message=line) if holds else Failed(message=line)


def _line(rehearsal: Rehearsal) -> str:
    span, broken = rehearsal.span, sum(not each.holds for each in rehearsal.assertions)
    what = f"{len(rehearsal.assertions)} assertions, {broken} broken"
    return f"{span.first} to {span.last}: {what}. Nothing was written or sent."
