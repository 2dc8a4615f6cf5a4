"""Whom scheduled notices speak to, and for whom nobody stands in the directory."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from policies.obligations.obligations import OWNERS, Obligation, audience
from policies.pack.checks import PARTS
from policies.pack.pack import Pack
from policies.people.directory import Directory
from policies.plans.notices import DUTY_OFFICER, NoticeRule


def unheld(pack: Pack, directory: Directory) -> Mapping[str, Sequence[str]]:
    """Return the actors for whom nobody stands, each with the notices scheduled for it all the same."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for obligation, rule in _rungs(pack):
        for actor in audience(rule, obligation):
            if not _people(actor, directory):
                found[actor].append(f"{rule.kind} at {rule.id} of {obligation.id}")
    return found


def silent(pack: Pack, directory: Directory) -> Sequence[str]:
    """Return the actors that a duty or a scheduled notice names and for whom nobody stands, in order."""
    named = {actor for obligation in pack.obligations.values() for actor in obligation.actors}
    plans = {obligation.plan for obligation in pack.obligations.values()}
    spoken_to = {actor for plan in plans for rule in pack.plans[plan].scheduled_notices for actor in rule.to}
    return sorted(actor for actor in named | spoken_to.difference(PARTS) if not _people(actor, directory))


def unspoken(pack: Pack) -> Iterator[str]:
    """Yield the notices scheduled for parts the obligation gives to nobody: they will never be sent."""
    for obligation, rule in _rungs(pack):
        if not audience(rule, obligation) and OWNERS not in rule.to:
            parts = " or ".join(rule.to)
            yield f"{obligation.id}: nobody is {parts}, so {rule.kind} at {rule.id} reaches no one"


def _people(actor: str, directory: Directory) -> Sequence[str]:
    return directory.on_duty if actor == DUTY_OFFICER else directory.standing_for(actor)


def _rungs(pack: Pack) -> Iterator[tuple[Obligation, NoticeRule]]:
    for obligation in pack.obligations.values():
        for rule in pack.plans[obligation.plan].scheduled_notices:
            yield obligation, rule
