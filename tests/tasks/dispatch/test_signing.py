"""What is addressed to Principals or to the Secretary-General leaves as a draft, and is sent by a person."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from policies.problems import RefusedFileError
from records.database import reading, writing
from records.ledger.notices import Notice, notices_of, transitions
from records.ledger.release import UnknownNoticeError
from tasks.dispatch.dispatching import dispatch
from tasks.dispatch.signing import Signature, sign
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import proof_of
from tasks.installation.installation import Installation
from tasks.status.open_items import open_items
from tests.days import day
from tests.installations import Listed, at, record, workplace_in

STATED, SPLIT, SIGNED = day("Wed 2026-12-09"), day("Mon 2026-12-14"), day("Wed 2026-12-16")
DISPUTE = {
    "proposals": [
        {
            "id": "data-sharing",
            "proposed_on": STATED,
            "proposed_by": "IOM",
            "title": "Sharing of data",
            "source": "EC/2026/12",
        }
    ],
    "positions": [
        {
            "proposal": "data-sharing",
            "entity": "WHO",
            "stance": "objects",
            "stated_on": STATED,
            "source": "letter",
        }
    ],
}
NO_CONSENSUS = {
    "proposal": "data-sharing",
    "kind": "no-consensus",
    "taken_on": SPLIT,
    "by": "Executive Committee",
    "says": "it was split",
    "source": "minutes",
}
REFERENCE = Signature("the Coordinator", SIGNED, "UNNM/2026/17")


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path, {}) as opened:
        enforce(opened, STATED, at(STATED))
        record(opened, DISPUTE, STATED)
        record(opened, {"steps": [NO_CONSENSUS]}, SPLIT)
        enforce(opened, SPLIT, at(SPLIT))
        yield opened


def drafts(installation: Installation) -> list[Notice]:
    """The notices of the dispute that are to be signed."""
    with reading(installation.engine) as session:
        found = [n for n in notices_of(session) if n.notice_class == "signed" and "data-sharing" in n.cycle]
        session.expunge_all()
    return found


def signed(installation: Installation, key: str, signature: Signature = REFERENCE) -> None:
    with writing(installation.engine) as session:
        sign(session, installation.zone, key, signature, "an officer", at(SIGNED, 12))


def test_a_draft_reaches_the_secretariat_and_never_its_addressee(installation):
    way_out = Listed()
    assert {n.state for n in drafts(installation)} == {"entered"}
    dispatch(installation, SPLIT, at(SPLIT), way_out.open_channels)
    found = drafts(installation)
    assert found
    assert {n.state for n in found} == {"drafted"}
    keys = {n.notice_key for n in found}
    carried = [m for m in way_out.messages if keys & set(m.get_all("X-Mandate-Notice", []))]
    assert len(carried) == len(found)
    assert {str(m["To"]) for m in carried} == {"Network Secretariat <secretariat@example.org>"}
    assert all(str(m["Subject"]).startswith("Draft for signature: ") for m in carried)
    dispatch(installation, SPLIT, at(SPLIT, 9), way_out.open_channels)
    assert len([m for m in way_out.messages if keys & set(m.get_all("X-Mandate-Notice", []))]) == len(found)


def test_it_is_sent_once_a_person_records_by_whom_when_and_under_which_reference(installation):
    dispatch(installation, SPLIT, at(SPLIT), Listed().open_channels)
    first, *others = [n.notice_key for n in drafts(installation)]
    signed(installation, first)
    states = {n.notice_key: n.state for n in drafts(installation)}
    assert states == {first: "sent"} | dict.fromkeys(others, "drafted")
    with reading(installation.engine) as session:
        *_, last = transitions(session, first)
        told = "signed by the Coordinator, sent on 2026-12-16 under UNNM/2026/17; recorded by an officer"
        assert (last.state, last.cause) == ("sent", told)
    with pytest.raises(UnknownNoticeError, match="is sent, and no draft for signature"):
        signed(installation, first)


@pytest.mark.parametrize("on", [SPLIT - timedelta(days=1), SIGNED + timedelta(days=1)])
def test_a_day_before_the_draft_or_ahead_is_refused(installation, on: date):
    dispatch(installation, SPLIT, at(SPLIT), Listed().open_channels)
    key = drafts(installation)[0].notice_key
    with pytest.raises(RefusedFileError, match="a day from 2026-12-14, when it was drafted, to today"):
        signed(installation, key, Signature("the Coordinator", on, "UNNM/2026/17"))
    assert drafts(installation)[0].state == "drafted"


def test_what_is_no_draft_cannot_be_signed(installation):
    with pytest.raises(UnknownNoticeError, match="is entered, and no draft for signature"):
        signed(installation, drafts(installation)[0].notice_key)


def test_unsent_it_grows_late_on_the_secretariat(installation):
    dispatch(installation, SPLIT, at(SPLIT), Listed().open_channels)
    on = SPLIT + timedelta(days=20)
    with reading(installation.engine) as session:
        items = [item for item in open_items(session, installation, on) if item.kind == "signature"]
    assert {(item.people, item.late_days) for item in items} == {(("secretariat",), 20)}
    assert len(items) == len(drafts(installation))


def test_a_draft_that_the_matter_overtook_is_withdrawn_and_may_have_been_sent_all_the_same(installation):
    dispatch(installation, SPLIT, at(SPLIT), Listed().open_channels)
    record(installation, {"steps": [NO_CONSENSUS | {"kind": "principals", "taken_on": SIGNED}]}, SIGNED)
    enforce(installation, SIGNED, at(SIGNED))
    found = drafts(installation)
    assert {n.state for n in found if n.kind == "way-forward"} == {"superseded"}
    signed(installation, found[0].notice_key)
    assert drafts(installation)[0].state == "sent"


def test_the_ledger_of_drafts_is_proved(installation):
    dispatch(installation, SPLIT, at(SPLIT), Listed().open_channels)
    signed(installation, drafts(installation)[0].notice_key)
    with reading(installation.engine) as session:
        assert proof_of(session, installation, STATED, SIGNED).failures == []
