"""CSV files: written so that no spreadsheet runs what is in them, read as spreadsheets write them."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

from policies.problems import Problem, RefusedFileError

# A cell that begins like this is a formula to a spreadsheet, or would be mistaken for one that was guarded.
_FORMULA = frozenset("=+-@\t\r'")
_GUARD = "'"
_DELIMITERS = ",;\t"
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Cells:
    """What a CSV file holds: its columns, and its rows that are not empty, each with its line."""

    columns: Sequence[str]
    rows: Sequence[tuple[int, Mapping[str, str]]]


def csv_of(columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    """Return rows as CSV: UTF-8 with its mark, so that spreadsheets read every script rightly."""
    text = StringIO(newline="")
    written = csv.writer(text)
    written.writerow(columns)
    written.writerows([_guarded(row[column]) for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def read_cells(file: Path) -> Cells:
    """Read a CSV file; commas, semicolons or tabs may part its cells.

    Raises:
        RefusedFileError: it is no text, or no CSV.
    """
    text = _text(file)
    delimiter = max(_DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [column.strip() for column in reader.fieldnames or ()]
        if twice := sorted({column for column in columns if columns.count(column) > 1}):
            raise refused(file, "line 1", f"{', '.join(twice)} more than once", "each column once")
        reader.fieldnames = columns
        rows = [(reader.line_num, _cells(file, reader.line_num, row)) for row in reader]
    except csv.Error as error:
        expected = f"CSV with quotes in pairs, and no cell of more than {csv.field_size_limit():,} characters"
        raise refused(file, f"line {reader.reader.line_num}", str(error), expected) from error
    return Cells(columns, [(line, row) for line, row in rows if any(row.values())])


def refused(file: Path, key: str, found: str, expected: str) -> RefusedFileError:
    """Return the refusal of a file for one mistake."""
    return RefusedFileError([Problem(file.name, key, found, expected)])


def _cells(file: Path, line: int, row: Mapping[str | None, Any]) -> dict[str, str]:
    if None in row:
        more = f"{len(row[None])} more"
        raise refused(file, f"line {line}", more, "as many cells as the first line has")
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
        raise refused(file, "", error.strerror or str(error), "a CSV file that can be read") from error
    except UnicodeDecodeError as error:
        raise refused(file, "", str(error), "a CSV file in UTF-8; save it as “CSV UTF-8”") from error
