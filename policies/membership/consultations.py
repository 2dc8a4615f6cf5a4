"""Consultations of chosen members: what each answered, and when the consultation is over."""

from collections.abc import Mapping
from datetime import date

from policies.facts.membership import Consultation, MembershipFacts, View


def views_on(rolls: MembershipFacts, consultation: Consultation) -> Mapping[str, View | None]:
    """Return what each of those chosen answered last; None is silence: consulted, and not agreed."""
    views = sorted(rolls.views, key=lambda view: (view.answered_on, repr(view)))
    last = {view.member: view for view in views if view.consultation == consultation.id}
    return {member: last.get(member) for member in consultation.chosen}


def over_on(rolls: MembershipFacts, consultation: Consultation) -> date:
    """Return the day on which the last of them answered first, or else the last day for answers."""
    first: dict[str, date] = {}
    for view in rolls.views:
        if view.consultation == consultation.id:
            first[view.member] = min(view.answered_on, first.get(view.member, date.max))
    answered = max(first.get(member, consultation.until) for member in consultation.chosen)
    return min(answered, consultation.until)
