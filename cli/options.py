"""The options that several commands share."""

from datetime import date, datetime
from typing import Annotated

import typer

from flows.clock import today
from tasks.workplace import Workplace

AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", formats=["%Y-%m-%d"], help="The day asked about; today if not given.", metavar="DATE"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Machine-readable; the shape is a documented contract.")]
By = Annotated[str, typer.Option("--by", help="Who records this.", envvar="MANDATES_BY", show_default=False)]
Day = Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], metavar="DATE")]


def day(given: datetime | None, workplace: Workplace) -> date:
    """Return the day asked about; today at the institution's seat when none was given."""
    return given.date() if given else today(workplace.zone)
