"""Dispatch: each notice leaves once, and whatever happens to it is on record."""

import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from sqlalchemy import event

from notifications.channels import Outcome, Verdict
from policies.plans.notices import NoticeState
from records.database import reading, writing
from records.ledger.notices import notices_of, transitions
from records.ledger.outages import WAITS
from records.ledger.release import release
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tests.days import day
from tests.installations import TODAY, Listed, at, record, workplace_in
from tests.notifications.channels.relays import Mood, relay
from tests.patience import run_to_its_end

pytestmark = pytest.mark.usefixtures("each_database")

NOW = at(TODAY)


def enforced(home: Path) -> Installation:
    installation = workplace_in(home)
    enforce(installation, TODAY, NOW, obligation="working-group-review")
    return installation


def states(installation: Installation) -> dict[str, str]:
    with reading(installation.engine) as session:
        return {notice.notice_key: notice.state for notice in notices_of(session)}


def test_every_entered_notice_leaves_once(tmp_path: Path):
    way_out = Listed()
    with enforced(tmp_path) as installation:
        dispatch(installation, TODAY, NOW, way_out.open_channels)
        dispatch(installation, TODAY, NOW, way_out.open_channels)
        assert sorted(way_out.keys) == sorted(states(installation))
        assert set(states(installation).values()) == {"sent"}


def test_what_is_refused_for_now_is_tried_with_growing_waits_and_then_given_up(tmp_path: Path):
    greylisting = Listed({":unicef:": Verdict(Outcome.REFUSED_NOW, "451 try later")})
    with enforced(tmp_path) as installation:
        now = NOW
        for wait in (*WAITS, timedelta(days=30)):
            dispatch(installation, TODAY, now, greylisting.open_channels)
            dispatch(installation, TODAY, now + wait / 2, greylisting.open_channels)
            now += wait + timedelta(seconds=1)
        attempts = Counter(greylisting.keys)
        key = "working-group-review/2026:opening:begins:unicef:email"
        assert attempts.pop(key) == len(WAITS) + 1
        assert set(attempts.values()) == {1}
        assert states(installation)[key] == "refused"
        with reading(installation.engine) as session:
            assert transitions(session, key)[-1].cause == "given up after 6 attempts: 451 try later"


@pytest.mark.parametrize(
    ("verdict", "state"),
    [
        (Verdict(Outcome.REFUSED_FOR_GOOD, "550 no such mailbox"), "refused"),
        (Verdict(Outcome.UNKNOWN, "the connection was lost after the message was handed over"), "unknown"),
    ],
)
def test_what_cannot_be_tried_again_is_a_finding_and_the_others_leave(
    tmp_path: Path, verdict: Verdict, state: str
):
    way_out = Listed({":iom:": verdict})
    with enforced(tmp_path) as installation:
        done = dispatch(installation, TODAY, NOW, way_out.open_channels)
        dispatch(installation, TODAY, NOW + timedelta(days=30), way_out.open_channels)
        key = "working-group-review/2026:opening:begins:iom:email"
        assert states(installation).pop(key) == state
        assert way_out.keys.count(key) == 1
        assert done.findings == [f"{key}: {state}: {verdict.text}"]


def test_somebody_who_left_the_directory_is_a_finding_and_stops_nobody(tmp_path: Path):
    with enforced(tmp_path) as installation:
        record(installation, {"departures": [{"person": "who", "left_on": TODAY, "source": "a note"}]}, TODAY)
        way_out = Listed()
        done = dispatch(installation, TODAY, NOW, way_out.open_channels)
        assert len(way_out.keys) == len(states(installation)) - 1
        assert [finding for finding in done.findings if "who is not in the directory" in finding]


def test_a_formal_notice_leaves_when_a_named_person_released_it(tmp_path: Path):
    on = day("Tue 2026-11-24")
    key = "working-arrangements-review/since-2025-11-10:escalation:due+14:coordinator-office:email"
    way_out = Listed()
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, NOW)
        enforce(installation, on, at(on))
        dispatch(installation, on, at(on), way_out.open_channels)
        assert key not in way_out.keys
        with writing(installation.engine) as session:
            release(session, key, "Amal Haddad", at(on, 7))
        dispatch(installation, on, at(on, 8), way_out.open_channels)
        assert way_out.keys.count(key) == 1
        with reading(installation.engine) as session:
            moves = [(move.state, move.recorded_by) for move in transitions(session, key)]
        assert moves == [
            ("awaiting-release", "enforce"),
            ("released", "Amal Haddad"),
            ("claimed", "dispatch"),
            ("sent", "dispatch"),
        ]


