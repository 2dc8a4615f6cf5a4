"""Which facts rest on which, as the kinds of fact say it themselves (`policies/facts/kinds.py`)."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from policies.facts.facts import KINDS, Facts
from policies.facts.gathered import facts_by_plural
from policies.facts.kinds import FactKind, Reference

Record = Mapping[str, Mapping[int, Any]]
"""The facts in force: those of each kind by their numbers, in the order they were recorded."""


class Numbered(NamedTuple):
    """A fact on record, by the name of its kind and its number."""

    kind: str
    number: int

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


def facts_of(record: Record) -> Facts:
    """Return the facts of a record as the rules read them; of when the system went live it says nothing."""
    by_kind: dict[str, Any] = {kind.plural: tuple(record[name].values()) for name, kind in KINDS.items()}
    return facts_by_plural(by_kind)


def without(record: Record, one: Numbered) -> Record:
    """Return the record as it is once a fact is withdrawn."""
    others = {number: fact for number, fact in record[one.kind].items() if number != one.number}
    return {**record, one.kind: others}


def naming(record: Record, one: Numbered) -> Iterator[Numbered]:
    """Yield the facts that name another one, where nothing else on record goes by the name they use.

    So too the later ones of a kind whose facts build on each other.
    """
    left, fact = without(record, one), record[one.kind][one.number]
    for name, kind in KINDS.items():
        wanted = [reference for reference in kind.rests_on if _names(reference, one.kind, fact, left)]
        for number, other in left[name].items():
            if any(_used(each, other) == _name(fact, each, one.kind) for each in wanted) or (
                name == one.kind and number > one.number and _builds_on(kind, other, fact)
            ):
                yield Numbered(name, number)


def _names(reference: Reference, kind: str, fact: object, left: Record) -> bool:
    """Whether a fact of a kind has a name to be used in this reference, and nothing that is left has it."""
    return kind in reference.carried_by and not _is_there(reference, _name(fact, reference, kind), left)


def _is_there(reference: Reference, name: tuple[Any, ...], record: Record) -> bool:
    return None in name or any(
        _name(fact, reference, kind) == name
        for kind in reference.carried_by
        for fact in record[kind].values()
    )


def _name(fact: object, reference: Reference, kind: str) -> tuple[Any, ...]:
    return tuple(getattr(fact, field) for field in reference.carried_by[kind])


def _used(reference: Reference, fact: object) -> tuple[Any, ...]:
    return tuple(getattr(fact, field) for field in reference.fields)


def _builds_on(kind: FactKind, later: object, earlier: object) -> bool:
    same = kind.in_order_of
    return same is not None and getattr(later, same) == getattr(earlier, same)
