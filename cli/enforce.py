"""`mandates enforce`: the main job once, in this process."""

from typing import Annotated

import typer

from cli.options import AsOf
from cli.output import say, say_list, write_table
from flows.counted import counted
from flows.run_context import occasion_in
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce as enforce_on
from tasks.installation.clock_guard import require_forward
from tasks.installation.runs import Asked, leave_heartbeat
from tasks.installation.workplace import open_workplace
from tasks.operations.journal import assembled as built_lines
from tasks.operations.journal import dispatched, enforced, journal
from tasks.packages.assembly import assemble

COLUMNS = ("obligation", "cycle", "state", "due_on", "target_on", "days_overdue")
Only = Annotated[
    str | None, typer.Argument(help="Only this obligation; all if not given.", metavar="OBLIGATION")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done; write and send nothing.")]
Force = Annotated[bool, typer.Option("--force", help="Act in earnest although DATE is not today.")]

AskedBy = Annotated[str, typer.Option("--by", help="Who asks for this run.", envvar="MANDATES_BY")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for the record.")]


def enforce(
    obligation: Only = None,
    as_of: AsOf = None,
    by: AskedBy = "",
    reason: Reason = "",
    *,
    dry_run: DryRun = False,
    force: Force = False,
) -> None:
    """Open the cycles, enter and send the notices and assemble the packages owed.

    The same day again does nothing new. Another day than today is a rehearsal, unless forced.
    """
    with open_workplace() as workplace:
        given = as_of.date() if as_of else None
        occasion = occasion_in(workplace.zone, given, dry_run=dry_run, force=force)
        when = (occasion.as_of, occasion.now)
        if not occasion.rehearsal and not force:
            require_forward(workplace, occasion.now)
        asked = Asked(by, reason)
        done = enforce_on(workplace, *when, obligation=obligation, dry_run=occasion.rehearsal, asked=asked)
        would = "would be " if occasion.rehearsal else ""
        write_table(done.rows, COLUMNS, empty="the pack has no obligations")
        say(f"\nas of {occasion.as_of}: {counted(done.opened, 'cycle')} {would}opened, ", end="")
        say(f"{counted(done.notices, 'notice')} {would}entered, ", end="")
        say(f"{counted(done.breached, 'breach', 'breaches')} {would}recorded")
        findings = list(done.findings)
        if occasion.rehearsal:
            say("a rehearsal: nothing was written or sent; see the messages with: mandates preview")
        else:
            assembled = assemble(workplace, *when, obligation=obligation, asked=asked)
            sent = dispatch(workplace, *when, by_hand=True)
            leave_heartbeat(workplace, "dispatch", *when, sent.counts(), asked)
            lines = [*enforced(done), *built_lines(assembled), *dispatched(sent)]
            journal(workplace.settings, occasion.now, lines)
            findings += [*assembled.findings, *sent.findings]
            say(f"{sent.count('sent')} sent, {len(sent.findings)} not sent, ", end="")
            say(f"{counted(assembled.rows, 'package')} assembled")
            if workplace.settings.channels_email.get_secret_value().startswith("outbox:"):
                say(f"messages are in {workplace.settings.outbox}")
        say_list("To look at:", findings)
