"""The index of what stands on one day: derived, kept in memory alone, searched and paged by SQLite.

No state of an obligation is ever stored: this index is thrown away with the process, and made anew whenever
a fact, a rule or the day is another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from threading import Lock
from typing import Any

from sqlalchemy import Date, Select, StaticPool, String, Text, create_engine, func, insert, select
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column

PAGE = 50
"""Obligations on one page of the board."""


class _InMemory(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """The base of the tables that no file ever holds."""


class Glance(_InMemory):
    """One obligation at a glance; `rank` says how soon somebody must look, `found` what a search looks in."""

    __tablename__ = "glances"

    obligation: Mapped[str] = mapped_column(String, primary_key=True)
    rank: Mapped[int] = mapped_column(index=True)
    plan_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String, index=True)
    holder: Mapped[str] = mapped_column(String, index=True)
    found: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader asked the board for; empty means all. Pages count from 1."""

    words: str = ""
    state: str = ""
    holder: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class Found:
    """One page of what was found, by obligation id, and how many there are on all pages."""

    obligations: tuple[str, ...]
    count: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.count // PAGE))


class Index:
    """An index in memory. It may be asked from several threads; they take turns."""

    def __init__(self, rows: Iterable[Glance]) -> None:
        self._engine = create_engine(
            "sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False}
        )
        self._turn = Lock()
        _InMemory.metadata.create_all(self._engine)
        values = [asdict(row) for row in rows]
        with self._engine.begin() as connection:
            for start in range(0, len(values), _BATCH):
                connection.execute(insert(Glance), values[start : start + _BATCH])

    def search(self, wanted: Wanted) -> Found:
        """Return one page of what is wanted, the most pressing first."""
        matching = _matching(select(Glance.obligation), wanted)
        ordered = matching.order_by(Glance.rank, Glance.plan_on.is_(None), Glance.plan_on, Glance.obligation)
        page = ordered.limit(PAGE).offset((wanted.page - 1) * PAGE)
        counted = _matching(select(func.count()).select_from(Glance), wanted)
        with self._turn, self._engine.connect() as connection:
            return Found(tuple(connection.scalars(page)), connection.scalar(counted) or 0)

    def counts(self, by: str) -> Mapping[str, int]:
        """Return how many obligations there are of each `state` or of each `holder`."""
        column = {"state": Glance.state, "holder": Glance.holder}[by]
        asked = select(column, func.count()).group_by(column).order_by(column)
        with self._turn, self._engine.connect() as connection:
            return dict(connection.execute(asked).all())

    def dispose(self) -> None:
        """Let go of the memory."""
        self._engine.dispose()


_BATCH = 5_000


def _matching(asked: Select[Any], wanted: Wanted) -> Select[Any]:
    for word in wanted.words.casefold().split():
        asked = asked.where(Glance.found.contains(word, autoescape=True))
    if wanted.state:
        asked = asked.where(Glance.state == wanted.state)
    if wanted.holder:
        asked = asked.where(Glance.holder == wanted.holder)
    return asked
