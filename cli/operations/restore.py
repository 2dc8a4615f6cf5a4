"""`mandates restore`: a backup put into an empty home."""

from pathlib import Path
from typing import Annotated

import typer

from cli.output import say
from flows.clock import now
from tasks.installation.settings import read_settings
from tasks.operations.backing_up import restore as restore_from
from tasks.operations.backing_up import verify
from tasks.operations.keys_apart import keys_file, read_keys

File = Annotated[Path, typer.Argument(help="The archive that mandates backup wrote.", metavar="FILE")]
KeysFile = Annotated[
    Path | None, typer.Option("--keys", help="The file of keys; FILE.keys if not given.", metavar="FILE")
]
WithoutKeys = Annotated[
    bool, typer.Option("--without-keys", help="Restore it though nothing personal will be readable.")
]
IdentityFile = Annotated[
    Path | None,
    typer.Option("--identity", help="The secret key that opens an encrypted backup.", metavar="FILE"),
]
OnlyVerify = Annotated[bool, typer.Option("--verify", help="Only verify the archive; restore nothing.")]


def restore(
    file: File,
    keys: KeysFile = None,
    identity: IdentityFile = None,
    *,
    without_keys: WithoutKeys = False,
    only_verify: OnlyVerify = False,
) -> None:
    """Verify a backup, and put it into the home and the database of the settings, which must be empty.

    What is personal needs the file of keys that lies beside it, or a later one. Who was forgotten by the time
    that file was written is forgotten.
    """
    settings = read_settings()
    if only_verify:
        found = verify(file, identity)
    else:
        given = None if without_keys else read_keys(keys or keys_file(file), identity)
        found = restore_from(settings, file, now(), given, identity)
    say(f"{file}: {found}")
    if not only_verify:
        say(f"restored into {settings.home}; look at it with: mandates doctor")
        say("Nothing is sent from it before you declare that it is the live record: mandates live --by NAME")
    if not found.holds:
        raise typer.Exit(1)
