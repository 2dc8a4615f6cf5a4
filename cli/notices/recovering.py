"""`mandates notices recover` and `ask`: what a wrong day used up, and what came too late, put right."""

from datetime import date
from typing import Annotated

import typer

from cli.days import Day, day, read_day
from cli.notices.deciding import Reason
from cli.opening import open_installation
from cli.options import By
from cli.output import say, say_list
from flows.clock import now
from tasks.enforcement.asking_now import ask as ask_now
from tasks.operations.wrong_day import recover as set_aside

DryRun = Annotated[bool, typer.Option("--dry-run", help="Name everything, and change nothing.")]


Until = Annotated[
    date | None,
    typer.Option(
        "--until", parser=read_day, metavar="DATE", help="The day by which an input can still come."
    ),
]
Nobody = Annotated[bool, typer.Option("--nobody", help="Ask nobody any more, and state why.")]


def ask(cycle: str, by: By, reason: Reason, until: Until = None, *, nobody: Nobody = False) -> None:
    """Ask now those who were never asked for an input to CYCLE, because its day had passed."""
    if bool(until) == nobody:
        raise typer.BadParameter("give either --until DATE, or --nobody")
    with open_installation() as installation:
        keys = ask_now(installation, cycle, day(None, installation), now(), until=until, by=by, reason=reason)
    say_list("Nobody is asked:" if nobody else "They will be sent with the next dispatch:", keys)


def recover(wrong_day: Day, by: By, reason: Reason, *, dry_run: DryRun = False) -> None:
    """After a run for a DATE that has not come: list all it did, schedule it again, draft corrections.

    What such a run, and every one for a later day, entered or skipped is set aside. The next run enters anew
    what is due by its own day. A correction of what was sent waits until a person releases it.
    """
    with open_installation() as installation:
        today = day(None, installation)
        done = set_aside(installation, wrong_day, today, now(), by=by, reason=reason, dry_run=dry_run)
    say_list("Runs for a day that has not come:", done.runs)
    say_list("Due again on their own day; they had not been sent:", done.owed_again)
    say_list("Sent before their day, and due again on it:", done.sent)
    say_list("Sent, and due by today in any case; nothing is done about them:", done.right)
    say_list("Being sent at this moment; type the same again in a quarter of an hour:", done.on_its_way)
    say_list("Opened before their time, with those on their rolls on that day:", done.opened)
    say_list("Recorded as past due though their day has not passed; that stays on record:", done.breached)
    say_list("Corrections that await release:", done.corrections)
    say_list(
        "Cycles that do not follow from the facts any more; correct what was sent by hand:", done.uncorrected
    )
    say("\nnothing was changed" if dry_run else _next(len(done.corrections)))


def _next(corrections: int) -> str:
    run = "\nthe next run enters anew what is due by then; at once: mandates enforce"
    release = "; read the corrections and release them with: mandates notices release --corrections"
    return run + (release if corrections else "")
