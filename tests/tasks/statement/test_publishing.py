"""Statements: the conformance list of the recurring report (RR), and that they count what status counts."""

import json
import re
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from policies.plans.notices import NoticeState
from records.chain.audit import breaks
from records.database import reading, writing
from records.facts.facts import read_facts
from records.inbox import Fate, Grade, IncomingItem, keep_item, record_fate
from records.ledger.notices import notices_of
from records.statements import statements
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.arriving import fate_row
from tasks.inputs.judging import Judged
from tasks.installation.installation import Installation
from tasks.operations import inbox as deciding
from tasks.operations.inbox import Decision
from tasks.packages.assembly import assemble
from tasks.statement.figures import figures as computed
from tasks.statement.figures import sources_of
from tasks.statement.issue import Issue
from tasks.statement.paper import paper
from tasks.statement.publishing import (
    NeedsReasonError,
    UnendedMonthError,
    month,
    state,
    state_all_owed,
    this_day,
)
from tests.cli.command import Mandates
from tests.days import day
from tests.installations import TODAY, Listed, at, record, workplace_in

REVIEW = "working-arrangements-review"
BY = "a test"


@pytest.fixture
def installation(tmp_path: Path):
    with workplace_in(tmp_path) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def read(installation: Installation, name: str) -> str:
    return (installation.settings.statements / name).read_text(encoding="utf-8")


def figures(installation: Installation, name: str) -> dict[str, int | None]:
    told = json.loads(read(installation, f"statement-{name}.json"))
    return {each["figure"]: each["value"] for each in told["figures"]}


def test_its_figures_are_those_of_mandates_status(installation):
    state(installation, this_day(TODAY), at(TODAY), BY)
    told = json.loads(read(installation, "statement-2026-11-23.v1.json"))
    status = Mandates(installation.settings.home)("status", "--as-of", "2026-11-23", "--json").json
    assert told["obligations"] == status["obligations"]
    states = [each["state"] for each in status["obligations"]]
    counted = figures(installation, "2026-11-23.v1")
    for name in ("met", "met-late", "open", "scheduled", "overdue", "missed", "standing"):
        assert counted[name] == states.count(name), name
    assert counted["not-known"] == states.count("unknown") + states.count("unrecorded")
    assert counted["breaches"] == sum(len(each["breaches"]) for each in status["obligations"])


def test_what_was_found_is_about_a_review_by_its_title_and_never_by_a_key(installation):
    with reading(installation.engine) as session:
        sources = sources_of(session, installation, read_facts(session), TODAY, TODAY)
        *_, found = paper(Issue("2026-11-23", 1, at(TODAY)), sources, [], "en").sheets
    about = [row[0] for row in found.rows]
    assert "Review of the working arrangements (since 10 November 2025)" in about
    assert [each for each in about if not isinstance(each, str) or "/" in each or "since-" in each] == []


def test_what_nobody_has_decided_upon_is_counted_with_how_long_it_has_waited(installation):
    for number, days in enumerate((3, 1)):
        came = at(TODAY - timedelta(days=days))
        item = IncomingItem(
            recorded_at=came,
            recorded_by="mailbox",
            place=f"mail INBOX 1/{number}",
            sha256=str(number),
            size=1,
            sender="ilo@example.org",
            stranger=None,
            subject="Re: views",
            content=None,
            received_on=came.date(),
        )
        waits = Judged(Fate.NEEDS_A_PERSON, Grade.SECRET, "it has no document", "ilo")
        with writing(installation.engine) as session:
            kept = keep_item(session, item)
            assert kept
            record_fate(session, fate_row(kept.id, waits, came, "mailbox"))
    deciding.dismiss(installation, Decision(1, "A. Officer", TODAY, at(TODAY, 10)), "thanks alone")
    with reading(installation.engine) as session:
        asked = [
            sources_of(session, installation, read_facts(session), on, on)
            for on in (TODAY - timedelta(days=1), TODAY)
        ]
        found = [{each.measure.id: each.value for each in computed(one)} for one in asked]
    assert [(each["unread"], each["longest-unread"]) for each in found] == [(2, 2), (1, 1)]


def test_rr_1_each_figure_names_its_definition(installation):
    state(installation, this_day(TODAY), at(TODAY), BY)
    told = json.loads(read(installation, "statement-2026-11-23.v1.json"))["figures"]
    page = read(installation, "statement-2026-11-23.v1.en.html")
    assert told
    assert [each["figure"] for each in told if each["definition"] not in page] == []


def test_rr_2_there_is_one_computation_for_each_measure_and_every_file_shows_it(installation):
    state(installation, this_day(TODAY), at(TODAY), BY)
    counted = figures(installation, "2026-11-23.v1")
    book = load_workbook(installation.settings.statements / "statement-2026-11-23.v1.en.xlsx")
    rows = list(book["Figures"].iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "Figure")
    assert [row[1] for row in rows[head + 1 :]] == list(counted.values())
    page = read(installation, "statement-2026-11-23.v1.en.html").partition("</table>")[0]
    assert [int(number) for number in re.findall(r"<td>(\d+)</td>", page)] == list(counted.values())


def test_rr_3_each_figure_has_its_source_and_its_day(installation):
    state(installation, this_day(TODAY), at(TODAY), BY)
    told = json.loads(read(installation, "statement-2026-11-23.v1.json"))["figures"]
    assert {each["as_of"] for each in told} == {"2026-11-23"}
    assert all(each["source"] for each in told)


