"""`mandates verify`: a file that left the house, checked by its seal, by anybody, without the record."""

import re
from pathlib import Path
from typing import Annotated

import typer

from cli.output import say, say_list
from tasks.operations.verifying import verify as verdict_on


def read_fingerprint(given: str) -> str:
    """Return a fingerprint as it is computed, of one as people write it.

    Raises:
        typer.BadParameter: it is none.
    """
    plain = re.sub(r"[\s:]", "", given).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", plain):
        raise typer.BadParameter(
            f"found {given!r}; expected the 64 hexadecimal digits that mandates key show prints"
        )
    return plain


File = Annotated[Path, typer.Argument(help="A statement, a package or a backup, as it was handed over.")]
Key = Annotated[
    str,
    typer.Option(
        "--key",
        parser=read_fingerprint,
        metavar="FINGERPRINT",
        help="The fingerprint of the key, as you received it by another way.",
    ),
]
SealFile = Annotated[
    Path | None, typer.Option("--seal", help="The seal; FILE.seal if not given.", metavar="FILE")
]
Record = Annotated[
    Path | None,
    typer.Option("--record", help="The record, a backup of it, or its list of hashes.", metavar="FILE"),
]


def verify(file: File, key: Key, seal: SealFile = None, record: Record = None) -> None:
    """Show whether a file is as it was sealed; with --record, whether the record still contains that day's.

    The exit code is 1 when something that could be checked is wrong.
    """
    verdict = verdict_on(file, seal, key, record)
    for line in verdict.told:
        say(line)
    say_list("What is wrong:", verdict.wrong)
    if not verdict.holds:
        raise typer.Exit(1)
