"""What goes into a cycle's package: facts from the record, words from the pack, nothing of today."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from input_packages.contents import (
    Asked,
    Contents,
    Parts,
    PositionStated,
    ProvisionText,
    Question,
    Reference,
    Seat,
    StepTaken,
)
from policies.facts.terms import Term
from policies.membership.seats import holds
from policies.pack.packages import PackageDefinition
from policies.pack.packages import Parts as PartsDefinition
from policies.plans.milestones import MilestoneId
from policies.status.explanation import steps
from records.cycles import Opened
from records.packages import newest_fact_at
from records.submissions import given_for_others, submissions_for
from tasks.enforcement.notice_contents import names
from tasks.inputs.contributions import CurrentFile, contributions_of, in_force, items_of
from tasks.packages.membership import changes_of, groups_of, leading, of_groups
from tasks.packages.previous_cycle import decisions_of, history_of, last_met_before, memory_of, who_was_asked
from tasks.status.open_cycles import OpenCycle

if TYPE_CHECKING:
    from records.database import Session


def contents_of(session: "Session", open_cycle: OpenCycle, opened: Mapping[str, Opened]) -> Contents:
    """Return the contents of the package of a cycle; the same facts give the same contents on any day."""
    pack, obligation, turn = open_cycle.pack, open_cycle.obligation, open_cycle.turn
    cycle = turn.cycle
    derived = steps(cycle, ", ".join(obligation.provisions))
    definition = pack.packages.get(obligation.id)
    came = submissions_for(session, cycle.key)
    sent = in_force(came)
    asked = who_was_asked(session, open_cycle)
    parts = definition.parts if definition else None
    roll = changes_of(open_cycle, last_met_before(open_cycle))
    lead = leading(open_cycle)
    return Contents(
        institution=pack.instrument.institution,
        instrument=pack.instrument.title,
        obligation=obligation.id,
        title=obligation.title,
        cycle=cycle.key,
        holder=pack.actors[obligation.holder].name,
        cadence=obligation.version_on(cycle.plan_on or turn.as_of).cadence,
        evidence=obligation.evidence,
        provisions=tuple(_provision(open_cycle, each) for each in obligation.provisions),
        opens_on=cycle.opens_on,
        due_on=cycle.due_on,
        target_on=cycle.target_on,
        steps=derived,
        milestones=turn.milestones,
        last_working_day=turn.last_working_day,
        warnings=definition.warnings if definition else (),
        particular=cycle.trigger.says if cycle.trigger else None,
        positions=_positions(open_cycle),
        ladder=_ladder(open_cycle),
        questions=_questions(definition),
        parts=_parts(open_cycle, parts, _answered(asked, sent)),
        groups=groups_of(open_cycle, parts, _answered(asked, sent)),
        roll=roll,
        lead=lead,
        memory=memory_of(session, open_cycle, opened),
        history=history_of(open_cycle),
        decisions=decisions_of(open_cycle),
        asked=asked,
        consultation_closes_on=turn.milestone_on(MilestoneId.CONSULTATION_CLOSES),
        contributions=contributions_of(open_cycle, sent, given_for_others(session, came)),
        items=items_of(open_cycle, sent),
        references=_references(definition),
        unknown=cycle.unknown,
        facts_upto=_facts_upto(session, open_cycle, {s.anchor for s in derived}, parts, bool(roll or lead)),
        names=names(pack, cycle),
        languages=pack.instrument.languages,
    )


def _facts_upto(
    session: "Session",
    open_cycle: OpenCycle,
    events: Collection[str],
    parts: PartsDefinition | None,
    of_rolls: bool,  # noqa: FBT001 (asked in one place)
) -> datetime | None:
    body, of_rolls = parts.body if parts else None, of_rolls or of_groups(open_cycle, parts)
    cycle, obligation = open_cycle.turn.cycle.key, open_cycle.obligation.id
    return newest_fact_at(session, cycle, obligation, events, body, of_rolls=of_rolls)


def _provision(open_cycle: OpenCycle, provision_id: str) -> ProvisionText:
    found = open_cycle.pack.provisions[provision_id]
    return ProvisionText(id=found.id, paragraph=found.paragraph, says=found.says, source=found.source)


def _questions(definition: PackageDefinition | None) -> tuple[Question, ...]:
    return tuple(Question(**each.model_dump()) for each in definition.questions) if definition else ()


def _positions(open_cycle: OpenCycle) -> tuple[PositionStated, ...]:
    stated = (each for each in open_cycle.facts.positions if each.proposal == open_cycle.turn.cycle.name)
    return tuple(
        PositionStated(entity=each.entity, stance=each.stance, stated_on=each.stated_on, says=each.says)
        for each in sorted(stated, key=lambda each: (each.stated_on, each.entity))
    )


def _ladder(open_cycle: OpenCycle) -> tuple[StepTaken, ...]:
    return tuple(
        StepTaken(kind=s.kind, taken_on=s.taken_on, by=s.by, says=s.says, source=s.source)
        for s in open_cycle.facts.steps_about(open_cycle.turn.cycle.name)
    )


def _references(definition: PackageDefinition | None) -> tuple[Reference, ...]:
    return tuple(Reference(**each.model_dump()) for each in definition.references) if definition else ()


def _answered(asked: Sequence[Asked], sent: Sequence[CurrentFile]) -> set[str]:
    """Return whoever answered, by id and by name, and the parts of the review that files came about."""
    answered = {word for each in asked if each.answered_on for word in (each.person, each.name)}
    return answered | {each.submission.part for each in sent if each.submission.part}


def _parts(open_cycle: OpenCycle, parts: PartsDefinition | None, answered: set[str]) -> Parts | None:
    """Return the seats of the body as on the day the cycle was opened, each with whether an answer came."""
    if parts is None or of_groups(open_cycle, parts):
        return None
    on = open_cycle.opened.opened_on
    terms = [term for term in open_cycle.facts.terms if term.body == parts.body and holds(term, on)]
    seats = tuple(_seat(term, answered) for term in sorted(terms, key=lambda term: term.name))
    return Parts(title=parts.title, asks=parts.asks, seats=seats)


def _seat(term: Term, answered: set[str]) -> Seat:
    came = bool({term.seat, term.holder} & answered)
    return Seat(id=term.seat, holder=term.holder, since=term.starts_on, until=term.ends_on, answered=came)
