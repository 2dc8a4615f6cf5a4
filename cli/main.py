"""The command `mandates`: which commands there are, and how their failures are told."""

import gc

# What the imports make lasts as long as the process: collecting among it takes a tenth of a quick command.
gc.disable()

import sys  # noqa: E402 (after the line above)
from collections.abc import Iterable  # noqa: E402 (the same)
from importlib import import_module  # noqa: E402 (the same)

import typer  # noqa: E402 (the same)

from policies.problems import RefusedFileError  # noqa: E402 (the same)
from records.database import DatabaseError  # noqa: E402 (the same)

# Each command with its module, in the order help shows them.
COMMANDS = {
    "up": "cli.operations.up",
    "deploy": "cli.operations.deploy",
    "watch": "cli.operations.watch",
    "enforce": "cli.enforce",
    "status": "cli.status.status",
    "board": "cli.board",
    "calendar": "cli.calendar.calendar",
    "feed": "cli.calendar.feed",
    "statement": "cli.statement",
    "explain": "cli.status.explain",
    "coverage": "cli.status.coverage",
    "notices": "cli.notices",
    "preview": "cli.preview",
    "owed": "cli.status.owed",
    "rehearse": "cli.rules.rehearse",
    "record": "cli.record",
    "roll": "cli.roll",
    "import": "cli.import_",
    "submit": "cli.submit",
    "collect": "cli.collect",
    "package": "cli.package",
    "policy": "cli.rules.policy",
    "doctor": "cli.operations.doctor",
    "live": "cli.operations.live",
    "metrics": "cli.operations.metrics",
    "backup": "cli.operations.backup",
    "restore": "cli.operations.restore",
    "move-to": "cli.operations.move_to",
}
# How a failure that a person can mend ends the command.
REFUSED, FAILED = 2, 1


def main() -> None:
    """Run the command; what a person can mend goes to standard error with what to do, and a non-zero exit."""
    named = [word for word in sys.argv[1:2] if word in COMMANDS]
    try:
        application(named or COMMANDS)()
    except RefusedFileError as refusal:
        _stop(str(refusal), REFUSED)
    except LookupError as error:
        _stop(str(error.args[0]) if error.args else repr(error), REFUSED)
    except DatabaseError as error:
        _stop(f"the database did not do it: {error.orig}\nNothing was half written; try again.", FAILED)
    except OSError as error:
        _stop(f"{error.filename or 'the system'}: {error.strerror or error}", FAILED)


def application(names: Iterable[str]) -> typer.Typer:
    """Return the command with these subcommands: importing only the one that is called keeps it quick."""
    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
    app.callback()(keep)
    for name in names:
        module = import_module(COMMANDS[name])
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            app.command(name)(getattr(module, module.__name__.rpartition(".")[2]))
    gc.freeze()
    gc.enable()
    return app


def keep() -> None:
    """Keep an institution's mandated reviews from ever being missed."""


def _stop(message: str, code: int) -> None:
    sys.stderr.write(f"mandates: {message}\n")
    sys.exit(code)