def test_rr_4_it_is_published_at_its_time_although_nothing_changed(installation):
    december = state_all_owed(installation, day("Tue 2026-12-01"), at(date(2026, 12, 1)))
    january = state_all_owed(installation, day("Fri 2027-01-01"), at(date(2027, 1, 1)))
    again = state_all_owed(installation, day("Sat 2027-01-02"), at(date(2027, 1, 2)))
    names = [[(each.name, each.version) for each in run] for run in (december, january, again)]
    assert names == [[("2026-11", 1)], [("2026-12", 1)], []]


def test_rr_4_months_missed_while_nothing_ran_are_published_by_the_next_run(installation):
    late = state_all_owed(installation, day("Mon 2027-02-15"), at(date(2027, 2, 15)))
    assert [each.name for each in late] == ["2026-11", "2026-12", "2027-01"]


def test_rr_5_a_source_that_cannot_be_read_is_unavailable_and_never_an_older_number(installation):
    assemble(installation, TODAY, at(TODAY))
    state(installation, this_day(TODAY), at(TODAY), BY)
    packages = figures(installation, "2026-11-23.v1")["packages"]
    assert packages
    for file in installation.settings.packages.iterdir():
        file.unlink()
    state(installation, this_day(TODAY), at(TODAY, 8), BY, reason="the disk lost its packages")
    assert figures(installation, "2026-11-23.v2")["packages"] is None
    assert "unavailable" in read(installation, "statement-2026-11-23.v2.en.html")


def test_rr_7_a_threshold_that_is_crossed_tells_a_named_person_in_that_run(tmp_path):
    crossed_on = day("Wed 2026-11-11")
    with workplace_in(tmp_path) as opened:
        enforce(opened, day("Tue 2026-11-10"), at(date(2026, 11, 10)))
        enforce(opened, crossed_on, at(crossed_on))
        dispatch(opened, crossed_on, at(crossed_on, 9), Listed().open_channels)
        with reading(opened.engine) as session:
            told = {n.person for n in notices_of(session, states=[NoticeState.SENT]) if n.kind == "overdue"}
        state(opened, this_day(crossed_on), at(crossed_on, 10), BY)
        page = read(opened, "statement-2026-11-11.v1.en.html")
        assert {"secretariat", "coordinator-office"} <= told
        assert "Office of the Coordinator: overdue notice, Sent" in page


def test_rr_9_a_correction_is_a_new_version_with_its_reason(installation):
    state_all_owed(installation, day("Tue 2026-12-01"), at(date(2026, 12, 1)))
    done = {"obligation": REVIEW, "completed_on": date(2026, 11, 20), "evidence": "report 26"}
    record(installation, {"completions": [done]}, day("Wed 2026-12-02"))
    november = month("2026-11", day("Wed 2026-12-02"))
    with pytest.raises(NeedsReasonError, match="--reason"):
        state(installation, november, at(date(2026, 12, 2)), BY)
    corrected = state(installation, november, at(date(2026, 12, 2)), BY, reason="a completion came in late")
    assert (corrected.version, corrected.new) == (2, True)
    assert "a completion came in late" in read(installation, "statement-2026-11.v2.en.html")
    assert "a completion came in late" not in read(installation, "statement-2026-11.v1.en.html")


def test_rr_10_every_version_stays_and_is_sealed(installation):
    state_all_owed(installation, day("Tue 2026-12-01"), at(date(2026, 12, 1)))
    done = {"obligation": REVIEW, "completed_on": date(2026, 11, 20), "evidence": "report 26"}
    record(installation, {"completions": [done]}, day("Wed 2026-12-02"))
    november = month("2026-11", day("Wed 2026-12-02"))
    state(installation, november, at(date(2026, 12, 2)), BY, reason="late")
    with reading(installation.engine) as session:
        kept = statements(session, "2026-11")
        assert [each.version for each in kept] == [2, 1]
        assert all((installation.settings.statements / file).exists() for each in kept for file in each.files)
        assert list(breaks(session)) == []


def test_the_same_facts_are_the_same_version_and_the_same_bytes(installation, tmp_path_factory):
    first = state(installation, this_day(TODAY), at(TODAY), BY)
    assert state(installation, this_day(TODAY), at(TODAY, 9), BY) == type(first)(
        first.name, first.version, first.sha256, first.files, new=False
    )
    with workplace_in(tmp_path_factory.mktemp("again")) as other:
        enforce(other, TODAY, at(TODAY))
        state(other, this_day(TODAY), at(TODAY), BY)
        for name in first.files:
            assert (other.settings.statements / name).read_bytes() == (
                installation.settings.statements / name
            ).read_bytes(), name


def test_a_month_that_has_not_ended_has_no_statement_yet():
    with pytest.raises(UnendedMonthError, match="leave out --month"):
        month("2026-11", TODAY)


def test_a_rehearsal_publishes_nothing(installation):
    assert state_all_owed(installation, day("Tue 2026-12-01"), at(date(2026, 12, 1)), dry_run=True)
    assert not installation.settings.statements.exists()
    with reading(installation.engine) as session:
        assert statements(session) == []


def test_the_workbook_opens_and_its_dates_are_dates(installation):
    done = state(installation, this_day(TODAY), at(TODAY), BY)
    (name,) = (file for file in done.files if file.endswith(".ar.xlsx"))
    book = load_workbook(BytesIO((installation.settings.statements / name).read_bytes()))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    cells = [cell for row in book.worksheets[1].iter_rows() for cell in row]
    assert any(cell.is_date for cell in cells)
