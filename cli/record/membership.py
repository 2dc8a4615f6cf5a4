"""`mandates record`, for rolls: who enters and leaves a body, what is decided about groups, who was asked."""

from datetime import datetime
from typing import Annotated

import typer

from cli.options import By, Day
from cli.record.recording import app, record
from policies.facts.membership import Result, Role, ViewKind

Body = Annotated[str, typer.Argument(help="A body with a roll, or a working group.", metavar="BODY")]
Source = Annotated[str, typer.Option("--source", help="Where it is written.")]
Behind = Annotated[
    str | None, typer.Option("--decision", metavar="NAME", help="The recorded decision behind it.")
]
Until = Annotated[
    datetime, typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="The last day for answers.")
]


@app.command()
def member(
    body: Body,
    member: str,
    on: Day,
    source: Source,
    by: By,
    decision: Behind = None,
    role: Annotated[Role, typer.Option("--role", help="The part it has there.")] = Role.MEMBER,
    *,
    seen: Annotated[
        bool, typer.Option("--seen", help="It was seen on the roll by then; since when is not known.")
    ] = False,
) -> None:
    """Record that somebody enters a body."""
    fact = {"body": body, "member": member, "role": role, "seen_on" if seen else "joined_on": on.date()}
    record("joinings", fact | {"decision": decision, "source": source}, by)


@app.command()
def leave(body: Body, member: str, on: Day, source: Source, by: By, decision: Behind = None) -> None:
    """Record that somebody leaves a body; on that day it no longer belongs to it."""
    fact = {"body": body, "member": member, "left_on": on.date(), "decision": decision, "source": source}
    record("leavings", fact, by)


@app.command()
def group(
    name: str,
    since_on: Day,
    title: Annotated[str, typer.Option("--title", help="What it is called.")],
    focus: Annotated[str, typer.Option("--focus", help="What it works on, in a sentence.")],
    source: Source,
    by: By,
    workplan: Annotated[str | None, typer.Option("--workplan", help="The reference of its workplan.")] = None,
    decision: Behind = None,
) -> None:
    """Record what a working group is from a day on; the first time begins it."""
    fact = {"id": name, "since_on": since_on.date(), "title": title, "focus": focus, "workplan": workplan}
    record("groups", fact | {"decision": decision, "source": source}, by)


@app.command()
def outcome(
    group: str,
    result: Annotated[Result, typer.Argument(help=f"One of: {', '.join(Result)}.")],
    decided_on: Day,
    decision: Annotated[str, typer.Option("--decision", metavar="NAME", help="The recorded decision.")],
    source: Source,
    by: By,
    cycle: Annotated[str | None, typer.Option("--cycle", help="The review it comes from.")] = None,
    into: Annotated[str | None, typer.Option("--into", metavar="GROUP", help="Where it goes.")] = None,
) -> None:
    """Record what was decided about a working group; to merge or close it ends it on that day."""
    fact = {"group": group, "result": result, "decided_on": decided_on.date(), "decision": decision}
    record("outcomes", fact | {"cycle": cycle, "into": into, "source": source}, by)


@app.command()
def seat(
    body: Body,
    seat: str,
    since_on: Day,
    constituency: Annotated[str, typer.Option("--constituency", help="Who fills it.")],
    source: Source,
    by: By,
) -> None:
    """Record a seat of a body whose members rotate; its terms are recorded apart."""
    fact = {"body": body, "seat": seat, "since_on": since_on.date(), "constituency": constituency}
    record("seats", fact | {"source": source}, by)


@app.command()
def consultation(
    name: str,
    group: str,
    partner: str,
    invited_on: Day,
    by: By,
    *,
    until: Until,
    chosen: Annotated[list[str], typer.Option("--chosen", help="A member who is asked; once for each.")],
    chosen_by: Annotated[str, typer.Option("--chosen-by", help="Who chose them.")],
    reason: Annotated[str, typer.Option("--reason", help="Why these, in a sentence.")],
    source: Source,
) -> None:
    """Record that chosen members are asked about a partner for a working group."""
    fact = {"id": name, "group": group, "partner": partner, "chosen": chosen, "chosen_by": chosen_by}
    more = {"reason": reason, "invited_on": invited_on.date(), "until": until.date(), "source": source}
    record("consultations", fact | more, by)


@app.command()
def view(
    consultation: str,
    member: str,
    kind: Annotated[ViewKind, typer.Argument(help=f"One of: {', '.join(ViewKind)}.")],
    answered_on: Day,
    source: Source,
    by: By,
    reason: Annotated[str | None, typer.Option("--reason", help="Why; who objects gives one.")] = None,
) -> None:
    """Record what one of those consulted answered."""
    fact = {"consultation": consultation, "member": member, "kind": kind, "answered_on": answered_on.date()}
    record("views", fact | {"reason": reason, "source": source}, by)


@app.command()
def lead(
    cycle: str,
    name: str,
    decided_on: Day,
    decided_by: Annotated[str, typer.Option("--decided-by", help="Who decided it.")],
    source: Source,
    by: By,
) -> None:
    """Record who leads the review of a cycle, and who decided that."""
    fact = {"cycle": cycle, "name": name, "decided_on": decided_on.date(), "decided_by": decided_by}
    record("leads", fact | {"source": source}, by)


@app.command()
def attestation(body: Body, attested_on: Day, source: Source, by: By) -> None:
    """Record that you vouch for a roll: on that day nobody is missing from it, and nobody too many."""
    record("attestations", {"body": body, "attested_on": attested_on.date(), "source": source}, by)
