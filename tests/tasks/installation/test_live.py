"""What may leave from where: all from the live record, nothing from a copy, a trial to one address alone."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from records.audit import breaks
from records.database import reading, writing
from records.ledger.ledger import count_by_state
from records.places import Use, last_use
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.live import (
    NotToBeLiveError,
    leave_findings,
    leave_to_send,
    machine_of,
    make_copy,
    make_live,
)
from tasks.installation.settings import Settings
from tasks.installation.workplace import Workplace
from tasks.operations.first_start import first_start
from tests.workplaces import TODAY, Listed, at, workplace_in

NOW = at(TODAY)
TRIAL = "trial@example.org"
REVIEW = "working-group-review"


def with_settings(workplace: Workplace, **settings: object) -> Workplace:
    return replace(workplace, settings=workplace.settings.model_copy(update=settings))


def sent_from(workplace: Workplace, hours: int = 0) -> tuple[list[str], list[str]]:
    """Dispatch, and return the subjects of what left and the findings."""
    listed = Listed()
    done = dispatch(workplace, TODAY, NOW + timedelta(hours=hours), listed.outlet)
    return [str(message["Subject"]) for message in listed.messages], done.findings


@contextmanager
def lived_in(home: Path, *, sent: bool = False) -> Iterator[Workplace]:
    """A record with notices that wait to leave; with `sent`, they have left."""
    with workplace_in(home) as workplace:
        if sent:
            enforce(workplace, TODAY, NOW - timedelta(hours=1), obligation="annual-meeting")
            dispatch(workplace, TODAY, NOW - timedelta(hours=1), Listed().outlet)
        enforce(workplace, TODAY, NOW, obligation=REVIEW)
        yield workplace


def copied(home: Path, to: Path) -> Path:
    shutil.copytree(home, to)
    return to


def said(workplace: Workplace) -> Use | None:
    with reading(workplace.engine) as session:
        found = last_use(session)
        return Use(found.use) if found else None


@pytest.mark.usefixtures("each_database")
def test_a_record_is_live_where_it_is_first_at_work_and_that_is_sealed(tmp_path: Path):
    with lived_in(tmp_path / "home") as workplace:
        assert said(workplace) is None
        sent, findings = sent_from(workplace)
        assert (len(sent) > 0, findings, said(workplace)) == (True, [], Use.LIVE)
        with reading(workplace.engine) as session:
            assert list(breaks(session)) == []


def test_of_two_copies_one_sends_until_a_person_says_it_is_the_other(tmp_path: Path):
    with lived_in(tmp_path / "home", sent=True):
        pass
    copied(tmp_path / "home", tmp_path / "copy")
    with workplace_in(tmp_path / "copy", {}) as copy:
        nothing, [finding] = sent_from(copy)
        assert nothing == []
        assert finding.startswith(
            f"nothing is sent from here: the record is live at {tmp_path}/home/mandates.db"
        )
        assert "mandates live --by NAME" in finding
        with reading(copy.engine) as session:
            assert count_by_state(session)["entered"] > 0
    with workplace_in(tmp_path / "home", {}) as home:
        sent, findings = sent_from(home)
        assert (len(sent) > 0, findings) == (True, [])
    with workplace_in(tmp_path / "copy", {}) as copy:
        with writing(copy.engine) as session:
            assert make_live(session, copy.settings, NOW, "Amal Haddad")
        assert sent_from(copy)[0] == sent


def test_a_copy_still_decides_and_every_run_says_that_nothing_is_sent(tmp_path: Path):
    with lived_in(tmp_path / "home", sent=True):
        pass
    with workplace_in(copied(tmp_path / "home", tmp_path / "copy"), {}) as copy:
        done = enforce(copy, TODAY + timedelta(days=1), at(TODAY + timedelta(days=1)))
        assert len(done.notices) > 0
        assert [finding for finding in done.findings if "nothing is sent from here" in finding] != []


def test_a_home_that_was_renamed_is_another_place(tmp_path: Path):
    with lived_in(tmp_path / "home", sent=True):
        pass
    (tmp_path / "home").rename(tmp_path / "new")
    with workplace_in(tmp_path / "new", {}) as workplace:
        assert sent_from(workplace)[0] == []
    (tmp_path / "new").rename(tmp_path / "home")
    with workplace_in(tmp_path / "home", {}) as workplace:
        assert sent_from(workplace)[0] != []


def test_another_machine_with_the_same_file_is_another_place_unless_it_is_called_the_same(tmp_path: Path):
    with lived_in(tmp_path) as workplace:
        dispatch(with_settings(workplace, place="pod"), TODAY, NOW - timedelta(days=1), Listed().outlet)
        enforce(workplace, TODAY, NOW)
        assert sent_from(workplace)[0] == []
        assert sent_from(with_settings(workplace, place="pod"))[1] == []


@pytest.mark.usefixtures("each_database")
def test_a_record_that_stops_being_live_stops_a_dispatch_between_two_letters(tmp_path: Path):
    with lived_in(tmp_path) as workplace:
        enforce(workplace, TODAY, NOW)

        class Moving(Listed):
            def send(self, mail):
                with writing(workplace.engine) as session:
                    make_copy(session, workplace.settings, NOW, "moved elsewhere")
                return super().send(mail)

        way_out = Moving()
        dispatch(workplace, TODAY, NOW, way_out.outlet)
        assert len(way_out.mails) == 1
        with reading(workplace.engine) as session:
            counted = count_by_state(session)
        assert (counted["sent"], counted.get("claimed", 0)) == (len(way_out.keys), 0)
        assert counted["entered"] > 0


@contextmanager
def tried_in(home: Path) -> Iterator[Workplace]:
    """A new record in which a trial has begun, with notices that wait to leave."""
    with workplace_in(home) as plain:
        workplace = with_settings(plain, trial=TRIAL)
        first_start(workplace, TODAY, NOW)
        enforce(workplace, TODAY, NOW, obligation=REVIEW)
        yield workplace


def test_a_trial_sends_everything_to_one_address_and_says_to_whom_it_would_go(tmp_path: Path):
    with tried_in(tmp_path) as workplace:
        people = {person.address for person in workplace.directory.people}
        way_out = Listed()
        dispatch(workplace, TODAY, NOW, way_out.outlet)
        assert len(way_out.mails) > 1
        assert {(mail.to, mail.copies) for mail in way_out.mails} == {(TRIAL, ())}
        for message in way_out.messages:
            body = message.get_body(("plain",))
            assert body is not None
            named = [address for address in people if f"<{address}> by email." in body.get_content()]
            assert (str(message["Subject"]).startswith("[Trial, for "), len(named)) == (True, 1)
            assert all(key.startswith("trial:") for key in message.get_all("X-Mandate-Notice", []))


def test_a_trial_never_uses_up_what_the_live_record_owes(tmp_path: Path):
    with lived_in(tmp_path) as workplace:
        sent_from(workplace, -1)
        enforce(workplace, TODAY, NOW)
        nothing, [finding] = sent_from(with_settings(workplace, trial=TRIAL))
        assert (nothing, finding.startswith("nothing is sent: MANDATES_TRIAL is set")) == ([], True)
        assert sent_from(workplace)[0] != []


def test_a_record_of_the_version_before_is_live_even_where_a_trial_is_asked_for(tmp_path: Path):
    with lived_in(tmp_path) as workplace:
        assert sent_from(with_settings(workplace, trial=TRIAL))[0] == []
        assert said(workplace) is Use.LIVE
        assert sent_from(workplace)[0] != []


def test_what_a_trial_was_made_in_never_becomes_the_live_record(tmp_path: Path):
    with tried_in(tmp_path) as trial:
        dispatch(trial, TODAY, NOW + timedelta(hours=1), Listed().outlet)
        plain = with_settings(trial, trial=None)
        nothing, [finding] = sent_from(plain)
        assert (nothing, "was used for a trial" in finding) == ([], True)
        with (
            writing(plain.engine) as session,
            pytest.raises(NotToBeLiveError, match="go live in another home"),
        ):
            make_live(session, plain.settings, NOW, "Amal Haddad")


def test_a_restored_record_may_be_tried_and_a_bare_copy_may_not(tmp_path: Path):
    with lived_in(tmp_path / "home", sent=True):
        pass
    with workplace_in(copied(tmp_path / "home", tmp_path / "copy"), {}) as copy:
        trial = with_settings(copy, trial=TRIAL)
        assert sent_from(trial)[0] == []
        with writing(copy.engine) as session:
            make_copy(session, copy.settings, NOW, "restored from backup.zip")
        sent, findings = sent_from(trial)
        assert (len(sent) > 0, findings, said(copy)) == (True, [], Use.TRIAL)
        with reading(copy.engine) as session:
            told = list(leave_findings(session, trial.settings))
        assert told == [f"a trial: everything is sent to {TRIAL}, and to nobody else"]


def test_saying_twice_that_a_record_is_live_changes_nothing(tmp_path: Path):
    with lived_in(tmp_path) as workplace, writing(workplace.engine) as session:
        assert make_live(session, workplace.settings, NOW, "Amal Haddad")
        assert not make_live(session, workplace.settings, NOW, "Amal Haddad")
        assert leave_to_send(session, workplace.settings).real


def test_a_machine_is_called_as_the_setting_says_and_its_own_id_is_never_shown():
    assert machine_of(Settings(place="pod")) == "pod"
    own = machine_of(Settings())
    file = Path("/etc/machine-id")
    assert not file.exists() or own not in file.read_text(encoding="ascii")
    assert own == machine_of(Settings()) != ""
