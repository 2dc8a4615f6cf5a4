from datetime import UTC, datetime

from flows.artifacts import Artifact, Findings, Table
from flows.collect import take_and_show
from tasks.inputs.collected import Collected
from tasks.installation.runs import RunContext
from tests.days import day

OCCASION = RunContext(day("Mon 2026-11-23"), datetime(2026, 11, 23, 9, 7, tzinfo=UTC), rehearsal=False)


def test_what_came_is_shown():
    found = Collected(rows=[{"cycle": "a/b"}], findings=["one is left"])
    shown: list[Artifact] = []

    line = take_and_show(OCCASION, lambda _: found, shown.extend)

    assert shown == [
        Table("inputs", "Came as of 2026-11-23", found.rows),
        Findings("findings-collect", "Found as of 2026-11-23", ["one is left"]),
    ]
    assert line == "2026-11-23: 1 file came, 1 finding."
