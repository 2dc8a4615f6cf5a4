"""A weekend on which the relay is down, the disk is full and a worker is killed: who was told what.

Fri 2026-12-04, 16:00 UTC: the relay goes. Sat 2026-12-05, 04:00: the disk is full. Sun 2026-12-06, 22:00:
both are mended. Mon 2026-12-07, 04:00: the review of the working groups was due on Sunday; the worker that
tells so is killed in the middle of it.
"""

import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import event

from policies.plans.notices import NoticeState
from records.chain.audit import breaks
from records.database import DatabaseError, reading, writing
from records.incidents import open_incidents
from records.ledger.notices import Notice, notices_of
from records.ledger.outages import outages
from records.ledger.release import resend, settle
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tasks.operations.watch.watching import watch
from tests.days import day
from tests.installations import FACTS, TODAY, at, record
from tests.notifications.channels.relays import Mood, free_port, relay

REVIEW = "working-group-review/2026"
HOUR = timedelta(hours=1)
GONE, FULL, MENDED = (
    at(day("Fri 2026-12-04"), 16),
    at(day("Sat 2026-12-05"), 4),
    at(day("Sun 2026-12-06"), 22),
)
MONDAY = day("Mon 2026-12-07")
NOON = at(MONDAY, 12)

KILLED = """
import os, signal, sys
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from pydantic import SecretStr
from tasks.dispatch.channel import configured
from tasks.dispatch.dispatching import dispatch
from tasks.installation.settings import Settings
from tasks.installation.installation import open_installation

home, email, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[4])
now = datetime.fromisoformat(sys.argv[3])
installation = open_installation(Settings(home=home, channels_email=SecretStr(email)))

class Killing:
    def __init__(self, channels):
        self.channel, self.sent, self.takes = channels.of("email"), 0, "mail"
    def of(self, name):
        return self
    def send(self, message):
        if self.sent == count:
            os.kill(os.getpid(), signal.SIGKILL)
        self.sent += 1
        return self.channel.send(message)

@contextmanager
def outlet(installation):
    with configured(installation) as channels:
        yield Killing(channels)

dispatch(installation, now.date(), now, outlet)
"""


@contextmanager
def full(installation: Installation, home: Path) -> Iterator[None]:
    """Let the disk be full: the database gets no more pages, and the watch's file no more bytes."""

    def limited(connection: object, _record: object) -> None:
        cursor = connection.cursor()  # type: ignore[attr-defined]  # SQLite's own connection
        [pages] = cursor.execute("PRAGMA page_count").fetchone()
        cursor.execute(f"PRAGMA max_page_count = {pages}")

    installation.engine.dispose()
    event.listen(installation.engine, "connect", limited)
    partial = home / ".watch.json.partial"
    partial.symlink_to("/dev/full")
    try:
        yield
    finally:
        partial.unlink()
        event.remove(installation.engine, "connect", limited)
        installation.engine.dispose()


class Weekend:
    """The house, hour by hour: it enforces at 04:00, dispatches and watches every three hours."""

    def __init__(self, home: Path, port: int) -> None:
        self.email = f"rmail://127.0.0.1:{port}?cto=2"
        self.settings = Settings(
            home=home,
            channels_email=SecretStr(self.email),
            channels={"second": SecretStr("outbox://")},
            watch_channels="email,second",
        )
        self.installation = open_installation(self.settings)
        self.kept_in = (home / "watch.json", home / "beside" / "watch.json")
        self.enforced: list[datetime] = []
        self.failed: list[datetime] = []

    def enforce(self, now: datetime) -> None:
        enforce(self.installation, now.date(), now)
        self.enforced.append(now)

    def work(self, now: datetime) -> None:
        try:
            if now.hour == 4:
                self.enforce(now)
            dispatch(self.installation, now.date(), now)
        except DatabaseError:
            self.failed.append(now)

    def look(self, now: datetime) -> None:
        watch(self.settings, now + HOUR / 4, kept_in=self.kept_in)

    def hours(self, first: datetime, last: datetime) -> None:
        now = first
        while now < last:
            self.work(now)
            self.look(now)
            now += 3 * HOUR

    def notices(self) -> list[Notice]:
        with reading(self.installation.engine) as session:
            found = notices_of(session)
            session.expunge_all()
        return found

    @property
    def told_beside(self) -> list[str]:
        files = sorted(self.settings.outbox.glob("*.eml"))
        mails = [message_from_bytes(file.read_bytes(), policy=default) for file in files]
        return sorted(str(mail["Subject"]) for mail in mails)


