"""`mandates move-to`: the record moved to another database, every fact and the audit chain with it."""

import sys
from getpass import getpass
from typing import Annotated

import typer

from cli.output import say
from flows.clock import now
from flows.server.errors import StartError
from flows.server.lock import exclusive
from policies.problems import Problem, RefusedFileError
from records.database import has_password
from tasks.installation.file_modes import prepare_home
from tasks.installation.settings import read_settings
from tasks.operations.moving import move_record

Url = Annotated[
    str | None,
    typer.Argument(
        help="The new database, such as postgresql://user@host/mandates; asked for if not given, "
        "so that a password in it stays unseen."
    ),
]


def move_to(url: Url = None) -> None:
    """Copy the record to an empty database and verify it there. The automation server must be stopped.

    Nothing is sent from the old one any more. The exit code is 1 when the record is not as it was sealed; it
    is moved as it is.
    """
    to = _without_password(url) if url else _asked()
    settings = read_settings()
    prepare_home(settings)
    try:
        with exclusive(settings.home):
            moved = move_record(settings, to, now())
    except StartError as error:
        raise LookupError(f"{error}\nThe record can be moved while it is stopped.") from error
    for name, count in moved.rows.items():
        say(f"{count:>9,}  {name.replace('_', ' ')}")
    say(f"moved and compared row by row; {moved.broken or 'no'} breaks in the audit chain")
    say(f"From now on set MANDATES_DATABASE_URL to {moved.address}")
    say("Nothing is sent from there before you declare that it is the live record: mandates live --by NAME")
    say("Put the old database away. Nothing is sent from it, and nothing must be recorded there any more.")
    if moved.broken:
        raise typer.Exit(1)


def _without_password(url: str) -> str:
    """Return an address from the command line, where every user of the machine can read it.

    Raises:
        RefusedFileError: it holds a password.
    """
    if has_password(url):
        expected = (
            "an address without one, or none: it is then asked for, or read from standard input. "
            "Change this password: others may have seen it"
        )
        raise RefusedFileError([Problem("command line", "URL", "a password", expected)])
    return url


def _asked() -> str:
    """Return an address that is typed unseen, or the first line of standard input where nobody types."""
    if sys.stdin.isatty():
        return getpass("Address of the new database (not shown): ").strip()
    return sys.stdin.readline().strip()
