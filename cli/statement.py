"""`mandates statement`: how every mandate stands, as figures with their sources, in HTML, PDF and XLSX."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from cli.opening import open_installation
from cli.options import By, some_words
from cli.output import say
from flows.clock import now, today
from tasks.installation.file_modes import handed_over
from tasks.installation.installation import Installation
from tasks.installation.seals import beside
from tasks.statement.publishing import Period, month, state, this_day

Month = Annotated[
    str | None,
    typer.Option("--month", metavar="YYYY-MM", help="A month that has ended; today's if not given."),
]
Out = Annotated[Path | None, typer.Option("--out", help="Folder to copy the files to.")]
Reason = Annotated[
    str | None,
    typer.Option(
        "--reason", parser=some_words, metavar="TEXT", help="Why a published statement is corrected."
    ),
]


def statement(by: By, month: Month = None, out: Out = None, reason: Reason = None) -> None:
    """Publish a statement, or show the one that stands; the same facts give the same figures."""
    with open_installation() as installation:
        done = state(installation, _period(month, installation), now(), by, reason=reason)
        folder = installation.settings.statements
    if out:
        with handed_over():
            out.mkdir(parents=True, exist_ok=True)
            for name in done.files:
                shutil.copyfile(folder / name, out / name)
                if (seal := beside(folder / name)).exists():
                    shutil.copyfile(seal, out / seal.name)
    stands = "published" if done.new else "stands already, its figures are the same"
    say(f"statement {done.name}, version {done.version}: {stands}\nsha256 {done.sha256}")
    say(f"{len(done.files)} files are in {out or folder}")


def _period(name: str | None, installation: Installation) -> Period:
    on = today(installation.zone)
    try:
        return month(name, on) if name else this_day(on)
    except ValueError as error:
        raise typer.BadParameter(
            f"found {name!r}; expected a month such as 2026-10", param_hint="--month"
        ) from error
