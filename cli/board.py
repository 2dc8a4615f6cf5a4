"""`mandates board`: where everything stands, as pages: served on this machine, or written as files."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from cli.desk import say_how_to_get_in
from cli.opening import open_installation
from cli.output import progress, say
from flows.clock import now, today
from tasks.installation.file_modes import handed_over

Out = Annotated[
    Path | None, typer.Option("--out", help="Write the pages into this folder instead of serving them.")
]


def board(out: Out = None) -> None:
    """Show the board: on loopback until Ctrl-C, or as files for a file share or an e-mail."""
    from portal.board.data import BoardData  # noqa: PLC0415 (takes a while, and only this command needs it)
    from portal.board.serving import serve  # noqa: PLC0415 (the same)
    from portal.board.writing import write_board  # noqa: PLC0415 (the same)

    with open_installation() as installation:
        day = partial(today, installation.zone)
        if out is None:
            say(f"The board is at {installation.settings.board} until Ctrl-C.")
            say_how_to_get_in(installation.engine, installation.settings)
            sys.stdout.flush()
            serve(installation, day, now)
            return
        with progress("pages") as tell, handed_over():
            count = write_board(BoardData(installation, day), out, tell)
    say(f"{count} pages and files are in {out}; begin with {out / 'en' / 'index.html'}")
