"""Opening what a command works with; the first command in a new home also does what is done once."""

import typer

from flows.clock import now, today
from tasks.installation import installation as opening
from tasks.installation.installation import Installation
from tasks.operations.first_start import first_start


def open_installation() -> Installation:
    """Open the installation of the settings; raises as the function of that name in `tasks` does."""
    return _begun(opening.open_installation())


def open_unattended() -> Installation:
    """Open it with the last good rules where the present have a mistake; raises as its namesake does."""
    return _begun(opening.open_unattended(), unattended=True)


def _begun(installation: Installation, *, unattended: bool = False) -> Installation:
    try:
        taken = first_start(installation, today(installation.zone), now(), unattended=unattended)
    except BaseException:
        installation.engine.dispose()
        raise
    if taken:
        told = f"The public history that ships with the policies is on record: {taken.new} facts."
        typer.echo(told, err=True)
    return installation
