"""One fact from the command line: taken as a file of one entry would be, and what is said of it."""

from pathlib import Path
from typing import Any

from cli.output import say
from flows.clock import now, today
from tasks.importing import take
from tasks.workplace import open_workplace


def take_one(table: str, fact: dict[str, Any], by: str) -> None:
    """Record one entry of a facts file's `table`, and say whether it was new; None is left out.

    Raises:
        RefusedFileError: with everything that is wrong with it; nothing was recorded.
    """
    said = {key: value for key, value in fact.items() if value is not None}
    with open_workplace() as workplace:
        command = Path("mandates record")
        taken = take(workplace, {table: [said]}, command, by, now(), today(workplace.zone))
    say("recorded" if taken.new else "this is on record already; nothing was changed")
