from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flows.server.errors import StartError
from flows.server.patience import LONGEST, wait_for


@dataclass
class Slow:
    """A child whose progress, end and clock a test moves: each sleep lasts `step` seconds."""

    step: float = 1.0
    stands_still_at: float = float("inf")
    dies_at: float = float("inf")
    at: float = 0.0
    said: list[str] = field(default_factory=list)
    name = "server"
    log = Path("/logs/server.log")

    @property
    def exit_code(self) -> int | None:
        return 3 if self.at >= self.dies_at else None

    def progress(self) -> float:
        return min(self.at, self.stands_still_at)

    def last_lines(self, count: int = 15) -> str:
        return f"the last {count} lines"

    def sleep(self, _: float) -> None:
        self.at += self.step

    def wait_until(self, ready_at: float) -> None:
        wait_for(lambda: self.at >= ready_at, self, self.said.append, lambda: self.at, self.sleep)


def test_what_is_ready_is_not_waited_for():
    child = Slow()

    child.wait_until(0)

    assert child.at == 0


@pytest.mark.parametrize("seconds", [179, 181, 1800, 3599])
def test_a_slow_child_that_gets_on_is_waited_for(seconds):
    child = Slow()

    child.wait_until(seconds)

    assert child.at == seconds


def test_every_minute_of_waiting_is_told():
    child = Slow()

    child.wait_until(150)

    assert child.said == [
        "Still waiting for the server, 1 minutes so far. See /logs/server.log",
        "Still waiting for the server, 2 minutes so far. See /logs/server.log",
    ]


def test_a_child_that_stands_still_for_ten_minutes_is_given_up():
    child = Slow(stands_still_at=100)

    with pytest.raises(
        StartError, match=r"for 10 minutes it did nothing\. The end of /logs/server\.log:\nthe last 15"
    ):
        child.wait_until(LONGEST)

    assert child.at == 701


def test_a_child_that_works_for_ever_is_given_up_after_the_one_bound():
    child = Slow()

    with pytest.raises(StartError, match="it still works after 60 minutes"):
        child.wait_until(float("inf"))

    assert child.at == LONGEST + 1


def test_a_child_that_ended_is_not_waited_for():
    child = Slow(dies_at=5)

    with pytest.raises(StartError, match="The server did not get ready: it ended with exit code 3"):
        child.wait_until(100)

    assert child.at == 5
