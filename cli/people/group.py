"""The group of commands, and the words that they share."""

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="What is held about somebody, and how they are forgotten.")
Person = Annotated[
    str,
    typer.Argument(help="Their id; of who has none, the name as recorded.", metavar="PERSON"),
]
Also = Annotated[
    list[str] | None,
    typer.Option("--also", metavar="NAME|ADDRESS", help="A former name or address; may be repeated."),
]
