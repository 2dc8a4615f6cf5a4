"""Facts about duties: completions, events, explanations, extensions, terms of office."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import By, Day
from cli.output import say
from cli.record.consequences import say_consequences
from cli.record.recording import Evidence, LastDay, Reason, Source, app, record
from flows.clock import now, today
from tasks.installation.workplace import open_workplace
from tasks.rules.what_if import what_if

CountsFor = Annotated[str | None, typer.Option("--counts-for", help="The year or slot it was for.")]
Meeting = Annotated[str | None, typer.Option("--meeting", help="The meeting on record that served it.")]
Until = Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE")]
MoreTime = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="The new day, if more time is given."),
]
Certainty = Annotated[
    str | None, typer.Option("--certainty", help="confirmed (if not given) or tentative.", show_default=False)
]
Between = Annotated[
    bool, typer.Option("--between", help="All that is known is that it lies between FIRST and LAST.")
]
WhatIf = Annotated[
    bool, typer.Option("--what-if", help="Only show what this would move and send; record nothing.")
]


@app.command()
def completion(
    obligation: str,
    completed_on: Day,
    evidence: Evidence,
    by: By,
    counts_for: CountsFor = None,
    meeting: Meeting = None,
) -> None:
    """Record that an obligation was met, with the evidence."""
    fact = {"obligation": obligation, "completed_on": completed_on.date(), "evidence": evidence}
    record("completions", fact | {"counts_for": counts_for, "meeting": meeting}, by)


@app.command()
def event(
    kind: str,
    edition: str,
    starts_on: Day,
    ends_on: Day,
    source: Source,
    by: By,
    certainty: Certainty = None,
    *,
    between: Between = False,
    what_if: WhatIf = False,
) -> None:
    """Record the dates of an event; an earlier announcement stays as its history."""
    first, last = starts_on.date(), ends_on.date()
    dates = {"between": (first, last)} if between else {"starts_on": first, "ends_on": last}
    sure = certainty or ("tentative" if between else "confirmed")
    fact = {"kind": kind, "edition": edition, **dates, "certainty": sure, "source": source}
    (_would if what_if else record)("events", fact, by)


@app.command()
def explanation(cycle: str, reason: Reason, by: By) -> None:
    """Record why a cycle was missed."""
    with open_workplace() as workplace:
        explained_on = today(workplace.zone)
    record("explanations", {"cycle": cycle, "explained_on": explained_on, "reason": reason}, by)


@app.command()
def extension(
    cycle: str,
    until: Until,
    authority: Annotated[str, typer.Option("--authority", help="Who decided it.")],
    by: By,
) -> None:
    """Record that a cycle may be met later; its mandated date does not move."""
    record("extensions", {"cycle": cycle, "until": until.date(), "authority": authority}, by)


@app.command()
def term(
    body: str, seat: str, holder: str, starts_on: Day, source: Source, by: By, ends_on: LastDay = None
) -> None:
    """Record a term of office on a seat; without its last day as long as that is not known."""
    fact = {"body": body, "seat": seat, "holder": holder, "starts_on": starts_on.date(), "source": source}
    record("terms", fact | {"ends_on": ends_on.date() if ends_on else None}, by)


def _would(kind: str, fact: dict[str, Any], by: str) -> None:
    with open_workplace() as workplace:
        command = Path("mandates record")
        found = what_if(workplace, {kind: [fact]}, command, by, now(), today(workplace.zone))
    if found is None:
        say("this is on record already; nothing would change")
        return
    say_consequences(found, "accept it")
    say("\nnothing was recorded or sent; the same without --what-if accepts it")
