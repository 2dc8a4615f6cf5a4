"""Open cycles: whoever has a place speaks for it."""

from datetime import timedelta
from pathlib import Path

from policies.status.inputs import Turned
from records.database import reading
from tasks.enforcement.enforcement import enforce
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import open_cycle_of
from tests.days import day
from tests.installations import TODAY, Facts, at, record, workplace_in

S = "a letter"
CYCLE = "annual-meeting/2027"
CALLED = day("Fri 2027-10-08")
SUCCEEDED: Facts = {
    "people": [{"id": "hana", "name": "Hana Aoki", "since_on": CALLED, "source": S}],
    "contacts": [{"person": "hana", "since_on": CALLED, "address": "hana@unhcr.example.org", "source": S}],
    "successions": [{"person": "unhcr", "successor": "hana", "since_on": CALLED, "source": S}],
}


def test_a_successor_who_is_not_the_one_to_ask_names_another_who_is_asked(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        for on in (TODAY, day("Mon 2027-01-04"), day("Thu 2027-10-07"), CALLED):
            enforce(installation, on, at(on))
        next_day = CALLED + timedelta(days=1)
        record(installation, SUCCEEDED, CALLED)
        answer = {"cycle": CYCLE, "person": "hana", "kind": "not-me", "received_on": next_day, "source": S}
        record(installation, {"answers": [{**answer, "instead": "fund-office"}]}, next_day)
        called = {n.person for n in enforce(installation, next_day, at(next_day)).notices if n.cycle == CYCLE}
        assert "fund-office" in called
        with reading(installation.engine) as session:
            found = open_cycle_of(session, Intake(installation, next_day), CYCLE)
        assert found.inputs["unhcr"].turned is Turned.PASSED_ON
        assert found.instead == {"unhcr": "fund-office"}
        assert [each.person for each in found.owing if each.person in ("unhcr", "hana", "fund-office")] == [
            "fund-office"
        ]
