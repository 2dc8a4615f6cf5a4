"""How every kind of fact is kept: one row for each fact, read and written by the fields of its dataclass."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from types import NoneType, UnionType
from typing import Any, ClassVar, NamedTuple, Self, Union, get_args, get_origin, get_type_hints

from policies.facts.facts import KINDS
from records.schema import Recorded


class FactRow(Recorded, kw_only=True):
    """A recorded fact of the kind `fact_kind`.

    `kept_as` names the columns that are not called as the field they keep.
    """

    fact_kind: ClassVar[str]
    kept_as: ClassVar[Mapping[str, str]] = {}

    @classmethod
    def fact_of(cls, row: Any) -> Any:  # noqa: ANN401 (a row of any table, and the fact in it)
        """Return the fact that a row keeps; the row has the columns of this table as its attributes."""
        shape = _shape(cls)
        values = list(shape.read(row))
        for at, made_of in shape.typed:
            if values[at] is not None:
                values[at] = made_of(values[at])
        return shape.fact(*values)

    @classmethod
    def plain(cls) -> Callable[..., Any] | None:
        """Return what makes a fact of the columns of its fields; None where some need more than that."""
        own = cls.fact_of.__func__ is not FactRow.fact_of.__func__  # type: ignore[attr-defined]
        return None if own or _shape(cls).typed else _shape(cls).fact

    @classmethod
    def fields_kept(cls) -> list[str]:
        """Return the columns that keep the fields of the fact, in the order of the fields."""
        return [*_shape(cls).columns.values()]

    @classmethod
    def columns_of(cls, fact: Any) -> dict[str, Any]:  # noqa: ANN401 (a fact of any kind)
        """Return what a fact says by the columns that keep it."""
        return {column: getattr(fact, field) for field, column in _shape(cls).columns.items()}

    @classmethod
    def keeping(cls, fact: object, by: str, at: datetime) -> Self:
        """Return a new row that keeps a fact, recorded by somebody at an instant."""
        return cls(recorded_at=at, recorded_by=by, **cls.columns_of(fact))


class _Shape(NamedTuple):
    """How a table keeps its facts: the column of each field, and what makes a value of it, by position."""

    fact: Callable[..., Any]
    columns: Mapping[str, str]
    read: Callable[[Any], tuple[Any, ...]]
    typed: tuple[tuple[int, Callable[[Any], Any]], ...]


@cache
def _shape(table: type[FactRow]) -> _Shape:
    fact = KINDS[table.fact_kind].fact
    hints = get_type_hints(fact)
    columns = {field.name: table.kept_as.get(field.name, field.name) for field in fields(fact)}
    made = ((at, _made_of(hints[name])) for at, name in enumerate(columns))
    typed = tuple((at, made_of) for at, made_of in made if made_of)
    return _Shape(fact, columns, attrgetter(*columns.values()), typed)


def _made_of(hint: Any) -> Callable[[Any], Any] | None:  # noqa: ANN401 (the type of any field)
    """Return what makes a field's value of what a column keeps; None where it is the same."""
    inner = [each for each in get_args(hint) if each is not NoneType]
    if get_origin(hint) in (Union, UnionType) and len(inner) == 1:
        return _made_of(inner[0])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return tuple if get_origin(hint) is tuple else None
