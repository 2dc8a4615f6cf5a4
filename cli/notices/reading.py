"""Messages to read: those of the coming days before they go, and those that went, as they went."""

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.days import AsOf, day
from cli.opening import open_installation
from cli.options import Key
from cli.output import say
from flows.clock import now
from records.database import reading
from records.ledger.release import UnknownNoticeError
from tasks.dispatch.messages import message_of
from tasks.dispatch.previewing import difference, planned_message, write_preview
from tasks.installation.file_modes import handed_over

Days = Annotated[int, typer.Option("--days", min=0, max=3700, help="How many days ahead to look.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="Folder for the files; previews/ in the home if not given.")
]
Against = Annotated[
    Path | None,
    typer.Option("--against", help="Another policy pack: show how its messages would differ, as a diff."),
]


def preview(as_of: AsOf = None, days: Days = 7, out: Out = None, against: Against = None) -> None:
    """Write every message of the coming days as files, for each recipient; nothing is sent or recorded."""
    with open_installation() as installation:
        first = day(as_of, installation)
        last = first + timedelta(days=days)
        folder = out or installation.settings.home / "previews" / first.isoformat()
        with handed_over() if out else nullcontext():
            count = write_preview(installation, first, last, now(), folder)
        if against:
            say(difference(installation, against, first, last, now()), end="")
    say(f"{count} messages from {first} to {last} are in {folder}")


def show(key: Key) -> None:
    """Show the message of a notice, as it was sent or as it would be sent now, and its history."""
    with open_installation() as installation:
        on = day(None, installation)
        try:
            with reading(installation.engine) as session:
                message, history = message_of(session, installation, key, on, now())
        except UnknownNoticeError:
            planned = planned_message(installation, key, on, now())
            if planned is None:
                raise
            planned_on, message = planned
            history = [f"planned for {planned_on}; not in the ledger yet"]
    say(message.text)
    say("\n".join(history))
