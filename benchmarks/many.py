"""An installation with as many obligations as one likes: copies of the pack's, each met the year before."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from records.chain.audit import add_all
from records.database import writing
from records.facts.facts import Completion
from tasks.facts.people import take_directory
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings

AS_OF = date(2026, 11, 23)
_DAYS_OF_A_YEAR = 365


def at(on: date) -> datetime:
    """Return six o'clock in the morning."""
    return datetime.combine(on, time(6), UTC)


@contextmanager
def workplace_with(size: int, home: Path, database_url: str | None = None) -> Iterator[Installation]:
    """Open an installation with `size` obligations, which are due on all days of a year."""
    with open_installation(Settings(home=home, database_url=database_url)) as installation:
        with writing(installation.engine) as session:
            take_directory(session, installation, AS_OF, datetime.combine(AS_OF, time(), UTC))
        originals = list(installation.pack.obligations.values())
        turned = (originals[number % len(originals)] for number in range(size))
        copies = [each.model_copy(update={"id": f"duty-{number}"}) for number, each in enumerate(turned)]
        many = replace(
            installation, pack=replace(installation.pack, obligations={each.id: each for each in copies})
        )
        with writing(many.engine) as session:
            add_all(session, Completion, [_met(each.id, number) for number, each in enumerate(copies)])
        yield many


def _met(obligation: str, number: int) -> dict[str, object]:
    on = AS_OF - timedelta(days=1 + number * 7 % _DAYS_OF_A_YEAR)
    return {
        "recorded_at": at(AS_OF),
        "recorded_by": "a benchmark",
        "obligation": obligation,
        "completed_on": on,
        "evidence": "report",
        "counts_for": str(on.year),
        "partial": False,
    }
