from datetime import UTC, datetime

import pytest

from flows.run_context import occasion_on
from tasks.installation.runs import RunContext
from tests.days import day

NOW = datetime(2026, 11, 23, 5, 3, tzinfo=UTC)
TODAY = day("Mon 2026-11-23")


@pytest.mark.parametrize(
    ("as_of", "dry_run", "force", "expected_day", "rehearsal"),
    [
        (None, False, False, "Mon 2026-11-23", False),
        ("Mon 2026-11-23", False, False, "Mon 2026-11-23", False),
        ("Mon 2026-11-23", True, False, "Mon 2026-11-23", True),
        ("Tue 2026-11-10", False, False, "Tue 2026-11-10", True),
        ("Thu 2026-12-31", False, False, "Thu 2026-12-31", True),
        ("Tue 2026-11-10", False, True, "Tue 2026-11-10", False),
        ("Tue 2026-11-10", True, True, "Tue 2026-11-10", True),
        (None, True, True, "Mon 2026-11-23", True),
    ],
)
def test_any_other_day_than_today_is_a_rehearsal_unless_forced(
    as_of, dry_run, force, expected_day, rehearsal
):
    asked = occasion_on(as_of and day(as_of), TODAY, NOW, dry_run=dry_run, force=force)

    assert asked == RunContext(day(expected_day), NOW, rehearsal)
