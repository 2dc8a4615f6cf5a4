from datetime import UTC, datetime

from flows.artifacts import Artifact, Table
from flows.dispatch import send_and_show
from tasks.dispatch.dispatching import Dispatching
from tasks.installation.runs import RunContext
from tests.days import day

OCCASION = RunContext(day("Mon 2026-11-23"), datetime(2026, 11, 23, 9, 7, tzinfo=UTC), rehearsal=False)


def test_what_was_sent_is_shown():
    sent = Dispatching(rows=[{"notice_key": "a"}, {"notice_key": "b"}], findings=[])
    shown: list[Artifact] = []

    line = send_and_show(OCCASION, lambda _: sent, shown.extend)

    assert shown == [Table("sent", "Sent as of 2026-11-23", sent.rows)]
    assert line == "2026-11-23: 2 deliveries, 0 findings."
