"""`mandates submit`: what somebody sent for an open cycle, in the name of whoever sent it."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from cli.days import read_day
from cli.opening import open_installation
from cli.options import Also, By, given_answer, in_each, some_words
from cli.output import say, say_list
from flows.clock import now, today
from policies.facts.answers import OF_PEOPLE, AnswerKind
from tasks.facts.importing import take
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import Sending, reader_of
from tasks.inputs.submitting import submit as send_in
from tasks.installation.installation import Installation

Cycle = Annotated[str, typer.Argument(help="An opened cycle, such as working-group-review/2026")]
Person = Annotated[str, typer.Argument(help="Who sent it, by their id in the directory")]
Files = Annotated[
    list[Path] | None,
    typer.Argument(help="What they sent: .docx, .odt, .pdf, .xlsx, .pptx or plain text", metavar="FILE..."),
]
Item = Annotated[str | None, typer.Option("--item", help="Which item of the package it is for.")]
Part = Annotated[str | None, typer.Option("--part", help="Which part of the review it is about.")]
Answered = Annotated[
    AnswerKind | None,
    typer.Option(
        "--answer",
        parser=given_answer,
        metavar="KIND",
        help=f"What they answered instead of a document: {', '.join(OF_PEOPLE)}.",
    ),
]
Until = Annotated[
    date | None, typer.Option("--until", parser=read_day, metavar="DATE", help="The day asked for.")
]
Instead = Annotated[str | None, typer.Option("--instead", help="Who should be asked instead.")]
Reason = Annotated[
    str | None,
    typer.Option("--reason", parser=some_words, metavar="TEXT", help="What they gave as the reason."),
]


def submit(
    cycle: Cycle,
    person: Person,
    by: By,
    files: Files = None,
    *,
    also: Also = None,
    item: Item = None,
    part: Part = None,
    answer: Answered = None,
    until: Until = None,
    instead: Instead = None,
    reason: Reason = None,
) -> None:
    """Take files that somebody sent for a cycle, or for several, or record what else they answered."""
    if bool(files) == bool(answer):
        raise typer.BadParameter("give either the files they sent, or what they answered with --answer")
    with open_installation() as installation:
        if answer:
            said = {"until": until, "instead": instead, "reason": reason}
            given = {key: value for key, value in said.items() if value is not None}
            _record(installation, in_each(cycle, also, {"person": person, "kind": answer.value, **given}), by)
        else:
            pairs = [(file, file.name) for file in files or ()]
            sending = Sending(cycle, person, pairs, "command line", item, part, also=also or ())
            _send_in(installation, sending, by)


def _record(installation: Installation, answers: list[dict[str, object]], by: str) -> None:
    on = today(installation.zone)
    entries = [{**answer, "received_on": on, "source": f"told to {by}"} for answer in answers]
    taken = take(installation, {"answers": entries}, Path("mandates submit"), by, now(), on)
    say("recorded" if taken.new else "this is on record already; nothing was changed")


def _send_in(installation: Installation, sending: Sending, by: str) -> None:
    with reader_of(installation) as reader:
        outcomes = send_in(Intake(installation, today(installation.zone)), reader, sending, by, now())
    say_list("Outcome:", [str(outcome) for outcome in outcomes])
    if not all(outcome.accepted for outcome in outcomes):
        raise typer.Exit(1)
