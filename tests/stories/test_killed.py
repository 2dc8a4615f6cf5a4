"""Kill -9 at every step between entry and record: no notice twice, none lost, and the proof says so.

A child does a day's work and kills itself at the n-th thing it does to the database or to the way out, for
every fourth n from several beginnings: more than two hundred kills, in every phase of the work. The way out
is a real folder, so what left can be counted afterwards.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes
from multiprocessing import get_context
from pathlib import Path

import pytest
from sqlalchemy import event

from notifications.channels import Takes, Verdict
from notifications.envelope import Mail
from records.database import reading
from records.notices import SPOKEN, NoticeState, notices_of
from tasks.dispatching import Way, configured, dispatch
from tasks.enforcement import enforce
from tasks.proof import proof_of
from tasks.settings import Settings
from tasks.workplace import Workplace, open_workplace
from tests.workplaces import TODAY, at, workplace_in

DAYS = 4
MINIMUM = 70
BETWEEN = 4


class Steps:
    """Counts what is done, and kills its own process at the `fatal` one."""

    def __init__(self, fatal: int) -> None:
        self.fatal, self.count = fatal, 0

    def __call__(self, *_: object) -> None:
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)


class Fatal:
    """A real channel with a step before and after each message."""

    def __init__(self, channel: Way, step: Callable[[], None]) -> None:
        self.channel, self.step = channel, step

    takes = Takes.MAIL

    def of(self, _name: str) -> "Fatal":
        return self

    def send_short(self, title: str, body: str) -> Verdict:
        return self.channel.send_short(title, body)

    def send(self, mail: Mail) -> Verdict:
        self.step()
        verdict = self.channel.send(mail)
        self.step()
        return verdict


def a_day(home: Path, number: int, fatal: int) -> None:
    """Do the work of a day, and die at a step of it."""
    steps = Steps(fatal)
    on = TODAY + timedelta(days=number)
    with open_workplace(Settings(home=home)) as workplace:
        for name in ("before_cursor_execute", "commit"):
            event.listen(workplace.engine, name, steps)

        @contextmanager
        def outlet(place: Workplace) -> Iterator[Fatal]:
            with configured(place) as ways:
                yield Fatal(ways.of("email"), steps)

        enforce(workplace, on, at(on))
        dispatch(workplace, on, at(on, 7), outlet)
    os._exit(0)


def died(home: Path, number: int, fatal: int) -> bool:
    child = get_context("fork").Process(target=a_day, args=(home, number, fatal))
    child.start()
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    return child.exitcode != 0


def keys_in(outbox: Path) -> Counter[str]:
    messages = (message_from_bytes(file.read_bytes()) for file in outbox.glob("*.eml"))
    return Counter(str(key) for message in messages for key in message.get_all("X-Mandate-Notice", []))


@pytest.mark.parametrize("phase", [0, 1, 3])
def test_a_kill_at_every_step_neither_doubles_nor_loses_a_notice(tmp_path: Path, phase: int):
    workplace_in(tmp_path).engine.dispose()
    kills = 0
    for number in range(DAYS):
        fatal = 1 + phase
        while died(tmp_path, number, fatal):
            kills += 1
            fatal += BETWEEN
    last = TODAY + timedelta(days=DAYS - 1)
    with open_workplace(Settings(home=tmp_path)) as workplace:
        dispatch(workplace, last, at(last, 23))
        sent = keys_in(workplace.settings.outbox)
        with reading(workplace.engine) as session:
            states = {n.notice_key: NoticeState(n.state) for n in notices_of(session)}
            proof = proof_of(session, workplace, TODAY, last)
    assert kills >= MINIMUM
    assert [key for key, times in sent.items() if times > 1] == []
    assert [key for key, state in states.items() if state is NoticeState.SENT and key not in sent] == []
    assert [key for key in sent if states[key] not in SPOKEN] == []
    assert set(states.values()) <= {
        NoticeState.SENT,
        NoticeState.UNKNOWN,
        NoticeState.SKIPPED,
        NoticeState.AWAITING_RELEASE,
    }
    assert proof.failures == []
    assert proof.owed > len(workplace.directory.people)
