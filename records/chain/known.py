"""How far a record is known: by an instant, or by a place in its chain.

Two rows can be recorded at one instant, and a clock can be put back. Where it matters whether a row was there
when another was recorded, the places of both in the chain say so.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from records.chain.audit import AuditLink
from records.runs import DIRECTORY, Run, last_run
from records.schema import Recorded


@dataclass(frozen=True, slots=True)
class UpTo:
    """A place in the chain: the last row of each table before it, by the table's name.

    `of_people` are the last rows of who is who: what the directory file said that the record began with was
    known before it was recorded.
    """

    rows: Mapping[str, int]
    of_people: Mapping[str, int]

    def to_people(self) -> "UpTo":
        """Return the place up to which is known who was who."""
        return UpTo(self.of_people, self.of_people)


Known = datetime | UpTo | None
"""Up to where a record is known; all of it, when None."""


def known_by(table: type[Recorded], known: Known) -> ColumnElement[bool]:
    """Return the condition that a row of a table was recorded by then."""
    if isinstance(known, UpTo):
        return table.id <= known.rows.get(name_of(table), 0)
    return table.recorded_at <= known if known else true()


def name_of(table: type[Recorded]) -> str:
    """Return what the chain calls a table."""
    name: str = table.__tablename__  # type: ignore[attr-defined]  # every table has one
    return name


def places_of(session: Session, runs: Collection[int]) -> dict[int, UpTo]:
    """Return the place just before each of some runs, by the number of the run.

    What a run recorded itself comes before it: it is recorded last. A run that the chain does not have is not
    among them.
    """
    begun = last_run(session, DIRECTORY)
    wanted = {*runs, *([begun.id] if begun else [])}
    last: dict[str, int] = {}
    found: dict[int, dict[str, int]] = {}
    links = session.execute(select(AuditLink.table, AuditLink.row).order_by(AuditLink.position))
    for table, row in links:
        if table == Run.__tablename__ and row in wanted:
            found[row] = dict(last)
        last[table] = max(row, last.get(table, 0))
    people = found.get(begun.id, {}) if begun else {}
    return {run: UpTo(rows, _later(rows, people)) for run, rows in found.items() if run in runs}


def _later(one: Mapping[str, int], other: Mapping[str, int]) -> Mapping[str, int]:
    return {table: max(one.get(table, 0), other.get(table, 0)) for table in {*one, *other}}
