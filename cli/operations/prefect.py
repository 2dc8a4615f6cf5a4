"""`mandates prefect`: Prefect's own command line, told where our server is and how to ask it."""

import os
import sys

import typer

from flows.server.credentials import of_running
from flows.server.environment import for_children
from flows.server.errors import StartError
from tasks.installation.settings import read_settings

CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
"""Everything behind the command's name is Prefect's, its `--help` too."""


def prefect(context: typer.Context) -> None:
    """Run Prefect's own command line on the server that `mandates up` runs, with its password."""
    settings = read_settings()
    try:
        auth = of_running(settings)
    except StartError as error:
        raise LookupError(str(error)) from error
    environment = for_children(settings, settings.home.absolute(), auth)
    os.execve(sys.executable, [sys.executable, "-m", "prefect", *context.args], environment)  # noqa: S606 (our own command, no shell)
