"""The same duties as regclock can be told of them, by its own documented calls.

Its obligations recur every day, week, month, quarter or year; other intervals only its recurrence rule takes.
A deadline after an event is a number of days: it has no months. States are asked of a log of events.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from regclock import (
    Bearer,
    BusinessCalendar,
    DayBasis,
    DeadlineKind,
    DeadlineSpec,
    Event,
    EventKind,
    EventLog,
    EvidenceRequirement,
    Obligation,
    RecurrenceFreq,
    SourceCitation,
    build_schedule,
    resolve_state,
)
from regclock.model.recurrence import RecurrenceRule

from benchmarks import duties
from benchmarks.duties import DUTIES, Duty

PLACE = "CH"
CALENDAR = BusinessCalendar(jurisdiction=PLACE)
FIRST, LAST = date(2000, 1, 1), date(2050, 12, 31)
DAYS = {6: 183, 12: 365, 24: 731, 48: 1461}


def _rule(duty: Duty) -> RecurrenceRule:
    on = duties.last_day(duty.first)
    if duty.months % 12:
        return RecurrenceRule(RecurrenceFreq.MONTHLY, on, duty.months)
    return RecurrenceRule(RecurrenceFreq.ANNUALLY, on, duty.months // 12)


def _obligation(duty: Duty) -> Obligation:
    return Obligation(
        id=duty.name,
        title="Review",
        bearer=Bearer(id="coordinator", name="Coordinator"),
        required_action="Review the arrangements.",
        trigger="The last review.",
        deadline=DeadlineSpec(
            kind=DeadlineKind.RELATIVE, offset_days=DAYS[duty.months], day_basis=DayBasis.CALENDAR
        ),
        evidence=EvidenceRequirement(kinds=["report"]),
        source=SourceCitation(title="Benchmark"),
        jurisdiction=PLACE,
    )


def _events(duty: Duty) -> Iterator[Event]:
    for on in duty.done_on:
        yield Event(obligation_id=duty.name, kind=EventKind.TRIGGER, occurred_on=on)
        yield Event(obligation_id=duty.name, kind=EventKind.EVIDENCE, occurred_on=on)


RULES = {duty.name: _rule(duty) for duty in DUTIES}
OBLIGATIONS = {duty.name: _obligation(duty) for duty in DUTIES}
LOGS = {duty.name: EventLog(events=[*_events(duty)]) for duty in DUTIES}
ONE_LOG = EventLog(events=[event for log in LOGS.values() for event in log.events])


def slots(duty: Duty) -> list[date]:
    """Return the slots asked for from the very first, which spares it the alignment."""
    return slots_from(duty, duty.first)


def slots_from(duty: Duty, first: date) -> list[date]:
    """Return the slots asked for from a day on, as whoever starts to use it does."""
    return [*RULES[duty.name].occurrences(first, duties.slots(duty)[-1])]


def ceilings(duty: Duty) -> list[date]:
    """Return what is due so many days after each day it was done, each obligation with its own short log."""
    found = build_schedule([OBLIGATIONS[duty.name]], FIRST, LAST, {PLACE: CALENDAR}, LOGS[duty.name])
    return [each.due_on for each in found]


def states(some: Sequence[Duty], log: EventLog, as_of: date) -> int:
    """Bring these duties to the state of each of their dates; return how many dates that were."""
    told = [OBLIGATIONS[duty.name] for duty in some]
    schedule = build_schedule(told, FIRST, LAST, {PLACE: CALENDAR}, log)
    for each in schedule:
        resolve_state(OBLIGATIONS[each.obligation_id], each, log, CALENDAR, as_of)
    return len(schedule)
