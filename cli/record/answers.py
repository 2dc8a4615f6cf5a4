"""Facts about those who were asked: what they answered, what we replied, when nobody is chased."""

from datetime import datetime
from typing import Annotated

import typer

from cli.options import Also, By, Day, in_each
from cli.record.recording import Reason, app, record, record_all
from policies.facts.answers import AnswerKind

MoreTime = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="The new day, if more time is given."),
]


@app.command()
def answer(
    cycle: str,
    person: str,
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(AnswerKind)}.")],
    received_on: Day,
    source: Annotated[str, typer.Option("--source", help="Where it is kept: a reference, a message.")],
    by: By,
    *,
    reason: Annotated[str | None, typer.Option("--reason", help="The reason they gave.")] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="The day they ask for."),
    ] = None,
    instead: Annotated[
        str | None, typer.Option("--instead", metavar="PERSON", help="Who should be asked instead.")
    ] = None,
    also: Also = None,
) -> None:
    """Record what somebody who was asked for an input answered, in one cycle or in several."""
    fact = {"person": person, "kind": kind, "received_on": received_on.date(), "source": source}
    more = {"reason": reason, "until": until.date() if until else None, "instead": instead}
    record_all("answers", in_each(cycle, also, fact | more), by)


@app.command()
def reply(cycle: str, person: str, replied_on: Day, reason: Reason, by: By, until: MoreTime = None) -> None:
    """Record what the secretariat replied to an answer; `--until` gives more time."""
    fact = {"cycle": cycle, "person": person, "replied_on": replied_on.date(), "reason": reason}
    record("replies", fact | {"until": until.date() if until else None}, by)


@app.command()
def pause(
    cycle: str,
    first: Day,
    last: Day,
    reason: Reason,
    by: By,
    person: Annotated[str | None, typer.Option("--person", help="Only for this person.")] = None,
) -> None:
    """Record that nobody, or one person, is chased about a cycle from one day to another."""
    fact = {"cycle": cycle, "first": first.date(), "last": last.date(), "reason": reason}
    record("pauses", fact | {"person": person}, by)
