"""Rolls as CSV."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from policies.pack.bodies import BodyKind
from policies.problems import Problem, RefusedFileError
from records.database import reading
from records.facts.facts import read_facts
from tasks.facts.csv_files import csv_of, read_cells, refused
from tasks.facts.importing import Import, take
from tasks.facts.rolls import COLUMNS, Register, register_of
from tasks.installation.installation import Installation

Entry = dict[str, Any]
Entries = Iterator[tuple[str, Entry]]


@dataclass(frozen=True, slots=True)
class RollFile:
    """The rows of a file, each with its line; `kind` is what they are rows of."""

    file: Path
    kind: BodyKind
    rows: Sequence[tuple[int, Mapping[str, str]]]


def written(register: Register) -> bytes:
    """Return a roll as CSV."""
    return csv_of(COLUMNS[register.kind], register.rows)


def read(file: Path) -> RollFile:
    """Read a CSV file of a roll.

    Raises:
        RefusedFileError: it is no text, or its first line does not name the columns of a roll.
    """
    cells = read_cells(file)
    return RollFile(file, _kind(file, cells.columns), cells.rows)


def import_roll(
    installation: Installation, file: Path, by: str, now: datetime, today: date, *, whole: bool = False
) -> Import:
    """Record what a CSV file says of a roll; all of it, or nothing.

    With `whole`, whoever imports it vouches that the file is the whole roll of today: nobody is missing from
    it, and nobody else is on record.

    Raises:
        RefusedFileError: with every mistake, by line and column.
    """
    found = read(file)
    content: dict[str, list[Entry]] = {}
    lines: dict[tuple[str, int], int] = {}
    for line, row in found.rows:
        for table, entry in _ENTRIES[found.kind](row):
            lines[table, len(content.setdefault(table, []))] = line
            content[table].append(entry)
    for body in _bodies(installation, found) if whole else ():
        _refuse_others(installation, found, body, today)
        attestation = {"body": body, "attested_on": today, "source": file.name}
        content.setdefault("attestations", []).append(attestation)
    try:
        return take(installation, content, file, by, now, today)
    except RefusedFileError as refusal:
        raise RefusedFileError([_by_line(problem, lines) for problem in refusal.problems]) from refusal


def _bodies(installation: Installation, found: RollFile) -> Sequence[str]:
    if found.kind is BodyKind.GROUPS:
        bodies = installation.pack.bodies.values()
        return [body.actor for body in bodies if body.kind is BodyKind.GROUPS]
    return sorted({row.get("body", "") for _, row in found.rows})


def _refuse_others(installation: Installation, found: RollFile, body: str, today: date) -> None:
    """Refuse a whole roll that leaves out somebody who is on the roll of today, as it is recorded."""
    if body not in installation.pack.bodies or installation.pack.bodies[body].kind is not found.kind:
        return  # no such roll: every row of it is refused anyway
    with reading(installation.engine) as session:
        recorded = register_of(installation.pack, read_facts(session), body, today).rows
    column = next(column for column in _KEYS if column in COLUMNS[found.kind])
    named = {row.get(column) for _, row in found.rows}
    if others := [row[column] for row in recorded if row[column] not in named]:
        expected = f"all who are on the roll of {body} today: record who left, or import it without --whole"
        raise refused(found.file, "", f"no row for {', '.join(others)}", expected)


def _members(row: Mapping[str, str]) -> Entries:
    yield "joinings", _said(row, COLUMNS[BodyKind.MEMBERS])


def _groups(row: Mapping[str, str]) -> Entries:
    said = _said(row, COLUMNS[BodyKind.GROUPS])
    said.pop("chairs", None)  # they are members of the group, and recorded as such
    yield "groups", {"id": said.pop("group", ""), **said}


def _seats(row: Mapping[str, str]) -> Entries:
    if row.get("constituency"):
        yield "seats", _said(row, ("body", "seat", "constituency", "since_on", "source"))
    if row.get("holder"):
        source = {"source": row.get("term_source") or row.get("source") or ""}
        yield "terms", {**_said(row, ("body", "seat", "holder", "starts_on", "ends_on")), **source}


_ENTRIES: Mapping[BodyKind, Callable[[Mapping[str, str]], Entries]] = {
    BodyKind.MEMBERS: _members,
    BodyKind.GROUPS: _groups,
    BodyKind.SEATS: _seats,
}
_KEYS = ("member", "group", "seat")
_KNOWN_BY = {"member": BodyKind.MEMBERS, "focus": BodyKind.GROUPS, "holder": BodyKind.SEATS}


def _said(row: Mapping[str, str], columns: Sequence[str]) -> Entry:
    return {column: _value(column, row[column]) for column in columns if row.get(column)}


def _value(column: str, cell: str) -> str | date:
    """Return a cell as an entry has it; what is no date is left for the check that will say so."""
    if column.endswith("_on"):
        try:
            return date.fromisoformat(cell)
        except ValueError:
            return cell
    return cell


def _kind(file: Path, columns: Sequence[str]) -> BodyKind:
    kind = next((kind for column, kind in _KNOWN_BY.items() if column in columns), None)
    wanted = " or ".join(", ".join(each) for each in COLUMNS.values())
    if kind is None or not set(columns) <= set(COLUMNS[kind]):
        expected = ", ".join(COLUMNS[kind]) if kind else wanted
        raise refused(file, "line 1", ", ".join(columns) or "nothing", f"the columns {expected}")
    return kind


def _by_line(problem: Problem, lines: Mapping[tuple[str, int], int]) -> Problem:
    """Return a mistake by the line and column that the reader of the file sees."""
    table, _, rest = problem.key.partition(".")
    number, _, column = rest.partition(".")
    line = lines.get((table, int(number))) if number.isdigit() else None
    key = ", ".join([f"line {line}", *([column] if column else [])]) if line else problem.key
    return Problem(problem.file, key, problem.found, problem.expected)
