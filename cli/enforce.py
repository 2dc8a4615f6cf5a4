"""`mandates enforce`: the main job once, in this process."""

from datetime import date
from typing import Annotated

import typer

from cli.days import AsOf, read_day
from cli.opening import open_installation
from cli.output import say, say_list, write_table
from flows.pluralise import pluralise
from flows.run_context import run_context_in
from tasks.enforcement.enforcement import Enforcement
from tasks.installation.runs import Asked, RunContext
from tasks.operations.day import do_day

COLUMNS = ("obligation", "cycle", "state", "due_on", "target_on", "days_overdue")
Only = Annotated[
    str | None, typer.Argument(help="Only this obligation; all if not given.", metavar="OBLIGATION")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done; write and send nothing.")]
Force = Annotated[bool, typer.Option("--force", help="Act in earnest although DATE is not today.")]
ConfirmDay = Annotated[
    date | None,
    typer.Option(
        "--confirm-day",
        parser=read_day,
        metavar="DATE",
        help="Confirm that DATE is the right day to act for: a run was held because the clock may be wrong.",
    ),
]

AskedBy = Annotated[str, typer.Option("--by", help="Who asks for this run.", envvar="MANDATES_BY")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the record.")]


def enforce(
    obligation: Only = None,
    as_of: AsOf = None,
    by: AskedBy = "",
    reason: Reason = "",
    confirm_day: ConfirmDay = None,
    *,
    dry_run: DryRun = False,
    force: Force = False,
) -> None:
    """Open the cycles, enter and send the notices and assemble the packages that are due.

    The same day again does nothing new. Another day than today is a rehearsal, unless forced. A day far ahead
    of the last one, or a clock behind the record, waits until a person confirms the day.
    """
    with open_installation() as installation:
        run_context = run_context_in(installation.zone, as_of, dry_run=dry_run, force=force)
        done = do_day(
            installation,
            run_context,
            obligation=obligation,
            confirmed=confirm_day,
            asked=Asked(by, reason),
        )
        _say_what_was_decided(done.decided, run_context)
        if done.built and done.sent:
            say(f"{done.sent.count('sent')} sent, {len(done.sent.findings)} not sent, ", end="")
            say(f"{pluralise(done.built.rows, 'package')} assembled")
            if installation.settings.channels_email.get_secret_value().startswith("outbox:"):
                say(f"messages are in {installation.settings.outbox}")
        else:
            say("a rehearsal: nothing was written or sent; see the messages with: mandates preview")
        say_list("Requires attention:", done.findings)


def _say_what_was_decided(decided: Enforcement, run_context: RunContext) -> None:
    would = "would be " if run_context.rehearsal else ""
    write_table(decided.rows, COLUMNS, empty="the pack has no obligations")
    say(f"\nas of {run_context.as_of}: {pluralise(decided.opened, 'cycle')} {would}opened, ", end="")
    say(f"{pluralise(decided.notices, 'notice')} {would}entered, ", end="")
    say(f"{pluralise(decided.breached, 'breach', 'breaches')} {would}recorded")
