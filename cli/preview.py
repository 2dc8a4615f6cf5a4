"""`mandates preview`: the exact messages of the coming days, as files, before any of them goes."""

from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.options import AsOf, day
from cli.output import say
from flows.clock import now
from notifications.channels import open_channel
from tasks.forecast import preview as previewed
from tasks.workplace import open_workplace

Days = Annotated[int, typer.Option("--days", min=0, max=3700, help="How many days ahead to look.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="Folder for the files; previews/ in the home if not given.")
]


def preview(as_of: AsOf = None, days: Days = 7, out: Out = None) -> None:
    """Write the messages that would leave from DATE on as .eml files; nothing is sent or recorded."""
    with open_workplace() as workplace:
        first = day(as_of, workplace)
        folder = out or workplace.settings.home / "previews" / first.isoformat()
        count = 0
        with open_channel("outbox://", outbox=folder) as channel:
            for _, message in previewed(workplace, first, first + timedelta(days=days), now()):
                channel.send(message)
                count += 1
    say(f"{count} messages from {first} to {first + timedelta(days=days)} are in {folder}")
