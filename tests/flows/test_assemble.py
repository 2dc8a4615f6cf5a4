from datetime import UTC, datetime

import pytest

from flows.artifacts import Artifact, Findings, Table
from flows.assemble import build_and_show
from tasks.installation.runs import Occasion
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
    occasion = Occasion(day("Mon 2026-11-23"), datetime(2026, 11, 23, 5, 23, tzinfo=UTC), rehearsal)
    built = Assembly(rows=[PACKAGE], findings=["two inputs are missing"])
    asked: list[tuple[Occasion, str | None]] = []
    shown: list[Artifact] = []

    def build(occasion: Occasion, cycle: str | None) -> Assembly:
        asked.append((occasion, cycle))
        return built

    line = build_and_show(occasion, PACKAGE["cycle"], build, shown.extend)

    assert asked == [(occasion, "secretary-general-review/2026")]
    assert [(type(artifact), artifact.key) for artifact in shown] == [
        (Table, f"{prefix}packages"),
        (Findings, f"{prefix}findings-assemble"),
    ]
    assert line == expected
