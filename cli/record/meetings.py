"""Facts about meetings: that they are called, called off, held, and the papers they leave."""

from datetime import datetime
from typing import Annotated

import typer

from cli.options import By, Day
from cli.record.recording import Name, Reason, Source, app, record
from policies.facts.meetings import Confidentiality, PaperKind

Title = Annotated[str, typer.Option("--title")]
Place = Annotated[str | None, typer.Option("--place", help="Where it is held.")]
Began = Annotated[
    datetime | None,
    typer.Option("--began", formats=["%Y-%m-%d"], metavar="DATE", help="Its first day, if it had several."),
]
Participants = Annotated[
    list[str] | None,
    typer.Option("--participant", metavar="ROLE=WHO", help="Who was there, by role; may be given again."),
]


@app.command()
def convening(
    name: Name, kind: str, starts_on: Day, title: Title, source: Source, by: By, place: Place = None
) -> None:
    """Record that a meeting is called; a later call of the same meeting moves it."""
    fact = {"id": name, "kind": kind, "starts_on": starts_on.date(), "title": title, "source": source}
    record("convenings", fact | {"place": place}, by)


@app.command()
def cancellation(name: Name, cancelled_on: Day, reason: Reason, by: By) -> None:
    """Record that a meeting which was called is not held."""
    fact = {"meeting": name, "cancelled_on": cancelled_on.date(), "reason": reason}
    record("cancellations", fact, by)


@app.command()
def meeting(
    name: Name,
    kind: str,
    held_on: Day,
    title: Title,
    source: Source,
    by: By,
    place: Place = None,
    began_on: Began = None,
    participants: Participants = None,
) -> None:
    """Record that a meeting was held (its last day), under a name of its own."""
    there = [each.partition("=") for each in participants or ()]
    fact = {"id": name, "kind": kind, "held_on": held_on.date(), "title": title, "source": source}
    more = {"place": place, "began_on": began_on.date() if began_on else None}
    record("meetings", fact | more | {"participants": {role: who for role, _, who in there} or None}, by)


@app.command()
def paper(
    name: Name,
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(PaperKind)}.")],
    issued_on: Day,
    reference: Annotated[str, typer.Option("--reference", help="Its reference, or its address.")],
    by: By,
    languages: Annotated[
        list[str] | None, typer.Option("--language", help="A language it is in (en); may be given again.")
    ] = None,
    confidentiality: Annotated[
        str, typer.Option("--confidentiality", help=f"One of: {', '.join(Confidentiality)}.")
    ] = Confidentiality.PUBLIC,
) -> None:
    """Record a paper of a meeting: agenda, minutes, documents, decisions."""
    fact = {"meeting": name, "kind": kind, "issued_on": issued_on.date(), "reference": reference}
    record("papers", fact | {"languages": languages or ["en"], "confidentiality": confidentiality}, by)
