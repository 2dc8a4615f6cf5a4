"""`mandates record`: one fact at a time. It is checked as strictly as a file of facts."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.opening import open_installation
from cli.options import some_words
from cli.output import say
from flows.clock import now, today
from tasks.facts.importing import take

app = typer.Typer(no_args_is_help=True, help="Record one fact: a completion, an event, an explanation.")
Reason = Annotated[
    str, typer.Option("--reason", parser=some_words, metavar="TEXT", help="Why, in a sentence.")
]


def record(kind: str, fact: Mapping[str, Any], by: str) -> None:
    """Record one fact as an entry of a file; what is None is left out."""
    record_all(kind, [fact], by)


def record_all(kind: str, facts: Sequence[Mapping[str, Any]], by: str) -> None:
    """Record several facts of one kind, all of them or none; what is None is left out."""
    said = [{key: value for key, value in fact.items() if value is not None} for fact in facts]
    with open_installation() as installation:
        taken = take(installation, {kind: said}, Path("mandates record"), by, now(), today(installation.zone))
    say("recorded" if taken.new else "this is on record already; nothing was changed")
