"""What must have happened before a package can be final: the consultations that the text demands."""

from collections.abc import Iterator, Mapping
from datetime import date

from language.direction import said_in
from policies.pack.packages import PackageDefinition
from policies.plans.milestones import MilestoneId
from tasks.status.open_cycles import OpenCycle


def still_needed(open_cycle: OpenCycle, invited: Mapping[str, date]) -> list[str]:
    """Return what forbids a final package, for people; nothing where all of it has happened.

    Consulted is who was invited, whether or not an answer came: silence is no consent, and no veto either.
    `invited` is the day on which each was asked; who answered without being asked was consulted too.
    """
    definition = open_cycle.pack.packages.get(open_cycle.obligation.id)
    return list(_needed(open_cycle, definition, invited)) if definition else []


def _needed(
    open_cycle: OpenCycle, definition: PackageDefinition, invited: Mapping[str, date]
) -> Iterator[str]:
    silent = False
    for actor in definition.final_needs:
        people = open_cycle.people(actor)
        name = said_in("en", open_cycle.pack.actors[actor].name)
        left_out = [p for p in people if p not in invited and not _answered(open_cycle, p)]
        silent = silent or not all(_answered(open_cycle, person) for person in people)
        if not people:
            yield f"{definition.needed_by}: nobody stands for {name}, so nobody could be consulted"
        elif left_out:
            names = ", ".join(open_cycle.directory.name_of(person) for person in left_out)
            yield f"{definition.needed_by}: {name}: not consulted yet: {names}"
    closes_on = open_cycle.turn.milestone_on(MilestoneId.CONSULTATION_CLOSES)
    if silent and closes_on and open_cycle.turn.as_of <= closes_on:
        yield f"{definition.needed_by}: the period for answers ends on {closes_on}, and not all have answered"


def _answered(open_cycle: OpenCycle, person: str) -> bool:
    given = open_cycle.inputs.get(person)
    return given is not None and given.answer is not None
