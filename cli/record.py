"""`mandates record`: one fact at a time. It is checked as strictly as a file of facts."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import By, Day
from cli.output import say, write_table
from flows.clock import now, today
from records.database import reading, writing
from records.facts import KINDS, correct_fact, in_force, said
from tasks.importing import take
from tasks.workplace import open_workplace

app = typer.Typer(no_args_is_help=True, help="Record one fact: a completion, an event, an explanation.")
Evidence = Annotated[str, typer.Option("--evidence", help="The reference of the document that proves it.")]
CountsFor = Annotated[str | None, typer.Option("--counts-for", help="The year or slot it was for.")]
Source = Annotated[str, typer.Option("--source", help="Where this was announced.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]
Until = Annotated[datetime, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE")]
Certainty = Annotated[str, typer.Option("--certainty", help="confirmed or tentative.")]


@app.command()
def completion(
    obligation: str, completed_on: Day, evidence: Evidence, by: By, counts_for: CountsFor = None
) -> None:
    """Record that an obligation was met, with the evidence."""
    fact = {"obligation": obligation, "completed_on": completed_on.date(), "evidence": evidence}
    _record("completions", fact | ({"counts_for": counts_for} if counts_for else {}), by)


@app.command()
def event(
    kind: str,
    edition: str,
    starts_on: Day,
    ends_on: Day,
    source: Source,
    by: By,
    certainty: Certainty = "confirmed",
) -> None:
    """Record the dates of an event; an earlier announcement stays as its history."""
    dates = {"starts_on": starts_on.date(), "ends_on": ends_on.date()}
    _record(
        "events", {"kind": kind, "edition": edition, **dates, "certainty": certainty, "source": source}, by
    )


@app.command()
def explanation(cycle: str, reason: Reason, by: By) -> None:
    """Record why a cycle was missed."""
    with open_workplace() as workplace:
        explained_on = today(workplace.zone)
    _record("explanations", {"cycle": cycle, "explained_on": explained_on, "reason": reason}, by)


@app.command()
def extension(
    cycle: str,
    until: Until,
    authority: Annotated[str, typer.Option("--authority", help="Who decided it.")],
    by: By,
) -> None:
    """Record that a cycle may be met later; its mandated date does not move."""
    _record("extensions", {"cycle": cycle, "until": until.date(), "authority": authority}, by)


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
    fact: Annotated[str, typer.Argument(help="event, completion, explanation or extension")],
    number: Annotated[int, typer.Argument(help="The fact's number, as in: mandates record list")],
    reason: Reason,
    by: By,
) -> None:
    """Withdraw a fact that was wrong; then record what is right."""
    with open_workplace() as workplace, writing(workplace.engine) as session:
        correct_fact(session, fact, number, reason, by, now())
    say(f"{fact} {number} is withdrawn; it stays in the record, with the reason")


def _record(kind: str, fact: dict[str, Any], by: str) -> None:
    with open_workplace() as workplace:
        command = Path("mandates record")
        taken = take(workplace, {kind: [fact]}, command, by, now(), today(workplace.zone))
    say("recorded" if taken.new else "this is on record already; nothing was changed")
