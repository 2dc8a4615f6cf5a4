"""The commands of the facts that are said otherwise than they are written: an answer, an event, a joining."""

from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.days import Day, read_day
from cli.options import Also, By, given_answer, in_each, some_words
from cli.output import say
from cli.record.consequences import say_consequences
from cli.record.recording import Reason, app, record, record_all
from flows.clock import now, today
from policies.facts.answers import OF_PEOPLE, AnswerKind
from policies.facts.membership import Role
from tasks.installation.installation import open_installation
from tasks.rules.what_if import what_if

Certainty = Annotated[
    str | None, typer.Option("--certainty", help="confirmed (if not given) or tentative.", show_default=False)
]
Between = Annotated[
    bool, typer.Option("--between", help="All that is known is that it lies between FIRST and LAST.")
]
WhatIf = Annotated[
    bool, typer.Option("--what-if", help="Only show what this would move and send; record nothing.")
]
Body = Annotated[str, typer.Argument(help="A body with a roll, or a working group.", metavar="BODY")]
Behind = Annotated[
    str | None, typer.Option("--decision", metavar="NAME", help="The recorded decision behind it.")
]


@app.command()
def answer(
    cycle: str,
    person: str,
    kind: Annotated[
        AnswerKind,
        typer.Argument(parser=given_answer, metavar="KIND", help=f"One of: {', '.join(OF_PEOPLE)}."),
    ],
    received_on: Day,
    source: Annotated[str, typer.Option("--source", help="Where it is kept: a reference, a message.")],
    by: By,
    *,
    reason: Annotated[
        str | None, typer.Option("--reason", parser=some_words, metavar="TEXT", help="The reason they gave.")
    ] = None,
    until: Annotated[
        date | None,
        typer.Option("--until", parser=read_day, metavar="DATE", help="The day they ask for."),
    ] = None,
    instead: Annotated[
        str | None, typer.Option("--instead", metavar="PERSON", help="Who should be asked instead.")
    ] = None,
    also: Also = None,
) -> None:
    """Record what somebody who was asked for an input answered, in one cycle or in several."""
    fact = {"person": person, "kind": kind, "received_on": received_on, "source": source}
    more = {"reason": reason, "until": until, "instead": instead}
    record_all("answers", in_each(cycle, also, fact | more), by)


@app.command()
def event(
    kind: str,
    edition: str,
    starts_on: Day,
    ends_on: Day,
    source: Annotated[str, typer.Option("--source", help="Where this was announced.")],
    by: By,
    certainty: Certainty = None,
    *,
    between: Between = False,
    what_if: WhatIf = False,
) -> None:
    """Record the dates of an event; an earlier announcement stays as its history."""
    dates: dict[str, object] = {"starts_on": starts_on, "ends_on": ends_on}
    if between:
        dates = {"between": (starts_on, ends_on)}
    sure = certainty or ("tentative" if between else "confirmed")
    fact = {"kind": kind, "edition": edition, **dates, "certainty": sure, "source": source}
    (_would if what_if else record)("events", fact, by)


@app.command()
def explanation(cycle: str, reason: Reason, by: By) -> None:
    """Record why a cycle was missed."""
    with open_installation() as installation:
        explained_on = today(installation.zone)
    record("explanations", {"cycle": cycle, "explained_on": explained_on, "reason": reason}, by)


@app.command()
def member(
    body: Body,
    member: str,
    on: Day,
    source: Annotated[str, typer.Option("--source", help="Where it is written.")],
    by: By,
    decision: Behind = None,
    role: Annotated[Role, typer.Option("--role", help="The part it has there.")] = Role.MEMBER,
    *,
    seen: Annotated[
        bool, typer.Option("--seen", help="It was seen on the roll by then; since when is not known.")
    ] = False,
) -> None:
    """Record that somebody enters a body."""
    fact = {"body": body, "member": member, "role": role, "seen_on" if seen else "joined_on": on}
    record("joinings", fact | {"decision": decision, "source": source}, by)


# The kinds whose command is here, and not made from their entry.
COMMANDS = {"answer": answer, "event": event, "explanation": explanation, "joining": member}


def _would(kind: str, fact: dict[str, Any], by: str) -> None:
    with open_installation() as installation:
        command = Path("mandates record")
        found = what_if(installation, {kind: [fact]}, command, by, now(), today(installation.zone))
    if found is None:
        say("this is on record already; nothing would change")
        return
    say_consequences(found, "accept it")
    say("\nnothing was recorded or sent; the same without --what-if accepts it")
