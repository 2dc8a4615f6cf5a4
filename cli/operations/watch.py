"""`mandates watch`: somebody notices when nothing keeps watch. It needs neither Prefect nor its server."""

import typer

from cli.output import say, say_list
from flows.clock import now
from tasks.installation.settings import read_settings
from tasks.operations.watch.watching import watch as look


def watch() -> None:
    """Report through the channels, once, that nothing was enforced for too long, and when that is over.

    The exit code is 1 as long as it lasts. Run it every quarter of an hour, from systemd or cron.
    """
    seen = look(read_settings(), now())
    say(seen.what)
    say_list("Informed:", seen.told)
    say_list("Could not be informed, and will be tried again with the next watch:", seen.untold)
    if not seen.well:
        raise typer.Exit(1)
