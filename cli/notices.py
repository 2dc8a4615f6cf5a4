"""`mandates notices`: what went, and what will go, to whom; and the release of formal ones."""

from datetime import timedelta
from typing import Annotated

import typer

from cli.options import AsJson, AsOf, By, day
from cli.output import say, write_json, write_table
from flows.clock import now
from records.database import writing
from records.notices import NoticeState
from records.notices import release as release_notice
from records.notices import settle as settle_notice
from tasks.forecast import forecast
from tasks.workplace import open_workplace

app = typer.Typer()
COLUMNS = ("send_on", "kind", "class", "to", "state", "cycle")
Days = Annotated[int, typer.Option("--days", min=0, max=3700, help="How many days ahead to look.")]
State = Annotated[str | None, typer.Option("--state", help="Only notices in this state, such as unknown.")]
Reason = Annotated[str, typer.Option("--reason", help="How this was found out.")]
Arrived = Annotated[bool, typer.Option("--arrived/--not-arrived", help="Whether the recipient has it.")]
Key = Annotated[str, typer.Argument(help="A notice's key, as in: mandates notices --json", metavar="KEY")]


@app.callback(invoke_without_command=True)
def notices(
    context: typer.Context,
    as_of: AsOf = None,
    days: Days = 30,
    state: State = None,
    *,
    as_json: AsJson = False,
) -> None:
    """List the ledger, and what will be entered by DATE and in the days after it."""
    if context.invoked_subcommand:
        return
    with open_workplace() as workplace:
        first = day(as_of, workplace)
        found = forecast(workplace, first, first + timedelta(days=days), now())
        rows = [row.as_json() for row in found if state is None or row.state == state]
    if as_json:
        write_json(rows)
        return
    write_table(rows, COLUMNS, empty=f"no notice up to {first + timedelta(days=days)}")


@app.command()
def release(key: Key, by: By) -> None:
    """Let a formal notice leave with the next dispatch."""
    with open_workplace() as workplace, writing(workplace.engine) as session:
        release_notice(session, key, by, now())
    say(f"released by {by}; it leaves with the next dispatch (or: mandates enforce)")


@app.command()
def settle(key: Key, by: By, reason: Reason, *, arrived: Arrived) -> None:
    """Say what became of a notice of unknown outcome; one that did not arrive leaves once more."""
    state = NoticeState.SENT if arrived else NoticeState.ENTERED
    with open_workplace() as workplace, writing(workplace.engine) as session:
        settle_notice(session, key, state, reason, by, now())
    say(
        "settled: it had arrived"
        if arrived
        else "settled: it had not arrived, and leaves with the next dispatch"
    )
