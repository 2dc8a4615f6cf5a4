"""What is on record, and how something wrong is withdrawn from it."""

from typing import Annotated

import typer

from cli.opening import open_workplace
from cli.options import By
from cli.output import say, write_table
from cli.record.recording import Reason, app
from flows.clock import now
from records.database import reading, writing
from records.facts.facts import KINDS, in_force, said
from tasks.facts.withdrawing import withdraw_fact


@app.command("list")
def list_() -> None:
    """List the facts on record, with the numbers that a correction names."""
    with open_workplace() as workplace, reading(workplace.engine) as session:
        rows = [
            {
                "fact": name,
                "number": str(row.id),
                "recorded": f"{row.recorded_at:%Y-%m-%d}",
                "says": said(row),
            }
            for name, kind in KINDS.items()
            for row in in_force(session, kind)
        ]
    write_table(rows, ("fact", "number", "recorded", "says"), empty="no fact is on record")


@app.command()
def correction(
    fact: Annotated[str, typer.Argument(help=f"One of: {', '.join(KINDS)}.")],
    number: Annotated[int, typer.Argument(help="The fact's number, as in: mandates record list")],
    reason: Reason,
    by: By,
) -> None:
    """Withdraw a fact that was wrong; then record what is right."""
    with open_workplace() as workplace, writing(workplace.engine) as session:
        withdraw_fact(session, fact, number, reason, by, now())
    say(f"{fact} {number} is withdrawn; it stays in the record, with the reason")
