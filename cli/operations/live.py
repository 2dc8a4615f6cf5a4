"""`mandates live`: a person says that this record is the live one."""

import sys
from datetime import datetime

import typer

from cli.opening import open_installation
from cli.options import By
from cli.output import say, say_list
from flows.clock import now
from records.database import reading, writing
from records.ledger.notices import READY, notices_of
from records.runs import ENFORCE, last_run
from tasks.installation.installation import Installation
from tasks.installation.live import leave_findings, make_live

_WARNING = (
    "Stop every other copy first: two that are live send every letter twice. What another copy has sent\n"
    "and is not on record here will be sent again; withhold it first: mandates notices withhold KEY"
)


def live(by: By) -> None:
    """Declare this record the live one, after it was restored, copied or moved; from then on it sends."""
    with open_installation() as installation:
        _show(installation)
        if sys.stdin.isatty() and not typer.confirm("Is every other copy stopped, and is this the live one?"):
            raise typer.Exit(1)
        with writing(installation.engine) as session:
            news = make_live(session, installation.settings, now(), by)
    if news:
        say(f"\nThis record is the live one from now on, as declared by {by}.")
        say("What is due will be sent with the next dispatch.")
    else:
        say("This record is the live one already; nothing was changed.")


def _show(installation: Installation) -> None:
    with reading(installation.engine) as session:
        stands = list(leave_findings(session, installation.settings))
        ready = notices_of(session, states=READY)
        run = last_run(session, ENFORCE)
    if stands:
        say(f"record   {installation.engine.url.render_as_string(hide_password=True)}")
        say(f"enforced {f'last for {run.as_of}, {_at(run.recorded_at)}' if run else 'never'}")
        say(f"waiting  {len(ready)} notices are ready to be sent; see: mandates notices")
        say_list("As it stands:", stands)
        say(f"\n{_WARNING}")


def _at(instant: datetime) -> str:
    return f"at {instant:%Y-%m-%d %H:%M} UTC"
