"""A second completion of what is met is refused, counted anew or linked, by its clock; never a breach."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policies.problems import RefusedFileError
from records.database import reading
from records.facts.facts import read_facts
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import record, workplace_in

ON = day("Fri 2026-11-20")
DECISION = {
    "id": "data-strategy",
    "text": "A data strategy",
    "decided_on": day("Mon 2026-06-01"),
    "due_on": day("Fri 2026-10-30"),
    "owners": ["iom"],
    "source": "minutes",
}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path) as opened:
        yield opened


def completed(obligation: str, on: str, evidence: str, counts_for: str | None = None) -> dict[str, object]:
    said: dict[str, object] = {"obligation": obligation, "completed_on": day(on), "evidence": evidence}
    return said | ({"counts_for": counts_for} if counts_for else {})


def breaches(installation: Installation, obligation: str) -> list[str]:
    with reading(installation.engine) as session:
        status = installation.pack.status(obligation, read_facts(session), ON)
    return [breach.cycle for breach in status.breaches]


@pytest.mark.parametrize(
    ("obligation", "second", "met"),
    [
        # a period: once by name, once by the year it falls in
        (
            "fund-board-review",
            ("Mon 2025-12-15", "another note", "2025"),
            "2025, which was met on 2025-06-30",
        ),
        ("fund-board-review", ("Mon 2025-12-15", "another note", None), "2025, which was met on 2025-06-30"),
        # a slot of the grid: a late review meets its own slot, and no second one takes it
        (
            "secretary-general-review",
            ("Tue 2025-03-04", "a letter", "2024"),
            "2024, which was met on 2024-11-20",
        ),
        (
            "secretary-general-review",
            ("Tue 2025-03-04", "a letter", None),
            "2024, which was met on 2024-11-20",
        ),
        # earlier than the one on record: that one is to be mended
        (
            "secretary-general-review",
            ("Mon 2024-11-04", "a letter", "2024"),
            "2024, which was met on 2024-11-20",
        ),
    ],
)
def test_where_cycles_have_names_a_second_one_is_refused_with_what_to_do(
    installation: Installation, obligation: str, second: tuple[str, str, str | None], met: str
):
    before = breaches(installation, obligation)
    with pytest.raises(RefusedFileError, match=f"a second completion of {obligation}/{met}") as refusal:
        record(installation, {"completions": [completed(obligation, *second)]}, ON)
    assert "to mend what is on record: mandates record correction" in str(refusal.value)
    assert breaches(installation, obligation) == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("Mon 2026-03-02", "note 26", "2026"), ("Mon 2026-06-01", "another note", "2026")),
        (("Mon 2026-03-02", "note 26", None), ("Mon 2026-06-01", "another note", None)),
        (("Mon 2026-03-02", "note 26", None), ("Mon 2026-06-01", "another note", "2026")),
    ],
)
def test_two_completions_of_one_cycle_in_one_file_are_refused_together(
    installation: Installation, first: tuple[str, ...], second: tuple[str, ...]
):
    both = [completed("fund-board-review", *first), completed("fund-board-review", *second)]
    with pytest.raises(RefusedFileError, match="a second completion of fund-board-review/2026"):
        record(installation, {"completions": both}, ON)


@pytest.mark.parametrize(
    ("obligation", "again"),
    [
        # a rolling ceiling and a review after an event count anew from each: that is what they are for
        ("working-arrangements-review", ("Mon 2026-05-11", "an interim report")),
        ("working-group-review", ("Mon 2026-09-07", "an interim decision")),
        # a second document of the same day belongs to the same completion and starts no count
        ("working-arrangements-review", ("Mon 2025-11-10", "the annex")),
        # the same once more is the same
        ("fund-board-review", ("Mon 2025-06-30", "note 25", "2025")),
        # a standing duty is done as often as it is done
        ("coordinator-briefings", ("Mon 2026-05-11", "a briefing")),
        ("fund-board-review", ("Mon 2026-03-02", "note 26", "2026")),  # another cycle
    ],
)
def test_what_counts_anew_is_linked_or_is_another_cycle_is_taken_and_breaches_nothing(
    installation: Installation, obligation: str, again: tuple[str, ...]
):
    before = breaches(installation, obligation)
    record(installation, {"completions": [completed(obligation, *again)]}, ON)
    assert set(breaches(installation, obligation)) <= set(before)


def test_a_completion_after_a_decision_was_carried_out_in_time_is_refused_and_breaches_nothing(
    installation: Installation,
):
    carried = {
        "decision": "data-strategy",
        "status": "carried-out",
        "noted_on": day("Mon 2026-10-12"),
        "evidence": "the report",
        "says": "done",
    }
    record(installation, {"decisions": [DECISION], "progress": [carried]}, day("Mon 2026-10-12"))
    with pytest.raises(
        RefusedFileError, match="decision-follow-up/data-strategy, which was met on 2026-10-12"
    ):
        record(
            installation,
            {"completions": [completed("decision-follow-up", "Mon 2026-11-16", "minutes", "data-strategy")]},
            ON,
        )
    assert breaches(installation, "decision-follow-up") == []
