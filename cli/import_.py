"""`mandates import`: a file of facts, taken whole or not at all."""

from pathlib import Path
from typing import Annotated

import typer

from cli.opening import open_installation
from cli.output import say
from flows.clock import now, today
from policies.problems import read_toml
from tasks.facts.importing import take

By = Annotated[str | None, typer.Option("--by", help="Who records this; the file's name if not given.")]


def import_(file: Annotated[Path, typer.Argument(help="A TOML file of facts.")], by: By = None) -> None:
    """Record every fact of FILE; those on record already are passed over."""
    with open_installation() as installation:
        taken = take(installation, read_toml(file), file, by or file.name, now(), today(installation.zone))
    say(f"{taken.new} facts recorded, {taken.known} on record already")
