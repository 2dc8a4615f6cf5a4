"""Who is told: pauses, absences, delegates, roles nobody holds; and all of a day in one message."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from records.database import reading
from records.ledger.notices import Notice
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import Listed, at, record
from tests.tasks.the_meeting import CALLED, CYCLE, INPUTS_DUE, copied, left_for, lived, lived_until_the_call


@pytest.fixture(scope="module")
def before_the_call(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived_until_the_call(tmp_path_factory.mktemp("before"))


@pytest.fixture
def installation(before_the_call: Path, tmp_path: Path) -> Iterator[Installation]:
    with copied(before_the_call, tmp_path / "copy") as opened:
        yield opened


def test_a_pause_skips_what_would_have_chased_and_says_why(installation: Installation):
    lived(installation, CALLED, CALLED)
    pause = {
        "cycle": CYCLE,
        "first": day("Wed 2027-10-20"),
        "last": day("Mon 2027-10-25"),
        "reason": "the elections of the executive board",
        "person": "unicef",
    }
    record(installation, {"pauses": [pause]}, CALLED)
    seen = lived(installation, day("Sat 2027-10-09"), INPUTS_DUE)
    assert left_for("unicef", seen) == ["Tue 2027-11-02 last-reminder inputs-due-3"]
    with reading(installation.engine) as session:
        skipped = session.get_one(Notice, f"{CYCLE}:reminder:inputs-due-14:unicef:email")
        assert (skipped.state, skipped.cause) == (
            "skipped",
            "paused until 2027-10-25: the elections of the executive board",
        )


def test_what_is_owed_to_one_person_on_one_day_travels_in_one_message(installation: Installation):
    way_out = Listed()
    lived(installation, CALLED, CALLED, way_out)
    recipients = [str(message["To"]) for message in way_out.messages]
    assert len(recipients) == len(set(recipients))
    [several] = [m for m in way_out.messages if "unicef" in str(m["To"]).lower()]
    keys = [str(key) for key in several.get_all("X-Mandate-Notice", [])]
    assert len(keys) == 3
    assert str(several["Subject"]).startswith("Action requested on 3 matters, the first by ")


def test_a_delegate_gets_it_with_the_absent_person_in_copy_and_waits_for_nobody(installation: Installation):
    days = {"person": "unicef", "first": CALLED, "last": CALLED + timedelta(days=9), "source": "a note"}
    record(installation, {"absences": [days], "delegations": [days | {"delegate": "who"}]}, CALLED)
    way_out = Listed()
    lived(installation, CALLED, CALLED, way_out)
    [sent] = [m for m in way_out.messages if m["Cc"]]
    assert ("WHO" in str(sent["To"]), "UNICEF" in str(sent["Cc"])) == (True, True)
    body = sent.get_body(("plain",))
    assert body is not None
    assert "in the absence of the UNICEF focal point (until 17 October 2027), who is copied" in " ".join(
        body.get_content().split()
    )


def test_without_a_delegate_it_waits_until_they_are_back_and_that_is_said(installation: Installation):
    back_on = CALLED + timedelta(days=4)
    days = {"person": "unicef", "first": CALLED, "last": back_on - timedelta(days=1), "source": "a note"}
    record(installation, {"absences": [days]}, CALLED)
    assert left_for("unicef", lived(installation, CALLED, back_on - timedelta(days=1))) == []
    done = dispatch(installation, CALLED, at(CALLED, 9), Listed().open_channels)
    assert done.findings == [
        "UNICEF focal point: 3 notices wait until 2027-10-11 22:00 UTC (away, or quiet hours)"
    ]
    assert left_for("unicef", lived(installation, back_on, back_on)) == [
        "Tue 2027-10-12 call-for-inputs call-for-inputs"
    ]


def test_a_role_nobody_holds_falls_to_the_duty_officer_and_is_a_finding(installation: Installation):
    left = {"person": "coordinator-office", "actor": "coordinator", "left_on": CALLED, "source": "a note"}
    record(installation, {"departures": [left]}, CALLED)
    on = day("Wed 2027-12-01")
    done = enforce(installation, on, at(on))
    to_them = [
        n for n in done.notices if n.cycle == CYCLE and n.kind == "reminder" and n.scheduled == "due-30"
    ]
    assert [n.person for n in to_them] == ["secretariat"]
    assert any("nobody stands for coordinator in the directory" in finding for finding in done.findings)
