"""Opening what a command works with; the first command in a new home also does what is done once."""

import typer

from flows.clock import now, today
from tasks.installation import workplace as installation
from tasks.installation.workplace import Workplace
from tasks.operations.first_start import first_start


def open_workplace() -> Workplace:
    """Open the workplace of the settings; raises as the function of that name in `tasks` does."""
    return _begun(installation.open_workplace())


def open_unattended() -> Workplace:
    """Open it with the last good rules where the present have a mistake; raises as its namesake does."""
    return _begun(installation.open_unattended())


def _begun(workplace: Workplace) -> Workplace:
    try:
        taken = first_start(workplace, today(workplace.zone), now())
    except BaseException:
        workplace.engine.dispose()
        raise
    if taken:
        told = f"The public history that ships with the policies is on record: {taken.new} facts."
        typer.echo(told, err=True)
    return workplace
