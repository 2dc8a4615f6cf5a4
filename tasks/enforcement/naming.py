"""The names that notices go by: once one cannot be said under its own any more, it goes by the next.

A name is used up by a run for a wrong day, and when the notice was no longer owed before it left. Where it is
owed again, because a fact was withdrawn or more time has ended, it is owed under the next name: `due+1!2`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from policies.plans.notices import CHASERS, INITIAL_NOTICES, NoticeKind, NoticeState
from records.ledger.notices import SPOKEN, UNSENT, Entry, Ledger
from tasks.status.open_cycles import Addressed, OpenCycle

USED_UP = frozenset({NoticeState.SET_ASIDE, NoticeState.SUPERSEDED})


def named(open_cycle: OpenCycle, addressed: Iterable[Addressed], ledger: Ledger) -> Iterator[Addressed]:
    """Yield each under its name: the one it was said under or waits under, else one that is not used up.

    A first word that was no longer owed, of a cycle whose dates were announced anew, goes by the number of
    the announcement.
    """
    for each in addressed:
        yield _first_word(open_cycle, each, ledger) if _is_first(each) else unused(open_cycle, each, ledger)


def keys_owed(open_cycle: OpenCycle, addressed: Iterable[Addressed], ledger: Ledger) -> list[str]:
    """Return the keys of what is owed, each once, in the order it is derived in."""
    found = named(open_cycle, addressed, ledger)
    return [*dict.fromkeys(open_cycle.key(each.scheduled, each.person, each.channel) for each in found)]


def unused(open_cycle: OpenCycle, each: Addressed, ledger: Ledger) -> Addressed:
    """Return it under its own name, or under the first of the next that is not used up."""
    number, found = 1, each
    while (entry := _entry(open_cycle, found, ledger)) and is_used_up(entry, ledger):
        number += 1
        found = replace(each, scheduled=each.scheduled.once_more(number))
    return found


def is_used_up(entry: Entry, ledger: Ledger) -> bool:
    """Return whether nothing can be said under a name any more, and what it named may be owed again.

    An opening that a reminder to the same person overtook is not said afterwards.
    """
    if entry.kind != NoticeKind.OPENING or entry.state is NoticeState.SET_ASIDE:
        return entry.state in USED_UP
    return entry.state in USED_UP and not any(
        other.kind in CHASERS and other.state in SPOKEN | UNSENT
        for other in ledger.values()
        if (other.cycle, other.person) == (entry.cycle, entry.person)
    )


def _is_first(each: Addressed) -> bool:
    return each.scheduled.kind in INITIAL_NOTICES


def _first_word(open_cycle: OpenCycle, each: Addressed, ledger: Ledger) -> Addressed:
    later = range(2, open_cycle.opened.announced.times + 1)
    bases = [each, *(replace(each, scheduled=each.scheduled.anew(times)) for times in later)]
    names = [unused(open_cycle, base, ledger) for base in bases]
    said = next((name for name in names if _entry(open_cycle, name, ledger)), None)
    return said or (each if names[0] == each else names[-1])


def _entry(open_cycle: OpenCycle, each: Addressed, ledger: Ledger) -> Entry | None:
    return ledger.get(open_cycle.key(each.scheduled, each.person, each.channel))
