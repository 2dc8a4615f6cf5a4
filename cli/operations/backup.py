"""`mandates backup`: the record and its files in one archive, made while everything runs."""

from pathlib import Path
from typing import Annotated

import typer

from cli.output import say
from flows.clock import now
from tasks.installation.seals import beside
from tasks.installation.settings import read_settings
from tasks.operations.backing_up import back_up
from tasks.operations.keys_apart import keys_file

File = Annotated[Path, typer.Argument(help="The archive to write; it must not be there yet.", metavar="FILE")]


Recipients = Annotated[
    list[str] | None,
    typer.Option(
        "--for",
        help="A public key (age1… or ssh-ed25519 …) of who alone can read the backup; can be repeated.",
        metavar="KEY",
    ),
]


def backup(file: File, recipients: Recipients = None) -> None:
    """Write record, packages, outbox and rules into one archive, and verify it. Everything may go on running.

    The keys of personal values go into a second file, FILE.keys. Without one of these, of this backup or of a
    later one, nothing personal in the archive can be read. Older ones in the folder are deleted in time.

    With --for, or MANDATES_BACKUP_FOR, both files are encrypted with age.

    The exit code is 1 when the record is not as it was sealed; the backup is written all the same.
    """
    settings = read_settings()
    made = back_up(settings, file, now(), recipients or settings.backup_recipients)
    say(f"{made.file}: {made}")
    if (seal := beside(made.file)).exists():
        say(f"{seal}: its seal; whoever has it and the fingerprint checks the archive with mandates verify")
    say(f"{keys_file(made.file)}: the keys of what is personal; keep this file apart from the archive")
    if not made.holds:
        raise typer.Exit(1)
