"""Whom a cycle asks: the roll of the day it opens, once somebody vouches for it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from policies.plans.notice_key import NoticeKey
from records.cycles import opened_cycles
from records.database import reading
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import TODAY, Facts, Listed, at, directory, record, workplace_in

CYCLE = "annual-meeting/2027"
OPENED = day("Mon 2027-01-04")
S = "the minutes"


def seen(member: str, body: str = "network-members") -> dict[str, object]:
    return {"body": body, "member": member, "seen_on": date(2020, 1, 1), "source": S}


def vouched(body: str) -> Facts:
    return {"attestations": [{"body": body, "attested_on": TODAY, "source": S}]}


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path) as opened:
        record(opened, {"joinings": [seen("iom"), seen("who"), seen("fao"), seen("wfp")]}, TODAY)
        yield opened


def roster(installation: Installation, cycle: str = CYCLE, actor: str = "network-members") -> list[str]:
    with reading(installation.engine) as session:
        return list(opened_cycles(session)[cycle].roster[actor])


def test_without_an_attestation_the_directory_stands_and_the_difference_is_said(installation: Installation):
    done = enforce(installation, OPENED, at(OPENED))
    assert roster(installation) == list(directory(installation, OPENED).standing_for("network-members"))
    (said,) = [finding for finding in done.findings if finding.startswith("network-members: ")]
    assert said.startswith(
        "network-members: nobody has certified its roll, so the directory stands: on the roll"
    )


def test_a_roster_is_the_roll_of_the_day_and_stays_when_somebody_enters_later(installation: Installation):
    record(installation, vouched("network-members"), TODAY)
    leaving = {"body": "network-members", "member": "who", "left_on": OPENED, "source": S}
    record(installation, {"leavings": [leaving]}, TODAY)
    enforce(installation, OPENED, at(OPENED))
    assert roster(installation) == ["fao", "iom", "wfp"]
    later = OPENED + timedelta(days=1)
    record(installation, {"joinings": [seen("ilo")]}, later)
    enforce(installation, later, at(later))
    assert roster(installation) == ["fao", "iom", "wfp"]


def test_a_member_whom_the_directory_has_not_is_a_finding_and_goes_to_the_duty_officer(
    installation: Installation,
):
    record(installation, vouched("network-members"), TODAY)
    way = Listed()
    for on in (TODAY, OPENED, day("Fri 2027-10-08"), day("Sat 2027-10-09")):
        done = enforce(installation, on, at(on))
        dispatch(installation, on, at(on, 9), way.open_channels)
    lost = "network-members: on its roll, and nobody in the directory; secretariat is told: fao, wfp"
    assert lost in done.findings
    calls = {
        NoticeKey.parse(key).person: message
        for message in way.messages
        for key in message.get_all("X-Mandate-Notice", [])
        if key.startswith(f"{CYCLE}:call-for-inputs:")
    }
    assert {"iom", "who", "secretariat"} <= calls.keys()
    assert not {"fao", "wfp", "ilo"} & calls.keys()
    body = calls["secretariat"].get_body(("plain",))
    assert body
    assert "This message is intended for “fao · wfp”, for which no contact" in " ".join(
        body.get_content().split()
    )


def test_the_chairs_asked_are_those_of_all_groups(installation: Installation):
    group = {"id": "trade", "title": "Trade", "focus": "it", "since_on": date(2025, 1, 1), "source": S}
    chair = {"body": "trade", "member": "ilo", "role": "co-chair", "joined_on": TODAY, "source": S}
    record(installation, {"groups": [group], "joinings": [chair], **vouched("working-groups")}, TODAY)
    enforce(installation, TODAY, at(TODAY), obligation="working-group-review")
    assert roster(installation, "working-group-review/2026", "working-group-chairs") == ["ilo"]


def test_the_board_asked_are_the_holders_of_its_seats(installation: Installation):
    term = {"body": "fund-board-members", "seat": "others-1", "holder": "unfpa", "source": S}
    terms = [
        {**term, "starts_on": date(2025, 1, 1), "ends_on": date(2026, 6, 30)},
        {**term, "holder": "unu", "starts_on": date(2026, 7, 1)},
    ]
    record(installation, {"terms": terms, **vouched("fund-board-members")}, TODAY)
    enforce(installation, TODAY, at(TODAY), obligation="fund-board-review")
    assert roster(installation, "fund-board-review/2026", "fund-board-members") == ["unu"]
