"""Facts about decisions: what was decided, what became of it, and what nobody could agree on."""

from typing import Annotated

import typer

from cli.options import By, Day
from cli.record.recording import LastDay, Name, Source, app, record
from policies.facts.decisions import Status
from policies.facts.proposals import Stance, StepKind

Says = Annotated[str, typer.Option("--says", help="In a sentence.")]


@app.command()
def decision(
    name: Name,
    decided_on: Day,
    owners: Annotated[list[str], typer.Option("--owner", help="Who carries it out; may be given again.")],
    text: Annotated[str, typer.Option("--text", help="What was decided, in a sentence.")],
    source: Source,
    by: By,
    due_on: LastDay = None,
    *,
    issued_by: Annotated[str | None, typer.Option("--issued-by", help="The actor that issued it.")] = None,
    mandates: Annotated[
        str | None,
        typer.Option("--mandates-respected", help="Who saw to it that members' mandates are respected."),
    ] = None,
    meeting: Annotated[str | None, typer.Option("--meeting", help="The meeting where it was taken.")] = None,
    proposal: Annotated[str | None, typer.Option("--proposal", help="The proposal it settles.")] = None,
) -> None:
    """Record a decision that somebody must carry out, under a name of its own."""
    fact = {"id": name, "decided_on": decided_on.date(), "owners": owners, "text": text, "source": source}
    more = {"due_on": due_on.date() if due_on else None, "issued_by": issued_by, "meeting": meeting}
    record("decisions", fact | more | {"proposal": proposal, "mandates_respected": mandates}, by)


@app.command()
def progress(
    name: Name,
    noted_on: Day,
    status: Annotated[str, typer.Argument(help=f"One of: {', '.join(Status)}.")],
    says: Says,
    by: By,
    evidence: Annotated[
        str | None, typer.Option("--evidence", help="What proves it; needed where it ends the follow-up.")
    ] = None,
) -> None:
    """Record how far a decision has been carried out."""
    fact = {"decision": name, "noted_on": noted_on.date(), "status": status, "says": says}
    record("progress", fact | {"evidence": evidence}, by)


@app.command()
def proposal(
    name: Name,
    proposed_on: Day,
    proposed_by: Annotated[str, typer.Option("--from", help="Who proposes it.")],
    title: Annotated[str, typer.Option("--title")],
    source: Source,
    by: By,
) -> None:
    """Record a proposal on which consensus is sought."""
    fact = {"id": name, "proposed_on": proposed_on.date(), "proposed_by": proposed_by}
    record("proposals", fact | {"title": title, "source": source}, by)


@app.command()
def position(
    name: Name,
    entity: str,
    stance: Annotated[str, typer.Argument(help=f"One of: {', '.join(Stance)}.")],
    stated_on: Day,
    source: Source,
    by: By,
    says: Annotated[str | None, typer.Option("--says", help="In a sentence.")] = None,
) -> None:
    """Record where an entity stands on a proposal."""
    fact = {"proposal": name, "entity": entity, "stance": stance, "stated_on": stated_on.date()}
    record("positions", fact | {"source": source, "says": says}, by)


@app.command()
def step(
    name: Name,
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(StepKind)}.")],
    taken_on: Day,
    taken_by: Annotated[str, typer.Option("--taken-by", help="Who took it.")],
    says: Says,
    source: Source,
    by: By,
) -> None:
    """Record a step taken about a proposal without consensus; their order is the text's."""
    fact = {"proposal": name, "kind": kind, "taken_on": taken_on.date(), "by": taken_by}
    record("steps", fact | {"says": says, "source": source}, by)
