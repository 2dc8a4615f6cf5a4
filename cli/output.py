"""How answers are written: tables for people, JSON for machines."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.table import Table

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
}


def write_json(value: Any) -> None:  # noqa: ANN401 (whatever the contract says)
    """Write one JSON document, readable and stable."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def write_table(rows: Sequence[Mapping[str, str]], columns: Sequence[str], *, empty: str) -> None:
    """Write rows as a table, or say that there are none."""
    if not rows:
        say(empty)
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(_coloured(row.get(column, "")) for column in columns))
    _console().print(table)


def say(line: str = "", *, end: str = "\n") -> None:
    """Write one line as it is."""
    sys.stdout.write(f"{line}{end}")


def say_list(title: str, lines: Sequence[str]) -> None:
    """Write a titled list; nothing when it is empty."""
    if lines:
        say(f"\n{title}")
        for line in lines:
            say(f"  - {line}")


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal while long work goes on; gives what is told of done and of all."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, count: bar.update(task, completed=done, total=count)


def _coloured(text: str) -> str:
    colour = COLOURS.get(text)
    return f"[{colour}]{text}[/]" if colour else text.replace("[", r"\[")


def _console() -> Console:
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=160)
