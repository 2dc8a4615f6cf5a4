"""What a kind of fact is: its names, its dataclass, the day it happened on, and what it rests on.

A kind is declared once, on the field of `Facts` or `MembershipFacts` that holds its facts (`kept`). Files,
the command line, the tables and the withdrawing of facts follow from that.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_args, get_type_hints


@dataclass(frozen=True, slots=True)
class Reference:
    """That some fields of a fact name another fact.

    `carried_by` are the kinds of which one must have that name, each with the fields that are its name.
    """

    fields: tuple[str, ...]
    carried_by: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class FactKind:
    """One kind of fact.

    `name` is what commands and corrections call it, `plural` its table in a file. `happened_on` is the field
    with the day it happened on; None where the fact may be about days to come. `rests_on` are the facts that
    must be on record as long as it is. Facts of a kind with `in_order_of` build on the earlier ones that have
    the same value in that field.
    """

    name: str
    plural: str
    fact: type[Any]
    happened_on: str | None = None
    rests_on: tuple[Reference, ...] = ()
    in_order_of: str | None = None


def kept(
    name: str,
    happened_on: str | None = None,
    rests_on: tuple[Reference, ...] = (),
    in_order_of: str | None = None,
) -> Any:  # noqa: ANN401 (a field of whatever type it is declared with)
    """Return a field that holds all facts of a kind, none where none are given; see `FactKind`."""
    kind = {"name": name, "happened_on": happened_on, "rests_on": rests_on, "in_order_of": in_order_of}
    return field(default=(), metadata={"kind": kind})


def on(*named: str, **carried_by: str | tuple[str, ...]) -> Reference:
    """Return that the fields `named` hold the name of another fact: of these kinds, in these fields of it."""
    keys = {kind: (key,) if isinstance(key, str) else key for kind, key in carried_by.items()}
    return Reference(named, keys)


def kinds_of(holder: type[Any]) -> tuple[FactKind, ...]:
    """Return the kinds of fact that a dataclass keeps, in the order of its fields."""
    hints = get_type_hints(holder)
    return tuple(
        FactKind(plural=each.name, fact=_first(hints[each.name]), **each.metadata["kind"])
        for each in fields(holder)
        if "kind" in each.metadata
    )


def _first(hint: Any) -> type[Any]:  # noqa: ANN401 (what a field is declared with)
    """Return the dataclass that a field holds a sequence of; the first, where there are several."""
    (held,) = get_args(hint)
    found: type[Any] = (get_args(held) or (held,))[0]
    return found
