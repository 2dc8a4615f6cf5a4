"""Rolls as CSV: written so that no spreadsheet runs what is in them, read as spreadsheets write them."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from policies.pack.bodies import BodyKind
from policies.problems import Problem, RefusedFileError
from records.database import reading
from records.facts.facts import read_facts
from tasks.facts.importing import Import, take
from tasks.facts.rolls import COLUMNS, Register, register_of
from tasks.installation.installation import Installation

# A cell that begins like this is a formula to a spreadsheet, or would be mistaken for one that was guarded.
_FORMULA = frozenset("=+-@\t\r'")
_GUARD = "'"
_DELIMITERS = ",;\t"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}

Entry = dict[str, Any]
Entries = Iterator[tuple[str, Entry]]


@dataclass(frozen=True, slots=True)
class RollFile:
    """The rows of a file, each with its line; `kind` is what they are rows of."""

    file: Path
    kind: BodyKind
    rows: Sequence[tuple[int, Mapping[str, str]]]


def written(register: Register) -> bytes:
    """Return a roll as CSV: UTF-8 with its mark, so that spreadsheets read every script rightly."""
    text = StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(COLUMNS[register.kind])
    rows.writerows([_guarded(row[column]) for column in COLUMNS[register.kind]] for row in register.rows)
    return text.getvalue().encode("utf-8-sig")


def read(file: Path) -> RollFile:
    """Read a CSV file of a roll; commas, semicolons or tabs may part its cells.

    Raises:
        RefusedFileError: it is no text, or its first line does not name the columns of a roll.
    """
    text = _text(file)
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [column.strip() for column in reader.fieldnames or ()]
        reader.fieldnames = columns
        kind = _kind(file, columns)
        rows = [(reader.line_num, _cells(file, reader.line_num, row)) for row in reader]
    except csv.Error as error:
        expected = f"CSV with quotes in pairs, and no cell of more than {csv.field_size_limit():,} characters"
        raise _refused(file, f"line {reader.reader.line_num}", str(error), expected) from error
    return RollFile(file, kind, [(line, row) for line, row in rows if any(row.values())])


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
        raise _refused(found.file, "", f"no row for {', '.join(others)}", expected)


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


def _cells(file: Path, line: int, row: Mapping[str | None, Any]) -> dict[str, str]:
    if None in row:
        more = f"{len(row[None])} more"
        raise _refused(file, f"line {line}", more, "as many cells as the first line has")
    return {str(column): _unguarded((cell or "").strip()) for column, cell in row.items()}


def _guarded(cell: str) -> str:
    return f"{_GUARD}{cell}" if cell[:1] in _FORMULA and cell else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell[:1] == _GUARD and cell[1:2] in _FORMULA and cell[1:] else cell


def _text(file: Path) -> str:
    try:
        content = file.read_bytes()
        return content.decode(_MARKS.get(content[:2], "utf-8-sig"))
    except OSError as error:
        raise _refused(file, "", error.strerror or str(error), "a CSV file that can be read") from error
    except UnicodeDecodeError as error:
        raise _refused(file, "", str(error), "a CSV file in UTF-8; save it as “CSV UTF-8”") from error


def _kind(file: Path, columns: Sequence[str]) -> BodyKind:
    kind = next((kind for column, kind in _KNOWN_BY.items() if column in columns), None)
    wanted = " or ".join(", ".join(each) for each in COLUMNS.values())
    if kind is None or not set(columns) <= set(COLUMNS[kind]):
        expected = ", ".join(COLUMNS[kind]) if kind else wanted
        raise _refused(file, "line 1", ", ".join(columns) or "nothing", f"the columns {expected}")
    if twice := sorted({column for column in columns if columns.count(column) > 1}):
        raise _refused(file, "line 1", f"{', '.join(twice)} more than once", "each column once")
    return kind


def _by_line(problem: Problem, lines: Mapping[tuple[str, int], int]) -> Problem:
    """Return a mistake by the line and column that the reader of the file sees."""
    table, _, rest = problem.key.partition(".")
    number, _, column = rest.partition(".")
    line = lines.get((table, int(number))) if number.isdigit() else None
    key = ", ".join([f"line {line}", *([column] if column else [])]) if line else problem.key
    return Problem(problem.file, key, problem.found, problem.expected)


def _refused(file: Path, key: str, found: str, expected: str) -> RefusedFileError:
    return RefusedFileError([Problem(file.name, key, found, expected)])
