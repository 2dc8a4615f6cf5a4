"""`mandates notices`: what will go to whom, and what a person decides about it."""

from datetime import timedelta
from typing import Annotated

import typer

from cli.days import AsOf, day
from cli.notices import deciding, proving, reading, recovering
from cli.opening import open_installation
from cli.options import AsJson
from cli.output import write_groups, write_json
from flows.clock import now
from records.database import reading as records
from tasks.dispatch.forecast import forecast
from tasks.installation.who import directory_at

app = typer.Typer()
COLUMNS = ("send_on", "kind", "class", "to", "state")
Days = Annotated[int, typer.Option("--days", min=0, max=3700, help="How many days ahead to look.")]
State = Annotated[str | None, typer.Option("--state", help="Only notices in this state, such as unknown.")]
Cycle = Annotated[str | None, typer.Option("--cycle", help="Only notices about this cycle.")]


@app.callback(invoke_without_command=True)
def notices(
    context: typer.Context,
    as_of: AsOf = None,
    days: Days = 30,
    state: State = None,
    cycle: Cycle = None,
    *,
    as_json: AsJson = False,
) -> None:
    """List the ledger, and what will be entered by DATE and in the days after it."""
    if context.invoked_subcommand:
        return
    with open_installation() as installation:
        first = day(as_of, installation)
        with records(installation.engine) as session:
            named = directory_at(session, first).holder_name
        found = forecast(installation, first, first + timedelta(days=days), now())
        rows = [
            row.as_json() for row in found if state in (None, row.state) and cycle in (None, row.notice.cycle)
        ]
    if as_json:
        write_json(rows)
        return
    rows = [{**row, "to": named(row["to"])} for row in rows]
    write_groups(rows, "cycle", COLUMNS, empty=f"no notice up to {first + timedelta(days=days)}")


for command in (
    reading.preview,
    reading.show,
    deciding.release,
    deciding.withhold,
    deciding.signed,
    deciding.settle,
    deciding.resend,
    recovering.recover,
    recovering.ask,
    deciding.mended,
    proving.prove,
):
    app.command()(command)
