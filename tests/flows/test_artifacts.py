import re
from datetime import UTC, datetime

import pytest

from flows.artifacts import (
    Findings,
    Link,
    Table,
    assembly_artifacts,
    board_link,
    dispatch_artifacts,
    enforcement_artifacts,
    statement_artifacts,
)
from tasks.dispatch.dispatching import Dispatching
from tasks.enforcement.enforcement import Enforcement
from tasks.installation.runs import RunContext
from tasks.packages.assembly import Assembly
from tasks.statement.publishing import Published
from tests.days import day
from tests.flows.notices import REMINDER

TODAY = day("Mon 2026-11-23")
NOW = datetime(2026, 11, 23, 5, 3, tzinfo=UTC)
IN_EARNEST, REHEARSAL = RunContext(TODAY, NOW, rehearsal=False), RunContext(TODAY, NOW, rehearsal=True)

FULL = Enforcement(as_of=TODAY, rows=[{"state": "open"}], notices=[REMINDER], findings=["look", "here"])
EMPTY = Enforcement(as_of=TODAY)


def test_a_run_shows_what_it_derived_entered_and_found():
    assert enforcement_artifacts(FULL, "annual-meeting", IN_EARNEST) == [
        Table("owed-annual-meeting", "What is owed as of 2026-11-23", [{"state": "open"}]),
        Table("entered-annual-meeting", "Entered in the ledger as of 2026-11-23", FULL.entered),
        Findings("findings-annual-meeting", "Found as of 2026-11-23", ["look", "here"]),
    ]


def test_a_rehearsal_says_that_it_is_one():
    shown = enforcement_artifacts(FULL, None, REHEARSAL)

    assert [(artifact.key, artifact.caption) for artifact in shown] == [
        ("rehearsal-owed-all", "What is owed as of 2026-11-23"),
        ("rehearsal-entered-all", "Would be entered in the ledger as of 2026-11-23"),
        ("rehearsal-findings-all", "Found as of 2026-11-23"),
    ]


def test_an_empty_table_says_why_it_is_empty():
    tables = enforcement_artifacts(EMPTY, None, IN_EARNEST)
    tables += dispatch_artifacts(Dispatching(rows=[], findings=[]), IN_EARNEST)
    tables += assembly_artifacts(Assembly(rows=[], findings=[]), IN_EARNEST)

    assert [(table.key, table.rows) for table in tables if isinstance(table, Table)] == [
        ("owed-all", [{"": "No obligation."}]),
        ("entered-all", [{"": "Nothing: every notice owed by this day is in the ledger already."}]),
        ("sent", [{"": "Nothing: no notice was waiting to leave."}]),
        ("packages", [{"": "Nothing: no package's day has come, and no inputs have changed."}]),
    ]


def test_a_run_links_to_what_it_was_about_on_the_board():
    assert board_link("http://127.0.0.1:4280", "annual-meeting") == Link(
        "board-annual-meeting",
        "Where annual-meeting stands: the board",
        "http://127.0.0.1:4280/en/obligations/annual-meeting",
    )
    assert board_link("https://board.example.org", None).address == "https://board.example.org/en/"


def test_a_published_statement_is_shown_with_its_hash():
    published = Published("2026-10", 1, "ab12", ("statement-2026-10.v1.en.pdf",), new=True)

    assert statement_artifacts([published], IN_EARNEST) == [
        Table(
            "statements",
            "Published as of 2026-11-23",
            [{"statement": "2026-10", "version": "1", "sha256": "ab12"}],
        )
    ]


@pytest.mark.parametrize("obligation", [None, "working-arrangements-review"])
def test_prefect_takes_the_keys(obligation):
    artifacts = enforcement_artifacts(FULL, obligation, IN_EARNEST)

    assert [a.key for a in artifacts if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", a.key)] == []
