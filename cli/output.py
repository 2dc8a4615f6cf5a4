"""How answers are written: tables for people, JSON for machines."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from shutil import get_terminal_size
from textwrap import fill, indent
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

COLOURS = {
    "overdue": "bold red",
    "missed": "red",
    "met-late": "yellow",
    "open": "cyan",
    "met": "green",
    "unknown": "magenta",
    "unrecorded": "magenta",
    "standing": "dim",
    "sent": "green",
    "refused": "red",
    "awaiting-release": "yellow",
    "drafted": "yellow",
}
# Every table fits into this many columns: a wider one is folded by most terminals where it hurts.
WIDTH = 100
HEADINGS = {"days_overdue": "late"}
_NARROW = 40


def write_json(value: Any) -> None:  # noqa: ANN401 (whatever the contract says)
    """Write one JSON document, readable and stable."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_json_rows(head: Mapping[str, Any], name: str, rows: Iterable[Any]) -> None:
    """Write one JSON document as `write_json` does, whose last entry is the list `name`: row by row.

    Of many thousand rows, not all have to be in memory together.
    """
    before, after = json.dumps({**head, name: []}, ensure_ascii=False, indent=2).rsplit("[]", 1)
    sys.stdout.write(before)
    separator = opening = "[\n"
    for row in rows:
        sys.stdout.write(separator + indent(json.dumps(row, ensure_ascii=False, indent=2), _IN_LIST))
        separator = ",\n"
    sys.stdout.write("[]" if separator is opening else "\n  ]")
    sys.stdout.write(f"{after}\n")


_IN_LIST = " " * 4


def write_table(rows: Sequence[Mapping[str, str]], columns: Sequence[str], *, empty: str) -> None:
    """Write rows as a table, or say that there are none."""
    if not rows:
        say(empty)
        return
    console = _console()
    console.print(_table(console, rows, columns, _widths(rows, columns)))


def write_groups(rows: Sequence[Mapping[str, str]], by: str, columns: Sequence[str], *, empty: str) -> None:
    """Write rows as a table for each value of `by`, in the order the values come first."""
    if not rows:
        say(empty)
        return
    groups: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        groups.setdefault(row[by], []).append(row)
    console, widths = _console(), _widths(rows, columns)
    for name, members in groups.items():
        console.print(Text(f"\n{name}", style="bold"))
        console.print(_table(console, members, columns, widths))


def say_wrapped(line: str, indent: str = "") -> None:
    """Write a sentence; on a terminal in lines that fit, elsewhere whole, so that it can be searched."""
    width = min(WIDTH, get_terminal_size().columns)
    say(
        fill(line, width, initial_indent=indent, subsequent_indent=indent)
        if _console().is_terminal
        else indent + line
    )


def _table(
    console: Console, rows: Iterable[Mapping[str, str]], columns: Sequence[str], widths: Sequence[int]
) -> Table:
    roomy = sum(widths) + 2 * (len(columns) - 1) <= console.width
    table = Table(box=None, header_style="bold", pad_edge=False, collapse_padding=not roomy)
    for column, width in zip(columns, _least(widths, console.width), strict=True):
        table.add_column(_heading(column), overflow="fold", min_width=width)
    for row in rows:
        table.add_row(*(_coloured(row.get(column, "")) for column in columns))
    return table


def _least(widths: Sequence[int], width: int) -> list[int]:
    """Return how wide each column is at least; what is wider than the table altogether would be cut off."""
    least = [min(each, _NARROW) for each in widths]
    while sum(least) + len(least) - 1 > width and max(least) > 1:
        least[least.index(max(least))] -= 1
    return least


def _widths(rows: Iterable[Mapping[str, str]], columns: Sequence[str]) -> list[int]:
    return [max(len(_heading(c)), *(len(row.get(c, "")) for row in rows)) for c in columns]


def _heading(column: str) -> str:
    return HEADINGS.get(column, column.replace("_", " "))


def say(line: str = "", *, end: str = "\n") -> None:
    """Write one line as it is, but for what a terminal would obey: it may be a stranger's words."""
    sys.stdout.write(f"{line.translate(_OBEYED)}{end}")


def say_list(title: str, lines: Sequence[str]) -> None:
    """Write a titled list; nothing when it is empty."""
    if lines:
        say(f"\n{title}")
        for line in lines:
            say_wrapped(f"- {line}", "  ")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal while long work goes on; gives what is told of done and of all."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, count: bar.update(task, completed=done, total=count)


_OBEYED = {code: f"\\x{code:02x}" for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\n\t"}


def _coloured(text: str) -> str:
    text = text.translate(_OBEYED)
    colour = COLOURS.get(text)
    return f"[{colour}]{text}[/]" if colour else text.replace("[", r"\[")


def _console() -> Console:
    console = Console(highlight=False)
    return Console(highlight=False, width=min(WIDTH, console.width) if console.is_terminal else WIDTH)
