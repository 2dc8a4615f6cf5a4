from datetime import UTC, datetime

from flows.artifacts import Artifact
from flows.enforce import enforce_then_send
from tasks.dispatch.dispatching import Dispatching
from tasks.enforcement.enforcement import Enforcement
from tasks.installation.runs import RunContext
from tests.days import day
from tests.flows.notices import REMINDER

TODAY = day("Mon 2026-11-23")
IN_EARNEST = RunContext(TODAY, datetime(2026, 11, 23, 5, 3, tzinfo=UTC), rehearsal=False)
REHEARSAL = RunContext(TODAY, datetime(2026, 11, 23, 5, 3, tzinfo=UTC), rehearsal=True)

OWED = {"obligation": "annual-meeting", "cycle": "annual-meeting/2026", "state": "open"}
SENT = {"notice_key": "annual-meeting/2026/reminder/1", "outcome": "sent"}


class Hands:
    """Fake hands, which remember in which order they were used."""

    def __init__(self, decided: Enforcement, sent: Dispatching) -> None:
        self.decided, self.sent = decided, sent
        self.deeds: list[object] = []

    def decide(self, run_context: RunContext, obligation: str | None) -> Enforcement:
        self.deeds.append(("decide", run_context, obligation))
        return self.decided

    def send(self, run_context: RunContext) -> Dispatching:
        self.deeds.append(("send", run_context))
        return self.sent

    def publish(self, artifacts: list[Artifact]) -> None:
        self.deeds.append(("publish", [artifact.key for artifact in artifacts]))


def hands(*findings: str) -> Hands:
    decided = Enforcement(as_of=TODAY, rows=[OWED], notices=[REMINDER], findings=list(findings))
    return Hands(decided, Dispatching(rows=[SENT], findings=["no answer from the channel"]))


def run(used: Hands, run_context: RunContext, obligation: str | None = None) -> str:
    return enforce_then_send(run_context, obligation, used.decide, used.send, used.publish)


def test_what_was_decided_is_shown_before_anything_is_sent():
    used = hands()

    line = run(used, IN_EARNEST)

    assert used.deeds == [
        ("decide", IN_EARNEST, None),
        ("publish", ["owed-all", "entered-all"]),
        ("send", IN_EARNEST),
        ("publish", ["sent", "findings-dispatch"]),
    ]
    assert line == "2026-11-23: 1 obligation, 1 notice entered, 1 delivery, 1 finding."


def test_a_rehearsal_sends_nothing():
    used = hands("nobody holds annual-meeting")

    line = run(used, REHEARSAL, "annual-meeting")

    assert used.deeds == [
        ("decide", REHEARSAL, "annual-meeting"),
        (
            "publish",
            [
                "rehearsal-owed-annual-meeting",
                "rehearsal-entered-annual-meeting",
                "rehearsal-findings-annual-meeting",
            ],
        ),
    ]
    assert (
        line
        == "2026-11-23: 1 obligation, 1 notice would be entered. A rehearsal: nothing was written or sent."
    )
