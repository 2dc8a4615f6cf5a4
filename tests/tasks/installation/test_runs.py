from pathlib import Path

from records.chain.audit import breaks
from records.database import reading
from records.runs import ENFORCE, last_run
from tasks.enforcement.enforcement import enforce
from tasks.installation.runs import BY_A_SCHEDULE, Asked, leave_heartbeat
from tests.installations import TODAY, at, workplace_in

ASKED = Asked("Amal Haddad", "a trial")


def test_a_run_by_hand_leaves_who_why_and_what_it_changed(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY), obligation="working-group-review", asked=ASKED)
        with reading(installation.engine) as session:
            run = last_run(session, ENFORCE)
    assert run is not None
    assert run.recorded_by == "Amal Haddad"
    assert run.summary["reason"] == "a trial"
    assert (run.summary["obligation"], run.summary["opened"]) == ("working-group-review", 1)


def test_a_run_by_hand_that_changed_nothing_says_so(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY))
        enforce(installation, TODAY, at(TODAY), asked=ASKED)
        with reading(installation.engine) as session:
            run = last_run(session, ENFORCE)
    assert run is not None
    assert {run.summary[what] for what in ("opened", "entered", "breached", "superseded")} == {0}


def test_every_heartbeat_is_sealed_into_the_record(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        leave_heartbeat(installation, "dispatch", TODAY, at(TODAY), {"sent": 3})
        with reading(installation.engine) as session:
            run = last_run(session, "dispatch")
            assert list(breaks(session)) == []
    assert run is not None
    assert (run.recorded_by, run.summary) == ("dispatch", {"sent": 3})


def test_what_is_said_of_a_run_names_who_asked_for_it():
    assert BY_A_SCHEDULE.said("Nothing owed.") == "Nothing owed."
    assert ASKED.said("Nothing owed.") == "Nothing owed. Asked for by Amal Haddad: a trial."