def keys_in(mood: Mood) -> Counter[str]:
    mails = [message_from_bytes(content, policy=default) for _, content in mood.kept]
    return Counter(str(key) for mail in mails for key in mail.get_all("X-Mandate-Notice", []))


@pytest.fixture
def weekend(tmp_path: Path) -> Iterator[Weekend]:
    made = Weekend(tmp_path, free_port())
    with made.installation:
        record(made.installation, FACTS, TODAY)
        yield made


def monday_morning(weekend: Weekend, home: Path, mood: Mood) -> None:
    """Kill the worker after three letters; let an officer settle the one of which nobody knows."""
    early = at(MONDAY, 4)
    enforce(weekend.installation, MONDAY, early)
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(home), weekend.email, early.isoformat(), "3"],
        check=False,
        timeout=120,
    )
    assert killed.returncode == -signal.SIGKILL
    weekend.hours(early + HOUR, NOON - 3 * HOUR)
    unknown = [n.notice_key for n in weekend.notices() if n.state == NoticeState.UNKNOWN]
    assert unknown
    with writing(weekend.installation.engine) as session:  # an officer looks into the log of the relay
        for key in unknown:
            assert key not in keys_in(mood)
            settle(session, key, "it did not arrive", "an officer", NOON - 3 * HOUR)
            resend(session, key, "the worker was killed", "an officer", NOON - 3 * HOUR)
    weekend.hours(NOON - 3 * HOUR, NOON)


def test_everybody_was_told_by_monday_noon_what_they_had_to_be_told_once(weekend: Weekend, tmp_path: Path):
    port = int(weekend.email.rpartition(":")[2].partition("?")[0])
    mood = Mood()
    with relay(mood, port=port):
        for count in range((GONE.date() - TODAY).days + 1):
            weekend.work(at(TODAY + timedelta(days=count), 4))
        weekend.look(GONE - 12 * HOUR)
    before = len(mood.kept)

    review = {
        "obligation": "working-arrangements-review",
        "completed_on": GONE.date(),
        "evidence": "report 26",
    }
    record(weekend.installation, {"completions": [review]}, GONE.date())
    weekend.enforce(GONE)
    weekend.hours(GONE, FULL)
    with full(weekend.installation, tmp_path):
        weekend.hours(FULL, MENDED)
    assert (len(mood.kept), weekend.failed[0].date()) == (before, day("Sat 2026-12-05"))
    # Some rows still fit on the pages of a full disk: whether one whole enforcement does, its layout decides.
    silent = MENDED - 3 * HOUR - weekend.enforced[-1] > weekend.settings.watch_hours * HOUR
    assert weekend.told_beside == [
        "Nobody can be reached by a channel",
        "Nothing could be sent for a day",
        *(["Nothing keeps watch: enforcement has stopped"] if silent else []),
        "The watch cannot keep what it told",
    ]
    waiting = [n.notice_key for n in weekend.notices() if n.state == NoticeState.ENTERED]
    assert [key for key in waiting if ":receipt:" in key]

    with relay(mood, port=port):
        monday_morning(weekend, tmp_path, mood)
    assert max(Counter(weekend.told_beside).values()) == 1
    told = keys_in(mood)
    assert set(told.values()) == {1}
    open_ends = {NoticeState.ENTERED, NoticeState.CLAIMED, NoticeState.UNKNOWN, NoticeState.REFUSED}
    assert [n.notice_key for n in weekend.notices() if n.state in open_ends and n.send_on <= MONDAY] == []
    assert all(any(key.startswith(each) for key in told) for each in waiting)
    late = sorted(key.split(":")[3] for key in told if key.startswith(f"{REVIEW}:overdue:due+1:"))
    assert "secretariat" in late
    assert len(late) == len(set(late)) > 1
    with reading(weekend.installation.engine) as session:
        assert (outages(session), open_incidents(session), list(breaks(session))) == ({}, {}, [])
