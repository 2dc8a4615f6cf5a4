"""`mandates record`: one fact at a time. It is checked as strictly as a file of facts."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.options import By, Day
from cli.output import say, say_list, write_table
from flows.clock import now, today
from policies.answers import AnswerKind
from policies.notices import NoticeClass
from records.database import reading, writing
from records.facts import KINDS, correct_fact, in_force, said
from records.notices import Entered
from tasks.importing import take
from tasks.policy_diff import lines
from tasks.what_if import what_if
from tasks.workplace import open_workplace

app = typer.Typer(no_args_is_help=True, help="Record one fact: a completion, an event, an explanation.")
Evidence = Annotated[str, typer.Option("--evidence", help="The reference of the document that proves it.")]
CountsFor = Annotated[str | None, typer.Option("--counts-for", help="The year or slot it was for.")]
Source = Annotated[str, typer.Option("--source", help="Where this was announced.")]
Name = Annotated[str, typer.Argument(help="A name to keep it by, such as ec-2026-11", metavar="NAME")]
LastDay = Annotated[
    datetime | None,
    typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="The last day, where one is named."),
]
Reason = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]
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
    (_would if what_if else _record)("events", fact, by)


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


@app.command()
def answer(
    cycle: str,
    person: str,
    kind: Annotated[str, typer.Argument(help=f"One of: {', '.join(AnswerKind)}.")],
    received_on: Day,
    source: Annotated[str, typer.Option("--source", help="Where it is kept: a reference, a message.")],
    by: By,
    reason: Annotated[str | None, typer.Option("--reason", help="The reason they gave.")] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--until", formats=["%Y-%m-%d"], metavar="DATE", help="The day they ask for."),
    ] = None,
    instead: Annotated[
        str | None, typer.Option("--instead", metavar="PERSON", help="Who should be asked instead.")
    ] = None,
) -> None:
    """Record what somebody who was asked for an input answered."""
    fact = {"cycle": cycle, "person": person, "kind": kind, "received_on": received_on.date()}
    more = {"reason": reason, "until": until.date() if until else None, "instead": instead}
    _record("answers", fact | {"source": source} | {k: v for k, v in more.items() if v is not None}, by)


@app.command()
def reply(cycle: str, person: str, replied_on: Day, reason: Reason, by: By, until: MoreTime = None) -> None:
    """Record what the secretariat replied to an answer; `--until` gives more time."""
    fact = {"cycle": cycle, "person": person, "replied_on": replied_on.date(), "reason": reason}
    _record("replies", fact | ({"until": until.date()} if until else {}), by)


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
    _record("pauses", fact | ({"person": person} if person else {}), by)


@app.command()
def meeting(
    name: Name,
    kind: str,
    held_on: Day,
    title: Annotated[str, typer.Option("--title")],
    source: Source,
    by: By,
) -> None:
    """Record that a meeting was held, under a name of its own."""
    fact = {"id": name, "kind": kind, "held_on": held_on.date(), "title": title, "source": source}
    _record("meetings", fact, by)


@app.command()
def decision(
    name: Name,
    decided_on: Day,
    owner: Annotated[str, typer.Option("--owner", help="Who carries it out.")],
    text: Annotated[str, typer.Option("--text", help="What was decided, in a sentence.")],
    source: Source,
    by: By,
    due_on: LastDay = None,
) -> None:
    """Record a decision that somebody must carry out, under a name of its own."""
    fact = {"id": name, "decided_on": decided_on.date(), "owner": owner, "text": text, "source": source}
    _record("decisions", fact | ({"due_on": due_on.date()} if due_on else {}), by)


@app.command()
def term(
    body: str, seat: str, holder: str, starts_on: Day, source: Source, by: By, ends_on: LastDay = None
) -> None:
    """Record a term of office on a seat; without its last day as long as that is not known."""
    fact = {"body": body, "seat": seat, "holder": holder, "starts_on": starts_on.date(), "source": source}
    _record("terms", fact | ({"ends_on": ends_on.date()} if ends_on else {}), by)


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
    fact: Annotated[str, typer.Argument(help=f"One of: {', '.join(KINDS)}.")],
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


def _would(kind: str, fact: dict[str, Any], by: str) -> None:
    with open_workplace() as workplace:
        command = Path("mandates record")
        found = what_if(workplace, {kind: [fact]}, command, by, now(), today(workplace.zone))
    if not found.new:
        say("this is on record already; nothing would change")
        return
    say("\n".join(lines(found.moves)) or "nothing moves")
    say_list("To accept it is to send:", [_sent(notice) for notice in found.sent])
    say_list("And to withdraw, unsent:", found.withdrawn)
    say("\nnothing was recorded or sent; the same without --what-if accepts it")


def _sent(notice: Entered) -> str:
    waits = " (formal: waits for a release)" if notice.notice_class == NoticeClass.FORMAL else ""
    return f"{notice.kind} about {notice.cycle} to {notice.person}{waits}"
