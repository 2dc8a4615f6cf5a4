from datetime import UTC, datetime

import pytest

from flows.artifacts import Artifact, Findings, Table
from flows.assemble import build_and_show
from tasks.installation.runs import RunContext
from tasks.packages.assembly import Assembly
from tests.days import day

PACKAGE = {"cycle": "secretary-general-review/2026", "file": "package.zip", "sha256": "ab", "missing": "2"}


@pytest.mark.parametrize(
    ("rehearsal", "prefix", "expected"),
    [
        (False, "", "2026-11-23: 1 package built, 1 finding."),
        (
            True,
            "rehearsal-",
            "2026-11-23: 1 package would be built, 1 finding. A rehearsal: nothing was written.",
        ),
    ],
)
def test_what_was_built_is_shown(rehearsal, prefix, expected):
    run_context = RunContext(day("Mon 2026-11-23"), datetime(2026, 11, 23, 5, 23, tzinfo=UTC), rehearsal)
    built = Assembly(rows=[PACKAGE], findings=["two inputs are missing"])
    asked: list[tuple[RunContext, str | None]] = []
    shown: list[Artifact] = []

    def build(run_context: RunContext, cycle: str | None) -> Assembly:
        asked.append((run_context, cycle))
        return built

    line = build_and_show(run_context, PACKAGE["cycle"], build, shown.extend)

    assert asked == [(run_context, "secretary-general-review/2026")]
    assert [(type(artifact), artifact.key) for artifact in shown] == [
        (Table, f"{prefix}packages"),
        (Findings, f"{prefix}findings-assemble"),
    ]
    assert line == expected
