"""The command `mandates`: which commands there are, and how their failures are told."""

import gc

# What the imports make lasts as long as the process: collecting among it takes a tenth of a quick command.
gc.disable()

import os  # noqa: E402 (after the line above)
import sys  # noqa: E402 (the same)
import tomllib  # noqa: E402 (the same)
from collections.abc import Iterable, Mapping, Sequence  # noqa: E402 (the same)
from errno import EACCES, EDQUOT, ENOSPC, EROFS  # noqa: E402 (the same)
from importlib import import_module  # noqa: E402 (the same)
from io import TextIOWrapper  # noqa: E402 (the same)
from typing import Annotated  # noqa: E402 (the same)

import typer  # noqa: E402 (the same)

from policies.problems import Problem, RefusedFileError, is_text, visible  # noqa: E402 (the same)
from records.database import DatabaseError  # noqa: E402 (the same)
from tasks.installation.file_modes import close_files  # noqa: E402 (the same)
from tasks.installation.settings import ROOT  # noqa: E402 (the same)

# Each command with its module, in the order help shows them.
COMMANDS = {
    "up": "cli.operations.up",
    "deploy": "cli.operations.deploy",
    "prefect": "cli.operations.prefect",
    "watch": "cli.operations.watch",
    "enforce": "cli.enforce",
    "status": "cli.status.status",
    "board": "cli.board",
    "desk": "cli.desk",
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
    "people": "cli.people",
    "roll": "cli.roll",
    "import": "cli.import_",
    "submit": "cli.submit",
    "collect": "cli.collect",
    "inbox": "cli.inbox",
    "package": "cli.package",
    "policy": "cli.rules.policy",
    "doctor": "cli.operations.doctor",
    "verify": "cli.verify",
    "key": "cli.key",
    "live": "cli.operations.live",
    "metrics": "cli.operations.metrics",
    "backup": "cli.operations.backup",
    "restore": "cli.operations.restore",
    "move-to": "cli.operations.move_to",
}
_TO_DO = {
    ENOSPC: "; make room on that disk, and do the same again",
    EDQUOT: "; have the quota of this user raised, and do the same again",
    EROFS: "; mount that disk for writing, or set MANDATES_HOME to another folder",
    EACCES: "; see whose it is, and run the command as that user",
}
Version = Annotated[bool, typer.Option("--version", help="Show which version this is.")]
# How a failure that a person can mend ends the command.
REFUSED, FAILED = 2, 1


def main() -> None:
    """Run the command; what a person can mend goes to standard error with what to do, and a non-zero exit."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # whatever a terminal cannot show stops nothing
    named = [word for word in sys.argv[1:2] if word in COMMANDS]
    try:
        close_files(os.environ.get("MANDATES_GROUP"))
        _refuse_what_is_no_text(sys.argv[1:], os.environ)
        application(named or COMMANDS)()
    except RefusedFileError as refusal:
        _stop(str(refusal), REFUSED)
    except LookupError as error:
        _stop(str(error.args[0]) if error.args else repr(error), REFUSED)
    except DatabaseError as error:
        _stop(f"the database did not do it: {error.orig}\nNothing was half written; try again.", FAILED)
    except OSError as error:
        what_to_do = _TO_DO.get(error.errno or 0, "")
        _stop(f"{error.filename or 'the system'}: {error.strerror or error}{what_to_do}", FAILED)


def _refuse_what_is_no_text(words: Sequence[str], environment: Mapping[str, str]) -> None:
    """Refuse arguments and settings that are not UTF-8: they could be neither recorded nor shown.

    Raises:
        RefusedFileError: with each of them.
    """
    said = {f"word {number}": word for number, word in enumerate(words, start=1)}
    set_ = {name: value for name, value in environment.items() if name.startswith("MANDATES_")}
    problems = [
        Problem("command line", where, repr(visible(word)), "text in UTF-8; a file can be renamed first")
        for where, word in said.items()
        if not is_text(word)
    ]
    problems += [
        Problem("environment", name, "something that is not shown here", "text in UTF-8")
        for name, value in set_.items()
        if not is_text(value)
    ]
    if problems:
        raise RefusedFileError(problems)


def application(names: Iterable[str]) -> typer.Typer:
    """Return the command with these subcommands: importing only the one that is called keeps it quick."""
    app = typer.Typer(no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False)
    app.callback(invoke_without_command=True)(keep)
    for name in names:
        module = import_module(COMMANDS[name])
        if hasattr(module, "app"):
            app.add_typer(module.app, name=name)
        else:
            command = getattr(module, module.__name__.rpartition(".")[2])
            app.command(name, context_settings=getattr(module, "CONTEXT", None))(command)
    gc.freeze()
    gc.enable()
    return app


def keep(*, version: Version = False) -> None:
    """Keep an institution's mandated reviews from ever being missed."""
    if version:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        sys.stdout.write(f"{project['version']}\n")
        raise typer.Exit


def _stop(message: str, code: int) -> None:
    sys.stderr.write(f"mandates: {message}\n")
    sys.exit(code)