KILLED = """
import os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from tasks.dispatch.channel import configured
from tasks.dispatch.dispatching import dispatch
from tests.installations import TODAY, Settings, at, open_installation

installation = open_installation(Settings(home=Path(sys.argv[1])))
before, count = sys.argv[2] == "before", int(sys.argv[3])

class Killing:
    def __init__(self, channel):
        self.channel, self.sent, self.takes = channel.of("email"), 0, "mail"
    def of(self, name):
        return self
    def send(self, message):
        if before and self.sent == count:
            os.kill(os.getpid(), signal.SIGKILL)
        verdict = self.channel.send(message)
        if self.sent == count:
            os.kill(os.getpid(), signal.SIGKILL)
        self.sent += 1
        return verdict

@contextmanager
def outlet(installation):
    with configured(installation) as channel:
        yield Killing(channel)

dispatch(installation, TODAY, at(TODAY), outlet)
"""


@pytest.mark.parametrize(("moment", "count"), [("before", 0), ("before", 5), ("after", 0), ("after", 7)])
def test_a_kill_around_the_sending_never_makes_a_second_copy(tmp_path: Path, moment: str, count: int):
    enforced(tmp_path).engine.dispose()
    script = [sys.executable, "-c", KILLED, str(tmp_path), moment, str(count)]
    assert run_to_its_end(script).returncode == -9
    with open_installation(Settings(home=tmp_path)) as installation:
        [key] = [k for k, state in states(installation).items() if state == NoticeState.CLAIMED]
        dispatch(installation, TODAY, NOW + timedelta(minutes=1))
        assert states(installation)[key] == "claimed"
        done = dispatch(installation, TODAY, NOW + timedelta(minutes=20))
        assert states(installation).pop(key) == "unknown"
        assert done.findings == [f"{key}: whether it was sent is unknown"]
        assert {state for k, state in states(installation).items() if k != key} == {"sent"}
        messages = list(installation.settings.outbox.glob("*.eml"))
        expected = len(states(installation)) - (1 if moment == "before" else 0)
        assert len(messages) == expected


def test_each_letter_costs_one_commit_that_claims_the_next(tmp_path: Path):
    commits: list[int] = []
    way_out = Listed()
    with enforced(tmp_path) as installation:
        event.listen(installation.engine, "commit", lambda _: commits.append(len(way_out.messages)))
        dispatch(installation, TODAY, NOW, way_out.open_channels)
    # One settles the claims of the dead, and at the end there is nothing more to claim.
    assert commits == [0, *range(len(way_out.messages) + 1)]


class Stumbling(Listed):
    """A way out that nobody finds any more after some letters."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def of(self, name: str) -> "Listed":
        if len(self.messages) == self.after:
            raise RuntimeError(f"the way out {name} is gone")
        return self


def test_a_fault_with_the_next_letter_leaves_nothing_unknown_about_the_one_before(tmp_path: Path):
    way_out = Stumbling(after=3)
    with enforced(tmp_path) as installation:
        with pytest.raises(RuntimeError, match="is gone"):
            dispatch(installation, TODAY, NOW, way_out.open_channels)
        assert Counter(states(installation).values())["sent"] == len(way_out.keys) == 3
        assert set(states(installation).values()) == {"sent", "entered"}


@pytest.mark.parametrize(
    ("mood", "then", "copies"),
    [
        (Mood(), "sent", 1),
        (Mood(rcpt="451 try later"), "entered", 0),
        (Mood(rcpt="550 no such mailbox"), "refused", 0),
        (Mood(hang_up_after_data=True), "unknown", 1),
    ],
)
def test_a_real_server_has_the_last_word(tmp_path: Path, mood: Mood, then: str, copies: int):
    mood = replace(mood, kept=[], peers=set())
    with relay(mood) as port, enforced(tmp_path) as installation:
        settings = Settings(home=tmp_path, channels_email=SecretStr(f"rmail://127.0.0.1:{port}"))
        over_smtp = replace(installation, settings=settings)
        dispatch(over_smtp, TODAY, NOW)
        dispatch(over_smtp, TODAY, NOW)
        assert set(states(installation).values()) == {then}
        assert len(mood.kept) == copies * len(states(installation))
