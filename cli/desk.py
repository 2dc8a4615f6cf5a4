"""`mandates desk`: who may read the board: let in, listed, and let out again."""

import os
import pwd
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cli.opening import open_installation
from cli.options import some_words
from cli.output import say, write_table
from flows.clock import now
from policies.problems import Problem, RefusedFileError
from records.database import reading, writing
from records.passes import PassKind, end_passes, passes
from tasks.operations.letting_in import LASTS, give

if TYPE_CHECKING:
    from records.database import Engine
    from tasks.installation.settings import Settings

app = typer.Typer(no_args_is_help=True, help="Let people and machines read the board, list them, end it.")
COLUMNS = ("reader", "kind", "given", "by", "until", "ended")
Reader = Annotated[str, typer.Argument(help="Who it is: the name by which it can be ended.", metavar="NAME")]
By = Annotated[
    str | None,
    typer.Option("--by", help="Who does this; the system's user if not given.", envvar="MANDATES_BY"),
]
Reason = Annotated[str, typer.Option("--reason", parser=some_words, metavar="TEXT", help="Why it ends.")]


@app.command()
def let_in(reader: Reader, by: By = None) -> None:
    """Print an address that lets a person in once, within ten minutes; only to a terminal."""
    if not sys.stdout.isatty():
        expected = "a terminal: the address is a secret, and belongs into no file, pipe or journal"
        problem = Problem("mandates desk let-in", "standard output", "something else", expected)
        raise RefusedFileError([problem])
    with open_installation() as installation:
        _print_link(installation.engine, installation.settings, reader, by or system_user())


@app.command()
def token(reader: Reader, by: By = None) -> None:
    """Print a token with which a machine reads the addresses below /api/ for a year; it is shown once."""
    with open_installation() as installation:
        say(give(installation.engine, PassKind.TOKEN, reader, by or system_user(), now()))


@app.command("list")
def list_() -> None:
    """List who may read the board, and until when, without the secrets."""
    with open_installation() as installation, reading(installation.engine) as session:
        rows = [
            {
                "reader": each.given.reader,
                "kind": each.given.kind,
                "given": f"{each.given.recorded_at:%Y-%m-%d %H:%M}",
                "by": each.given.recorded_by,
                "until": f"{each.given.expires_at:%Y-%m-%d %H:%M}",
                "ended": f"{each.ended.recorded_at:%Y-%m-%d %H:%M}: {each.ended.reason}"
                if each.ended
                else "-",
            }
            for each in passes(session, now())
        ]
    write_table(rows, COLUMNS, empty="nobody may read the board now; see: mandates desk let-in")


@app.command()
def end(reader: Reader, reason: Reason, by: By = None) -> None:
    """End every session, token and unused address of a reader at once."""
    with open_installation() as installation, writing(installation.engine) as session:
        count = end_passes(session, reader, reason, by or system_user(), now())
    say(f"{count} ended")


def say_how_to_get_in(engine: "Engine", settings: "Settings") -> None:
    """Print an address that lets in whoever is at this terminal; elsewhere, show which command prints one."""
    if sys.stdout.isatty():
        _print_link(engine, settings, system_user(), system_user())
    else:
        say("To read the board, type in a terminal: mandates desk let-in NAME")


def system_user() -> str:
    """Return the name of the user this runs as, or its number where it has none."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"


def _print_link(engine: "Engine", settings: "Settings", reader: str, by: str) -> None:
    secret = give(engine, PassKind.LINK, reader, by, now())
    minutes = LASTS[PassKind.LINK].seconds // 60
    say(f"Open this in your browser within {minutes} minutes; it works once:")
    say(f"{settings.board}/let-in?link={secret}")
