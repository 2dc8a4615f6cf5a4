from datetime import UTC, datetime

from flows.statement import state_and_show
from tasks.installation.runs import RunContext
from tasks.statement.publishing import Published
from tests.days import day

TODAY = day("Tue 2026-12-01")
NOW = datetime(2026, 12, 1, 5, 51, tzinfo=UTC)
NOVEMBER = Published("2026-11", 1, "ab12", (), new=True)


def shown(run_context: RunContext, *published: Published) -> tuple[str, list[str]]:
    seen: list[str] = []

    def show(artifacts):
        seen.extend(artifact.key for artifact in artifacts)

    return state_and_show(run_context, lambda _occasion: list(published), show), seen


def test_what_was_published_is_shown_and_said_in_a_line():
    assert shown(RunContext(TODAY, NOW, rehearsal=False), NOVEMBER) == (
        "2026-12-01: 1 statement published.",
        ["statements"],
    )


def test_a_rehearsal_of_a_statement_says_that_nothing_was_written():
    assert shown(RunContext(TODAY, NOW, rehearsal=True), NOVEMBER) == (
        "2026-12-01: 1 statement would be published. A rehearsal: nothing was written.",
        ["rehearsal-statements"],
    )
