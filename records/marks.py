"""What changes whenever something new is known: cheap to ask, for those who keep what they have read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from policies.facts.facts import WHO
from records.facts.facts import KINDS, Correction
from records.personal.tables import Forgetting
from records.runs import went_live_on
from records.schema import Recorded


def _newest(tables: Iterable[type[Recorded]]) -> Select[Any]:
    return select(*(func.coalesce(select(func.max(each.id)).scalar_subquery(), 0) for each in tables))


_TAKEN_BACK: tuple[type[Recorded], ...] = (Correction, Forgetting)
_PEOPLE_MARK = _newest([*(KINDS[name] for name in WHO), *_TAKEN_BACK])
_MARK = _newest([*KINDS.values(), *_TAKEN_BACK])


@dataclass(frozen=True, slots=True)
class Mark:
    """What changes whenever a fact is recorded or withdrawn, somebody forgotten, or the system goes live.

    `newest` are the greatest numbers of facts by the names of their kinds, `taken_back` those of withdrawals
    and of people forgotten; 0 where there is none.
    """

    newest: Mapping[str, int]
    taken_back: tuple[int, ...]
    went_live_on: date | None


def mark(session: Session) -> Mark:
    """Return the mark of all facts."""
    newest = session.execute(_MARK).one()
    kinds = dict(zip(KINDS, newest, strict=False))
    return Mark(kinds, tuple(newest[len(kinds) :]), went_live_on(session))


def people_mark(session: Session) -> tuple[int, ...]:
    """Return the mark of the facts about who is who."""
    return tuple(session.execute(_PEOPLE_MARK).one())
