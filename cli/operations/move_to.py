"""`mandates move-to`: the record moved to another database, every fact and the audit chain with it."""

from typing import Annotated

import typer

from cli.output import say
from flows.clock import now
from flows.server.errors import StartError
from flows.server.lock import exclusive
from tasks.installation.settings import read_settings
from tasks.operations.moving import move_record

Url = Annotated[str, typer.Argument(help="The new database, such as postgresql://user@host/mandates.")]


def move_to(url: Url) -> None:
    """Copy the record to an empty database and verify it there. The automation server must be stopped.

    Nothing is sent from the old one any more. The exit code is 1 when the record is not as it was sealed; it
    is moved as it is.
    """
    settings = read_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        with exclusive(settings.home):
            moved = move_record(settings, url, now())
    except StartError as error:
        raise LookupError(f"{error}\nThe record can be moved while it is stopped.") from error
    for name, count in moved.rows.items():
        say(f"{count:>9,}  {name.replace('_', ' ')}")
    say(f"moved and compared row by row; {moved.broken or 'no'} breaks in the audit chain")
    say(f"From now on set MANDATES_DATABASE_URL to {moved.address}")
    say("Nothing is sent from there before you say that it is the live record: mandates live --by NAME")
    say("Put the old database away. Nothing is sent from it, and nothing must be recorded there any more.")
    if moved.broken:
        raise typer.Exit(1)
