"""Facts put together from what was read of each kind."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from policies.facts.facts import HOLDERS, KINDS, Facts
from policies.facts.membership import MembershipFacts
from policies.facts.people import PeopleFacts


def facts_by_plural(facts: Mapping[str, Any], **more: Any) -> Facts:  # noqa: ANN401 (fields of Facts)
    """Return the facts that are given by the plural of each kind, and `more` fields."""
    held = {
        name: {kind.plural: facts[kind.plural] for kind in kinds.values()} for name, kinds in HOLDERS.items()
    }
    apart = {plural for plurals in held.values() for plural in plurals}
    own = {plural: found for plural, found in facts.items() if plural not in apart}
    return Facts(**own, rolls=MembershipFacts(**held["rolls"]), who=PeopleFacts(**held["who"]), **more)


def with_more(facts: Facts, more: Mapping[str, Sequence[Any]]) -> Facts:
    """Return the facts and, by the names of their kinds, those that were recorded after them."""
    grown: dict[str, Any] = {KINDS[name].plural: [*facts.of(KINDS[name]), *new] for name, new in more.items()}
    for holder, kinds in HOLDERS.items():
        if apart := {kinds[name].plural: grown.pop(kinds[name].plural) for name in more if name in kinds}:
            grown[holder] = replace(getattr(facts, holder), **apart)
    return replace(facts, **grown)
