"""`mandates move-to`: the record moved to another database, every fact and the audit chain with it."""

from typing import Annotated

import typer

from cli.output import say
from flows.server.errors import StartError
from flows.server.lock import exclusive
from records.copying import breaks_in, copy_record
from records.database import open_database
from tasks.installation.settings import read_settings

Url = Annotated[str, typer.Argument(help="The new database, such as postgresql://user@host/mandates.")]


def move_to(url: Url) -> None:
    """Copy the record to an empty database and verify it there. The automation server must be stopped.

    The exit code is 1 when the record is not as it was sealed; it is moved as it is.
    """
    settings = read_settings()
    settings.home.mkdir(parents=True, exist_ok=True)
    try:
        with exclusive(settings.home):
            source, target = open_database(settings.database), open_database(url)
            rows = copy_record(source, target)
    except StartError as error:
        raise LookupError(f"{error}\nThe record can be moved while it is stopped.") from error
    for name, count in rows.items():
        say(f"{count:>9,}  {name.replace('_', ' ')}")
    broken = breaks_in(target)
    say(f"moved and compared row by row; {len(broken) or 'no'} breaks in the audit chain")
    say(f"From now on set MANDATES_DATABASE_URL to {target.url.render_as_string(hide_password=True)}")
    say("The old database was not touched. Put it away: nothing must be recorded there any more.")
    source.dispose()
    target.dispose()
    if broken:
        raise typer.Exit(1)
