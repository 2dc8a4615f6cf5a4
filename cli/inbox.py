"""`mandates inbox`: what came to us and waits for a person, and what a person decides about it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.days import read_day
from cli.opening import open_installation
from cli.options import AsJson, By, given_answer, some_words
from cli.output import say, say_list, write_json, write_table
from flows.clock import now, today
from policies.facts.answers import OF_PEOPLE, AnswerKind
from policies.problems import visible
from records.database import reading
from records.inbox import WAITING, Kept, fates_of, find_item, inbox
from tasks.installation.installation import Installation
from tasks.operations import inbox as deciding
from tasks.operations.inbox import Decision
from tasks.operations.inbox_files import save_into

app = typer.Typer(no_args_is_help=True, help="What was received, and what a person decides about it.")
COLUMNS = ("item", "received_on", "from", "person", "fate", "why")
Number = Annotated[int, typer.Argument(help="The number of an item, as in: mandates inbox list", min=1)]
Cycles = Annotated[list[str], typer.Argument(metavar="CYCLE...", help="Each cycle that it is for.")]
All = Annotated[bool, typer.Option("--all", help="Everything that was received, also what is dealt with.")]
Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder; it is made if it is not there.")]
Whole = Annotated[bool, typer.Option("--whole", help="Also what their mail program quoted below it.")]
Whose = Annotated[str | None, typer.Option("--person", help="Whose it is, if not who was found to be named.")]
Item = Annotated[str | None, typer.Option("--item", help="Which item of the package it is for.")]
Reason = Annotated[
    str,
    typer.Option(
        "--reason", parser=some_words, metavar="TEXT", help="Why you decide so; it stays in the record."
    ),
]
Kind = Annotated[
    AnswerKind,
    typer.Option("--kind", parser=given_answer, metavar="KIND", help=f"One of: {', '.join(OF_PEOPLE[:-1])}."),
]
Until = Annotated[
    date | None, typer.Option("--until", parser=read_day, metavar="DATE", help="The day they ask for.")
]
Instead = Annotated[str | None, typer.Option("--instead", metavar="PERSON", help="Who should be asked.")]


@app.command("list")
def list_(*, all_: All = False, as_json: AsJson = False) -> None:
    """List what waits for a person, the earliest first."""
    with open_installation() as installation, reading(installation.engine) as session:
        rows = [_row(kept) for kept in inbox(session, None if all_ else WAITING)]
    if as_json:
        write_json(rows)
        return
    write_table(rows, COLUMNS, empty="nothing waits for a person")


@app.command()
def show(number: Number, *, whole: Whole = False) -> None:
    """Show an item: whose it is, its outcome, what was written, and the names of its files."""
    with open_installation() as installation, reading(installation.engine) as session:
        kept = find_item(session, number)
        for name, value in _row(kept).items():
            say(f"{name}: {value}")
        fates = [
            f"{each.recorded_at:%Y-%m-%d %H:%M} UTC by {each.recorded_by}: {each.fate}: {visible(each.why)}"
            for each in fates_of(session, number)
        ]
        say_list("Outcome:", fates)
        mail, parts = deciding.opened(installation, kept)
        own, quoted = deciding.written(session, mail, parts)
    say_list("Documents:", [visible(each.name) for each in parts.documents])
    say_list("Closed, to be opened in the mailbox:", [visible(each) for each in parts.closed])
    say_list("Pictures:", [visible(each) for each in parts.pictures])
    say_list("What was written:", (deciding.text_of(parts) if whole else own).splitlines())
    if quoted and not whole:
        count = len(quoted.splitlines())
        say(f"\nquoted below it and not shown: {count} lines; see: mandates inbox show {number} --whole")


@app.command()
def save(number: Number, folder: Folder) -> None:
    """Write an item and its documents into a folder; open them with care, whoever they seem to be from."""
    with open_installation() as installation, reading(installation.engine) as session:
        written = save_into(installation, find_item(session, number), folder)
    say_list("Written:", [visible(str(file)) for file in written])


@app.command()
def place(
    number: Number, cycles: Cycles, by: By, reason: Reason, person: Whose = None, item: Item = None
) -> None:
    """Take the documents of an item for the cycles it is for."""
    with open_installation() as installation:
        outcomes = deciding.place(
            installation, _decision(installation, number, by), cycles, reason, person, item
        )
    say_list("Outcome:", [str(outcome) for outcome in outcomes])
    if not any(outcome.accepted for outcome in outcomes):
        say("\nthe item is still waiting: none of its documents could be taken")
        raise typer.Exit(1)


@app.command()
def answer(
    number: Number,
    cycles: Cycles,
    by: By,
    kind: Kind,
    reason: Reason,
    person: Whose = None,
    until: Until = None,
    instead: Instead = None,
) -> None:
    """Record what an item answers without a document, in the cycles it is about."""
    if kind is AnswerKind.DOCUMENT:
        raise typer.BadParameter("a document is taken with: mandates inbox place", param_hint="--kind")
    with open_installation() as installation:
        decision = _decision(installation, number, by)
        deciding.answer(installation, decision, cycles, kind, reason, person, until, instead)
    say("recorded")


@app.command()
def dismiss(number: Number, by: By, reason: Reason) -> None:
    """Record that an item answers nothing; reminders to whoever is named in it continue."""
    with open_installation() as installation:
        deciding.dismiss(installation, _decision(installation, number, by), reason)
    say("recorded")


def _decision(installation: Installation, number: int, by: str) -> Decision:
    return Decision(number, by, today(installation.zone), now())


def _row(kept: Kept) -> dict[str, str]:
    fate = kept.fate
    return {
        "item": str(kept.item.id),
        "received_on": kept.item.received_on.isoformat(),
        "came_by": "file" if deciding.is_file(kept) else "mail",
        "sha256": kept.item.sha256,
        "from": visible(kept.sender),
        "subject": visible(kept.item.subject or "-"),
        "person": (fate.person if fate else None) or "-",
        "cycles": ", ".join(fate.cycles) if fate and fate.cycles else "-",
        "known_by": fate.grade if fate else "-",
        "fate": fate.fate if fate else "being read",
        "why": visible(fate.why) if fate else "-",
    }
