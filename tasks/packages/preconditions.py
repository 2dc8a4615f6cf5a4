"""What must have happened before a package can be final: the consultations that the text demands."""

from collections.abc import Iterator, Mapping
from datetime import date

from language.direction import said_in
from policies.pack.packages import PackageDefinition
from policies.plans.milestones import MilestoneId
from tasks.status.open_cycles import Docket


def still_needed(docket: Docket, invited: Mapping[str, date]) -> list[str]:
    """Return what forbids a final package, for people; nothing where all of it has happened.

    Consulted is who was invited, whether or not an answer came: silence is no consent, and no veto either.
    `invited` is the day on which each was asked; who answered without being asked was consulted too.
    """
    definition = docket.pack.packages.get(docket.obligation.id)
    return list(_needed(docket, definition, invited)) if definition else []


def _needed(docket: Docket, definition: PackageDefinition, invited: Mapping[str, date]) -> Iterator[str]:
    silent = False
    for actor in definition.final_needs:
        people = docket.people(actor)
        name = said_in("en", docket.pack.actors[actor].name)
        left_out = [p for p in people if p not in invited and not _answered(docket, p)]
        silent = silent or not all(_answered(docket, person) for person in people)
        if not people:
            yield f"{definition.needed_by}: nobody stands for {name}, so nobody could be consulted"
        elif left_out:
            names = ", ".join(docket.directory.name_of(person) for person in left_out)
            yield f"{definition.needed_by}: {name}: not consulted yet: {names}"
    closes_on = docket.turn.milestone_on(MilestoneId.CONSULTATION_CLOSES)
    if silent and closes_on and docket.turn.as_of <= closes_on:
        yield f"{definition.needed_by}: the period for answers ends on {closes_on}, and not all have answered"


def _answered(docket: Docket, person: str) -> bool:
    given = docket.inputs.get(person)
    return given is not None and given.answer is not None
