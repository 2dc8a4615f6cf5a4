"""The options that several commands share; those for days are in `cli.days`."""

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from policies.facts.answers import OF_PEOPLE, AnswerKind


def some_words(given: str) -> str:
    """Return what was written, without blanks around it.

    Raises:
        typer.BadParameter: it is nothing but blanks.
    """
    if words := given.strip():
        return words
    raise typer.BadParameter("found nothing; expected a sentence")


def given_answer(given: str) -> AnswerKind:
    """Return the kind of answer that was named.

    Raises:
        typer.BadParameter: people give no such answer.
    """
    if given in OF_PEOPLE:
        return AnswerKind(given)
    raise typer.BadParameter(f"found {given!r}; expected one of: {', '.join(OF_PEOPLE)}")


AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable; the shape is a documented contract.")]
By = Annotated[str, typer.Option("--by", help="Who records this.", envvar="MANDATES_BY", show_default=False)]
Key = Annotated[str, typer.Argument(help="A notice's key, as in: mandates notices --json", metavar="KEY")]
Also = Annotated[
    list[str] | None,
    typer.Option("--also", metavar="CYCLE", help="A further cycle that it is for; may be repeated."),
]


def in_each(cycle: str, also: Sequence[str] | None, fact: Mapping[str, object]) -> list[dict[str, object]]:
    """Return a fact once for each cycle that it was given for, as the entries of a facts file."""
    return [{"cycle": each, **fact} for each in dict.fromkeys((cycle, *(also or ())))]
