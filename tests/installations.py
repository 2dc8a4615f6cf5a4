"""Real installation for tests: the Network's pack, a SQLite file, and a list as the way out."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from notifications.channels import Outcome, Takes, Verdict
from notifications.envelope import Mail
from policies.people.directory import Directory
from records.database import reading, writing
from tasks.facts.importing import take
from tasks.facts.people import nobody_recorded, take_directory
from tasks.facts.withdrawing import StillNeededError, withdraw_fact
from tasks.installation.file_modes import prepare_home
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tasks.installation.who import directory_at

Facts = dict[str, list[dict[str, object]]]

TODAY = date(2026, 11, 23)
BEGUN = datetime(2020, 1, 1, tzinfo=UTC)
ONE_LANGUAGE = ("en",)
TWO_LANGUAGES = ("en", "ar")
FORUM = "international-migration-review-forum"

# The facts of the worked example: both forums as held, and four reviews.
FACTS: Facts = {
    "events": [
        {
            "kind": FORUM,
            "edition": "2022",
            "starts_on": date(2022, 5, 17),
            "ends_on": date(2022, 5, 20),
            "certainty": "confirmed",
            "source": "as held",
        },
        {
            "kind": FORUM,
            "edition": "2026",
            "starts_on": date(2026, 5, 5),
            "ends_on": date(2026, 5, 8),
            "certainty": "confirmed",
            "source": "as held",
        },
    ],
    "completions": [
        {
            "obligation": "working-arrangements-review",
            "completed_on": date(2025, 11, 10),
            "evidence": "report 25",
        },
        {"obligation": "working-group-review", "completed_on": date(2022, 12, 6), "evidence": "decision 22"},
        {
            "obligation": "fund-board-review",
            "completed_on": date(2025, 6, 30),
            "evidence": "note 25",
            "counts_for": "2025",
        },
        {
            "obligation": "secretary-general-review",
            "completed_on": date(2024, 11, 20),
            "evidence": "letter 24",
            "counts_for": "2024",
        },
    ],
}


def at(on: date, hour: int = 6) -> datetime:
    """An instant on a day."""
    return datetime.combine(on, time(hour), UTC)


def workplace_in(home: Path, facts: Facts | None = None, languages: tuple[str, ...] = ()) -> Installation:
    """Open an installation whose record holds `facts` (those of the worked example, if not given).

    With `languages`, its packages are made in those alone: six take three times as long.
    """
    settings = Settings(home=home)
    file = home / "mandates.db"
    if settings.database == f"sqlite:///{file}" and not file.exists():
        prepare_home(settings)
        file.write_bytes(_empty_record())
    installation = open_installation(settings)
    take_people(installation)
    if languages:
        spoken = installation.pack.instrument.model_copy(update={"languages": languages})
        installation = replace(installation, pack=replace(installation.pack, instrument=spoken))
    record(installation, FACTS if facts is None else facts, TODAY)
    return installation


@cache
def _empty_record() -> bytes:
    """A record without a fact, made once: to make all its tables takes longer than many a test."""
    with TemporaryDirectory() as home, open_installation(Settings(home=Path(home))) as installation:
        take_people(installation)
        installation.engine.dispose()  # SQLite writes what it has into its one file
        return Path(home, "mandates.db").read_bytes()


def take_people(installation: Installation) -> None:
    """Take the directory file as facts, as the first start does, where nobody is on record yet."""
    with writing(installation.engine) as session:
        if nobody_recorded(session):
            take_directory(session, installation, BEGUN.date(), BEGUN)


def directory(installation: Installation, on: date = TODAY) -> Directory:
    """Who is who on a day, by the record."""
    with reading(installation.engine) as session:
        return directory_at(session, on)


def record(installation: Installation, facts: Facts, on: date) -> None:
    """Record facts on a day; in a record without people, the directory file is taken first."""
    take_people(installation)
    take(installation, facts, Path("test"), "a test", at(on, 5), on)


class Listed:
    """A way out that only remembers; `verdicts` answers for some notices, by a part of their key."""

    def __init__(self, verdicts: dict[str, Verdict] | None = None) -> None:
        self.mails: list[Mail] = []
        self.verdicts = verdicts or {}

    @property
    def keys(self) -> list[str]:
        return [key for mail in self.mails for key in mail.notice_keys]

    @property
    def messages(self) -> list[EmailMessage]:
        """The mails as a mail program reads them."""
        return [message_from_bytes(mail.content, EmailMessage, policy=default) for mail in self.mails]

    takes = Takes.MAIL

    def of(self, _name: str) -> "Listed":
        return self

    def send_short(self, title: str, body: str) -> Verdict:
        raise AssertionError(f"a short text for a list of mails: {title} {body}")

    def send(self, mail: Mail) -> Verdict:
        self.mails.append(mail)
        keys = " ".join(mail.notice_keys)
        found = (verdict for part, verdict in self.verdicts.items() if part in keys)
        return next(found, Verdict(Outcome.SENT, "remembered"))

    @contextmanager
    def open_channels(self, _installation: Installation) -> Iterator["Listed"]:
        yield self


def not_withdrawn(installation: Installation, kind: str, number: int, on: date) -> str:
    """Try to withdraw a fact, and return why that is refused."""
    with pytest.raises(StillNeededError) as refused, writing(installation.engine) as session:
        withdraw_fact(session, installation.pack, kind, number, "a slip", "an officer", at(on), on)
    return str(refused.value)
