"""What is on record, and how something wrong is withdrawn from it."""

import sys
from typing import Annotated

import typer

from cli.opening import open_installation
from cli.options import By
from cli.output import say, write_table
from cli.record.consequences import say_consequences
from cli.record.recording import Reason, app
from flows.clock import now, today
from policies.facts.facts import WHO
from records.database import reading, writing
from records.facts.facts import KINDS, in_force, said
from tasks.facts.withdrawing import Withdrawn, withdraw_fact
from tasks.installation.who import keep_people_copy
from tasks.rules.what_if import Consequences, what_if_withdrawn


@app.command("list")
def list_(
    *,
    people: Annotated[bool, typer.Option("--people", help="Those about who is who instead.")] = False,
) -> None:
    """List the facts on record, with the numbers that a correction names."""
    with open_installation() as installation, reading(installation.engine) as session:
        rows = [
            {
                "fact": name,
                "number": str(row.id),
                "recorded": f"{row.recorded_at:%Y-%m-%d}",
                "says": said(row),
            }
            for name, kind in KINDS.items()
            if (name in WHO) == people
            for row in in_force(session, kind)
        ]
    write_table(rows, ("fact", "number", "recorded", "says"), empty="no fact is on record")


_LARGEST = 2**31 - 1  # what every database can count to


class NotAskedError(LookupError):
    """Nobody can be asked here whether a fact is to be withdrawn; the message says what to do instead."""


@app.command()
def correction(
    fact: Annotated[str, typer.Argument(help=f"One of: {', '.join(KINDS)}.")],
    number: Annotated[
        int, typer.Argument(min=1, max=_LARGEST, help="As in: mandates record list, or list --people")
    ],
    reason: Reason,
    by: By,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Withdraw it without asking, as a script must.")] = False,
) -> None:
    """Show a fact that was wrong and what follows without it, and withdraw it; then record what is right."""
    asking = sys.stdin.isatty()
    if not (yes or asking):
        raise NotAskedError(
            f"{fact} {number} was not withdrawn: there is no terminal to ask on. Type the same in a "
            "terminal, where you see first what it changes; or add --yes to withdraw it without being asked."
        )
    with open_installation() as installation:
        on = today(installation.zone)
        withdrawn, found = what_if_withdrawn(installation, fact, number, now(), on)
        _show(f"{fact} {number}", withdrawn, found)
        if not yes and not typer.confirm(f"Withdraw {fact} {number}?"):
            say("nothing was withdrawn")
            raise typer.Exit(1)
        with writing(installation.engine) as session:
            withdraw_fact(session, installation.pack, fact, number, reason, by, now(), on)
        if fact in WHO:
            keep_people_copy(installation, on)
    say(f"{fact} {number} is withdrawn; it stays in the record, with the reason")
    say("Was that a mistake? Put this into a file and type: mandates import FILE")
    say(f"\n{withdrawn.entry}", end="")


def _show(name: str, withdrawn: Withdrawn, found: Consequences) -> None:
    say(f"{name}, recorded on {withdrawn.recorded_at:%Y-%m-%d} by {withdrawn.recorded_by}:")
    width = max(map(len, withdrawn.says))
    for part, value in withdrawn.says.items():
        say(f"  {part:<{width}}  {value}")
    say("\nWithout it:")
    say_consequences(found, "withdraw it")
    say()
