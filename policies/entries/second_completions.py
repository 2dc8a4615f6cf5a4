"""Whether a completion is a second one of a cycle that is met already."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from policies.facts.facts import Completion, Facts
from policies.obligations.obligations import Obligation
from policies.pack.pack import Pack
from policies.recurrence import AfterEvent, RollingCeiling, StandingDuty
from policies.recurrence.cycles import Cycle

# What is done about these once more is counted anew: it starts the next ceiling, or is shown as done last.
_COUNTED_ANEW = (RollingCeiling, AfterEvent, StandingDuty)


def met_twice(pack: Pack, facts: Facts, given: Sequence[Completion], today: date) -> list[Cycle]:
    """Return the cycles that several of the completions `given` together are for; `facts` are on record."""
    times = Counter(each.obligation for each in given)
    found: list[Cycle] = []
    for number, each in enumerate(given):
        if times[each.obligation] > 1 and each.obligation in pack.obligations:
            with_earlier = replace(facts, completions=(*facts.completions, *given[:number]))
            cycle = met_already(pack, pack.obligations[each.obligation], with_earlier, each, today)
            found += [cycle] if cycle else []
    return found


def met_already(
    pack: Pack, obligation: Obligation, facts: Facts, given: Completion, today: date
) -> Cycle | None:
    """Return the cycle that `given` is for, where another completion on record has met it.

    None where it meets a cycle itself, repeats what is on record, or names none and is counted anew. `facts`
    are those on record.
    """
    recorded = facts.completions_of(obligation.id)
    if any((each.completed_on, each.evidence) == (given.completed_on, given.evidence) for each in recorded):
        return None
    name = given.counts_for or _closed_alone(pack, obligation, facts, given, today)
    turns = pack.status(obligation.id, facts, today).turns if name else ()
    return next((turn.cycle for turn in turns if turn.cycle.name == name and turn.cycle.completion), None)


def _closed_alone(
    pack: Pack, obligation: Obligation, facts: Facts, given: Completion, today: date
) -> str | None:
    """Return the name of the cycle that a completion would close if it were the only one."""
    if isinstance(obligation.version_on(given.completed_on).recurrence, _COUNTED_ANEW):
        return None
    turns = pack.status(obligation.id, replace(facts, completions=(given,)), today).turns
    return next((turn.cycle.name for turn in turns if turn.cycle.completion == given), None)
