"""Calls for inputs whose day had passed are listed until a person asks, or decides that nobody is asked."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from policies.plans.notices import NoticeState
from records.database import reading
from records.facts.facts import read_facts
from records.ledger.notices import notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.asking_now import NobodyToAskError, ask
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.status.findings import findings_of
from tasks.status.open_items import ItemKind, open_items
from tasks.status.statuses import statuses
from tests.days import day
from tests.installations import TODAY, Listed, at, record, workplace_in

# On the day of going live, the inputs to this meeting had been due: eight weeks before 31 December.
CYCLE = "annual-meeting/2026"
UNTIL = day("Mon 2026-12-07")
NEXT = TODAY + timedelta(days=1)
BY = {"by": "Amal Haddad", "reason": "as the call came too late"}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path) as opened:
        yield opened


def ask_now(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(CYCLE) and "ask now" in line]


def derived(installation: Installation) -> list[str]:
    with reading(installation.engine) as session:
        facts = read_facts(session)
        watched = statuses(installation.pack, facts, NEXT)
        return ask_now(findings_of(session, installation, watched, facts, NEXT))


def calls(installation: Installation) -> dict[str, str]:
    with reading(installation.engine) as session:
        found = [n for n in notices_of(session) if n.cycle == CYCLE and n.kind == "call-for-inputs"]
        return {n.notice_key: n.state for n in found}


def test_the_first_enforcement_lists_the_calls_whose_day_had_passed_and_so_does_every_page(
    installation: Installation,
):
    done = enforce(installation, TODAY, at(TODAY))
    line = (
        "annual-meeting/2026: ask now: 18 contributors were never asked for an input, which was due on "
        "2026-11-05; ask with mandates notices ask annual-meeting/2026 --until DATE --reason WHY --by NAME, "
        "or decide not to with --nobody instead of --until DATE"
    )
    assert ask_now(done.findings) == [line]
    assert derived(installation) == ask_now(done.findings)
    assert ask_now(enforce(installation, NEXT, at(NEXT)).findings) == ask_now(done.findings)
    assert calls(installation) == {}


def test_a_person_lets_them_leave_with_a_day_that_is_still_to_come(installation: Installation):
    way_out = Listed()
    enforce(installation, TODAY, at(TODAY))
    keys = ask(installation, CYCLE, TODAY, at(TODAY), until=UNTIL, **BY)
    assert len(keys) == 18
    enforce(installation, NEXT, at(NEXT))  # which lets it stand
    dispatch(installation, NEXT, at(NEXT), way_out.open_channels)
    assert set(keys) <= set(way_out.keys)
    letter = next(message for message in way_out.messages if "unicef" in str(message["To"]))
    body = letter.get_body(("plain",))
    assert body is not None
    assert "7 December 2026" in body.get_content()
    assert derived(installation) == []
    with reading(installation.engine) as session:
        owed = [item for item in open_items(session, installation, NEXT) if item.record == CYCLE]
    inputs = [item for item in owed if item.kind is ItemKind.INPUT]
    assert {(item.due_on, item.late_days) for item in inputs} == {(UNTIL, 0)}
    with pytest.raises(NobodyToAskError, match="there is nobody who was to be asked"):
        ask(installation, CYCLE, NEXT, at(NEXT), until=UNTIL, **BY)


def test_or_decides_that_nobody_is_asked_and_the_record_says_why(installation: Installation):
    enforce(installation, TODAY, at(TODAY))
    keys = ask(installation, CYCLE, TODAY, at(TODAY), until=None, **BY)
    assert calls(installation) == dict.fromkeys(keys, "withheld")
    assert derived(installation) == []


def test_once_the_cycle_is_met_nobody_is_asked_any_more(installation: Installation):
    enforce(installation, TODAY, at(TODAY))
    ask(installation, CYCLE, TODAY, at(TODAY), until=UNTIL, **BY)
    met = {"obligation": "annual-meeting", "completed_on": NEXT, "evidence": "summary", "counts_for": "2026"}
    record(installation, {"completions": [met]}, NEXT)
    enforce(installation, NEXT, at(NEXT))
    assert set(calls(installation).values()) == {NoticeState.SUPERSEDED}


def test_calls_that_an_outage_swallowed_are_listed_as_well(installation: Installation):
    for on in (day("Mon 2027-01-04"), day("Mon 2027-11-15")):
        done = enforce(installation, on, at(on))
    assert [
        line for line in done.findings if line.startswith("annual-meeting/2027: ask now: 18 contributors")
    ]


@pytest.mark.parametrize(
    ("cycle", "until", "found"),
    [
        (CYCLE, TODAY - timedelta(days=1), "2026-11-22 has passed"),
        ("annual-meeting/2031", UNTIL, "no cycle annual-meeting/2031 is open"),
        ("no-such-duty/2026", UNTIL, "no cycle no-such-duty/2026 is open"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(installation: Installation, cycle, until, found):
    enforce(installation, TODAY, at(TODAY))
    with pytest.raises(NobodyToAskError, match=found):
        ask(installation, cycle, TODAY, at(TODAY), until=until, **BY)
