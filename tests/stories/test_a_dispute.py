"""A dispute from the proposal to the referral: each step a person's act, in the text's own order."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from policies.facts.proposals import AFTER, StepKind
from policies.problems import RefusedFileError
from records.database import reading
from records.facts.facts import read_facts
from records.ledger.notices import entries
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.packages.assembly import assemble
from tasks.status.statuses import statuses
from tests.days import day
from tests.installations import TODAY, TWO_LANGUAGES, at, record, workplace_in

CYCLE = "way-forward/data-sharing"
PROPOSED, STATED, SPLIT = day("Mon 2026-12-07"), day("Wed 2026-12-09"), day("Mon 2026-12-14")
MET, FAILED, REFERRED = day("Fri 2027-01-08"), day("Mon 2027-02-01"), day("Thu 2027-02-11")
RETURNED = day("Tue 2027-03-23")
PROPOSAL: dict[str, object] = {
    "id": "data-sharing",
    "proposed_on": PROPOSED,
    "proposed_by": "IOM",
    "title": "Sharing of data among members",
    "source": "EC/2026/12",
}
POSITIONS: list[dict[str, object]] = [
    {"proposal": "data-sharing", "entity": entity, "stance": stance, "stated_on": STATED, "source": "letter"}
    for entity, stance in (("ILO", "agrees"), ("WHO", "objects"), ("UNDP", "silent"))
]


def step(kind: str, on: date, by: str = "Coordinator") -> dict[str, object]:
    said = {"by": by, "says": f"what was said of {kind}", "source": f"note on {kind}"}
    return {"proposal": "data-sharing", "kind": kind, "taken_on": on} | said


def stepped(installation: Installation, kind: str, on: date, by: str = "Coordinator") -> None:
    record(installation, {"steps": [step(kind, on, by)]}, on)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path, {}, TWO_LANGUAGES) as opened:
        enforce(opened, TODAY, at(TODAY))
        record(opened, {"proposals": [PROPOSAL], "positions": POSITIONS}, STATED)
        yield opened


def lived(installation: Installation, first: date, last: date) -> list[str]:
    """Enforce every day, and return `day kind id class people` of what was entered about the dispute."""
    found = []
    for on in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        told: dict[str, list[str]] = {}
        for notice in enforce(installation, on, at(on)).notices:
            if notice.cycle == CYCLE:
                said = f"{on:%a %m-%d} {notice.kind} {notice.scheduled} {notice.notice_class}"
                told.setdefault(said, []).append(notice.person)
        found += [f"{s} {people[0] if len(people) == 1 else len(people)}" for s, people in told.items()]
    return found


def state(installation: Installation, on: date) -> str:
    with reading(installation.engine) as session:
        (found,) = statuses(installation.pack, read_facts(session), on, "way-forward")
    return str(found.current.state)


def test_a_dispute_rises_step_by_step_and_nothing_rises_by_itself(installation):
    assert lived(installation, STATED, SPLIT - timedelta(days=1)) == []
    stepped(installation, "no-consensus", SPLIT, "Executive Committee")
    assert lived(installation, SPLIT, MET - timedelta(days=1)) == [
        "Mon 12-14 opening begins routine 2",
        "Mon 12-14 way-forward no-consensus formal coordinator-office",
        "Mon 12-14 way-forward no-consensus signed 9",
        "Mon 12-28 reminder no-consensus+14 routine 2",
    ]
    assert state(installation, SPLIT) == "open"
    stepped(installation, "principals", MET)
    assert lived(installation, MET, FAILED - timedelta(days=1)) == [
        "Fri 01-22 reminder principals+14 routine 2"
    ]
    stepped(installation, "failed", FAILED)
    assert lived(installation, FAILED, REFERRED - timedelta(days=1)) == [
        "Mon 02-01 reminder failed routine 10",
    ]
    stepped(installation, "referred", REFERRED, "Executive Committee")
    assert lived(installation, REFERRED, RETURNED - timedelta(days=1)) == [
        "Thu 02-11 referral referred formal coordinator-office",
        "Thu 02-11 referral referred signed secretary-general-office",
        "Mon 03-15 reminder referred+30 routine secretariat",
    ]
    stepped(installation, "returned", RETURNED, "Secretary-General")
    assert lived(installation, RETURNED, RETURNED + timedelta(days=60)) == [
        "Tue 03-23 receipt met-2027-03-23 routine 2"
    ]
    assert state(installation, RETURNED) == "met"


def test_a_letter_that_was_not_released_is_withdrawn_once_the_matter_has_moved_on(installation):
    stepped(installation, "no-consensus", SPLIT, "Executive Committee")
    lived(installation, SPLIT, SPLIT)
    stepped(installation, "principals", MET)
    lived(installation, MET, MET)
    with reading(installation.engine) as session:
        states = {entry.state for key, entry in entries(session, [CYCLE]).items() if ":way-forward:" in key}
    assert states == {"superseded"}


def test_the_package_of_a_referral_tells_the_whole_history(installation):
    for kind, on in (("no-consensus", SPLIT), ("principals", MET), ("failed", FAILED)):
        stepped(installation, kind, on)
        lived(installation, on, on)
    assert assemble(installation, FAILED, at(FAILED), obligation="way-forward").rows == []
    stepped(installation, "referred", REFERRED)
    lived(installation, REFERRED, REFERRED)
    (made,) = assemble(installation, REFERRED, at(REFERRED), obligation="way-forward").rows
    with ZipFile(installation.settings.packages / made["file"]) as archive:
        page = archive.read("package.en.html").decode()
    told = ["WHO", "objects", "stated no position", "no consensus was reached", "what was said of failed"]
    assert [words for words in told if words not in page] == []
    assert page.index("no consensus was reached") < page.index("the matter was referred")


ORDERS: list[tuple[list[str], str]] = [
    (["principals"], "principals of data-sharing after nothing"),
    (["no-consensus", "failed"], "failed of data-sharing after no-consensus"),
    (["no-consensus", "principals", "referred"], "referred of data-sharing after principals"),
    (["no-consensus", "principals", "agreed", "failed"], "failed of data-sharing after agreed"),
]


@pytest.mark.parametrize(("kinds", "found"), ORDERS)
def test_no_step_is_recorded_out_of_its_order(installation, kinds, found):
    steps = [step(kind, SPLIT + timedelta(days=n)) for n, kind in enumerate(kinds)]
    with pytest.raises(RefusedFileError, match=found):
        record(installation, {"steps": steps}, MET)
    with reading(installation.engine) as session:
        assert read_facts(session).steps == []


def test_no_consensus_needs_positions(installation):
    other = PROPOSAL | {"id": "other"}
    lacking = step("no-consensus", SPLIT) | {"proposal": "other"}
    with pytest.raises(RefusedFileError, match="no consensus on other without a position"):
        record(installation, {"proposals": [other], "steps": [lacking]}, SPLIT)


def test_every_step_but_the_first_comes_after_another():
    assert {kind for kind, before in AFTER.items() if None in before} == {StepKind.NO_CONSENSUS}
    assert set(AFTER) == set(StepKind)


def test_a_whole_dispute_can_come_in_one_file(installation: Any):
    kinds = (("no-consensus", SPLIT), ("principals", MET), ("agreed", FAILED))
    record(installation, {"steps": [step(kind, on) for kind, on in kinds]}, FAILED)
    assert state(installation, FAILED) == "met"
