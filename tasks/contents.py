"""What goes into a cycle's package: facts from the record, words from the pack, nothing of today."""

from typing import TYPE_CHECKING

from input_packages.contents import Asked, Contents, Item, PastCycle, ProvisionText
from policies.explanation import steps
from policies.notices import NoticeKind
from policies.obligations import Obligation
from policies.standing import Turn
from records.facts import read_facts
from records.notices import sent_on
from records.packages import newest_fact_at
from tasks.dockets import Docket
from tasks.matters import names
from tasks.workplace import Workplace

if TYPE_CHECKING:
    from records.database import Session


def contents_of(session: "Session", workplace: Workplace, docket: Docket) -> Contents:
    """Return the contents of the package of a cycle; the same facts give the same contents on any day."""
    pack, obligation, turn = docket.pack, docket.obligation, docket.turn
    cycle = turn.cycle
    derived = steps(cycle, ", ".join(obligation.provisions))
    version = obligation.version_on(cycle.plan_on or turn.as_of)
    return Contents(
        institution=pack.instrument.institution,
        instrument=pack.instrument.title,
        obligation=obligation.id,
        title=obligation.title,
        cycle=cycle.key,
        holder=pack.actors[obligation.holder].name,
        cadence=version.cadence,
        evidence=obligation.evidence,
        provisions=tuple(_provision(docket, each) for each in obligation.provisions),
        opens_on=cycle.opens_on,
        due_on=cycle.due_on,
        target_on=cycle.target_on,
        steps=derived,
        milestones=turn.milestones,
        last_working_day=turn.last_working_day,
        history=_history(session, docket),
        asked=_asked(session, workplace, docket),
        items=_items(docket, obligation),
        unknown=cycle.unknown,
        facts_upto=newest_fact_at(session, cycle.key, obligation.id, {step.anchor for step in derived}),
        names=names(pack, cycle),
        languages=pack.instrument.languages,
    )


def _provision(docket: Docket, provision_id: str) -> ProvisionText:
    found = docket.pack.provisions[provision_id]
    return ProvisionText(id=found.id, paragraph=found.paragraph, says=found.says, source=found.source)


def _history(session: "Session", docket: Docket) -> tuple[PastCycle, ...]:
    standing = docket.pack.standing(docket.obligation.id, read_facts(session), docket.turn.as_of)
    keys = [turn.cycle.key for turn in standing.turns]
    earlier = standing.turns[: keys.index(docket.turn.cycle.key)]
    return tuple(_past(turn) for turn in earlier)


def _past(turn: Turn) -> PastCycle:
    cycle = turn.cycle
    evidence = cycle.completion.evidence if cycle.completion else None
    return PastCycle(
        name=cycle.name, due_on=cycle.due_on, met_on=cycle.met_on, evidence=evidence, state=turn.state
    )


def _asked(session: "Session", workplace: Workplace, docket: Docket) -> tuple[Asked, ...]:
    sent = sent_on(session, docket.turn.cycle.key, NoticeKind.CALL_FOR_INPUTS)
    people = [(person, actor) for actor in docket.obligation.contributors for person in docket.people(actor)]
    return tuple(
        Asked(
            person=person,
            name=recipient.name if (recipient := workplace.directory.recipient(person)) else person,
            actor=docket.pack.actors[actor].name,
            asked_on=sent.get(person),
            answered_on=None,
        )
        for person, actor in people
    )


def _items(docket: Docket, obligation: Obligation) -> tuple[Item, ...]:
    """Return what must be on the table. No input reaches the system yet, so none of it is there."""
    actors = docket.pack.actors
    return tuple(
        Item(
            id=item.id,
            title=item.title,
            from_=actors[item.from_].name if item.from_ else None,
            basis=item.basis,
            present=False,
        )
        for item in obligation.package
    )
