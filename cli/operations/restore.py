"""`mandates restore`: a backup put into an empty home."""

from pathlib import Path
from typing import Annotated

import typer

from cli.output import say
from flows.clock import now
from tasks.installation.settings import read_settings
from tasks.operations.backing_up import restore as restore_from
from tasks.operations.backing_up import verify

File = Annotated[Path, typer.Argument(help="The archive that mandates backup wrote.", metavar="FILE")]
OnlyVerify = Annotated[bool, typer.Option("--verify", help="Only verify the archive; restore nothing.")]


def restore(file: File, *, only_verify: OnlyVerify = False) -> None:
    """Verify a backup, and put it into the home and the database of the settings, which must be empty."""
    settings = read_settings()
    found = verify(file) if only_verify else restore_from(settings, file, now())
    say(f"{file}: {found}")
    if not only_verify:
        say(f"restored into {settings.home}; look at it with: mandates doctor")
        say("Nothing is sent from it before you say that it is the live record: mandates live --by NAME")
    if found.broken:
        raise typer.Exit(1)
