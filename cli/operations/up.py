"""`mandates up`: the automation server on this machine."""

from functools import partial

import typer

from cli.desk import say_how_to_get_in
from cli.opening import open_unattended
from cli.output import say
from flows.clock import now, today
from flows.server.errors import StartError
from flows.server.room import wait_for_room
from flows.server.supervisor import up as supervise
from policies.problems import RefusedFileError
from records.database import open_database, reading
from tasks.facts.history import take_history
from tasks.installation.installation import Installation
from tasks.installation.live import leave_findings
from tasks.installation.settings import Settings, read_settings


def up() -> None:
    """Start Prefect's server and worker with all deployments, enforce once, and stay until Ctrl-C."""
    wait_for_room(read_settings().home.absolute(), say)
    with open_unattended() as installation:
        _take_history(installation)
        with reading(installation.engine) as session:
            for finding in leave_findings(session, installation.settings):
                say(f"Look at this first: {finding}")
    try:
        supervise(installation.settings, say=say, ready=partial(_ready, installation.settings))
    except StartError as error:
        typer.echo(f"mandates: {error}", err=True)
        raise typer.Exit(1) from error


def _ready(settings: Settings) -> None:
    """Tell whoever is at the terminal how to read the board; nothing of it goes into a log."""
    engine = open_database(settings.database)
    say_how_to_get_in(engine, settings)
    engine.dispose()


def _take_history(installation: Installation) -> None:
    """Take the shipped history into a record begun without it; what is on record there stands against it."""
    try:
        taken = take_history(installation, today(installation.zone), now())
    except RefusedFileError as refusal:
        say(f"The public history that ships with the policies contradicts what is on record. {refusal}")
        return
    if taken:
        say(f"The public history that ships with the policies is on record: {taken.new} facts.")
