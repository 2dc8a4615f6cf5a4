"""What would lose its ground if a fact were withdrawn: what names it, its cycles, what it was accepted on."""

from collections.abc import Collection, Iterator
from datetime import date

from policies.enforcement.grounds import groundless
from policies.facts.facts import KINDS, Facts
from policies.facts.membership import Joining, Leaving
from policies.facts.resting import Numbered, Record, facts_of, naming, without
from policies.membership.rolls import contradictions_of
from policies.pack.pack import Pack
from policies.recurrence.cycle_key import CycleKey


def resting_on(pack: Pack, record: Record, one: Numbered, as_of: date) -> list[Numbered]:
    """Return the facts in force that rest on another one, in the order of their kinds and numbers."""
    left = without(record, one)
    found = {*naming(record, one), *_of_lost_cycles(pack, record, left, as_of)}
    found |= {*_contradicted(record, left, one), *groundless(pack, record, left, as_of)}
    order = [*KINDS]
    return sorted(found, key=lambda each: (order.index(each.kind), each.number))


def cycle_of(fact: object) -> str | None:
    """Return the key of the cycle that a fact is about; None where it names none."""
    named: str | None = getattr(fact, "cycle", None)
    counts_for: str | None = getattr(fact, "counts_for", None)
    obligation: str | None = getattr(fact, "obligation", None)
    return str(CycleKey(obligation, counts_for)) if obligation and counts_for else named


def _of_lost_cycles(pack: Pack, record: Record, left: Record, as_of: date) -> Iterator[Numbered]:
    """Yield the facts about cycles that follow from the record, and from what is left of it no longer."""
    about = {
        Numbered(kind, number): key
        for kind, facts in left.items()
        for number, fact in facts.items()
        if (key := cycle_of(fact))
    }
    named = {CycleKey.parse(key).obligation for key in about.values()} & {*pack.obligations}
    lost = _cycles(pack, facts_of(record), named, as_of) - _cycles(pack, facts_of(left), named, as_of)
    yield from (each for each, key in about.items() if key in lost)


def _cycles(pack: Pack, facts: Facts, obligations: Collection[str], as_of: date) -> set[str]:
    return {turn.cycle.key for each in obligations for turn in pack.status(each, facts, as_of).turns}


def _contradicted(record: Record, left: Record, one: Numbered) -> Iterator[Numbered]:
    """Yield who entered or left a body without having left or entered it before, once a fact is withdrawn."""
    fact = record[one.kind][one.number]
    if not isinstance(fact, Joining | Leaving):
        return
    of_member = (fact.body, fact.member)
    before, after = (
        {a.fact for a in contradictions_of(facts_of(r).rolls, *of_member)} for r in (record, left)
    )
    for kind in ("joining", "leaving"):
        yield from (Numbered(kind, n) for n, each in left[kind].items() if each in after - before)
