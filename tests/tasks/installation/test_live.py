"""What may leave from where: all from the live record, nothing from a copy, a trial to one address alone."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from records.chain.audit import breaks
from records.database import reading, writing
from records.ledger.ledger import count_by_state
from records.places import Use, last_use
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.installation.live import (
    NotToBeLiveError,
    leave_findings,
    leave_to_send,
    machine_of,
    make_copy,
    make_live,
)
from tasks.installation.settings import Settings
from tasks.operations.first_start import first_start
from tests.installations import TODAY, Listed, at, directory, workplace_in

NOW = at(TODAY)
TRIAL = "trial@example.org"
REVIEW = "working-group-review"


def with_settings(installation: Installation, **settings: object) -> Installation:
    return replace(installation, settings=installation.settings.model_copy(update=settings))


def sent_from(installation: Installation, hours: int = 0) -> tuple[list[str], list[str]]:
    """Dispatch, and return the subjects of what left and the findings."""
    listed = Listed()
    done = dispatch(installation, TODAY, NOW + timedelta(hours=hours), listed.open_channels)
    return [str(message["Subject"]) for message in listed.messages], done.findings


@contextmanager
def lived_in(home: Path, *, sent: bool = False) -> Iterator[Installation]:
    """A record with notices that wait to leave; with `sent`, they have left."""
    with workplace_in(home) as installation:
        if sent:
            enforce(installation, TODAY, NOW - timedelta(hours=1), obligation="annual-meeting")
            dispatch(installation, TODAY, NOW - timedelta(hours=1), Listed().open_channels)
        enforce(installation, TODAY, NOW, obligation=REVIEW)
        yield installation


def copied(home: Path, to: Path) -> Path:
    shutil.copytree(home, to)
    return to


def said(installation: Installation) -> Use | None:
    with reading(installation.engine) as session:
        found = last_use(session)
        return Use(found.use) if found else None


@pytest.mark.usefixtures("each_database")
def test_a_record_is_live_where_it_is_first_at_work_and_that_is_sealed(tmp_path: Path):
    with lived_in(tmp_path / "home") as installation:
        assert said(installation) is None
        sent, findings = sent_from(installation)
        assert (len(sent) > 0, findings, said(installation)) == (True, [], Use.LIVE)
        with reading(installation.engine) as session:
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
    with workplace_in(tmp_path / "new", {}) as installation:
        assert sent_from(installation)[0] == []
    (tmp_path / "new").rename(tmp_path / "home")
    with workplace_in(tmp_path / "home", {}) as installation:
        assert sent_from(installation)[0] != []


def test_another_machine_with_the_same_file_is_another_place_unless_it_is_called_the_same(tmp_path: Path):
    with lived_in(tmp_path) as installation:
        dispatch(
            with_settings(installation, place="pod"), TODAY, NOW - timedelta(days=1), Listed().open_channels
        )
        enforce(installation, TODAY, NOW)
        assert sent_from(installation)[0] == []
        assert sent_from(with_settings(installation, place="pod"))[1] == []


@pytest.mark.usefixtures("each_database")
def test_a_record_that_stops_being_live_stops_a_dispatch_between_two_letters(tmp_path: Path):
    with lived_in(tmp_path) as installation:
        enforce(installation, TODAY, NOW)

        class Moving(Listed):
            def send(self, mail):
                with writing(installation.engine) as session:
                    make_copy(session, installation.settings, NOW, "moved elsewhere")
                return super().send(mail)

        way_out = Moving()
        dispatch(installation, TODAY, NOW, way_out.open_channels)
        assert len(way_out.mails) == 1
        with reading(installation.engine) as session:
            counted = count_by_state(session)
        assert (counted["sent"], counted.get("claimed", 0)) == (len(way_out.keys), 0)
        assert counted["entered"] > 0


@contextmanager
def tried_in(home: Path) -> Iterator[Installation]:
    """A new record in which a trial has begun, with notices that wait to leave."""
    with workplace_in(home) as plain:
        installation = with_settings(plain, trial=TRIAL)
        first_start(installation, TODAY, NOW)
        enforce(installation, TODAY, NOW, obligation=REVIEW)
        yield installation


def test_a_trial_sends_everything_to_one_address_and_says_to_whom_it_would_go(tmp_path: Path):
    with tried_in(tmp_path) as installation:
        people = {person.address for person in directory(installation).people}
        way_out = Listed()
        dispatch(installation, TODAY, NOW, way_out.open_channels)
        assert len(way_out.mails) > 1
        assert {(mail.to, mail.copies) for mail in way_out.mails} == {(TRIAL, ())}
        for message in way_out.messages:
            body = message.get_body(("plain",))
            assert body is not None
            named = [address for address in people if f"<{address}> by email." in body.get_content()]
            assert (str(message["Subject"]).startswith("[Trial, for "), len(named)) == (True, 1)
            assert all(key.startswith("trial:") for key in message.get_all("X-Mandate-Notice", []))


def test_a_trial_never_uses_up_what_the_live_record_owes(tmp_path: Path):
    with lived_in(tmp_path) as installation:
        sent_from(installation, -1)
        enforce(installation, TODAY, NOW)
        nothing, [finding] = sent_from(with_settings(installation, trial=TRIAL))
        assert (nothing, finding.startswith("nothing is sent: MANDATES_TRIAL is set")) == ([], True)
        assert sent_from(installation)[0] != []


def test_a_record_of_the_version_before_is_live_even_where_a_trial_is_asked_for(tmp_path: Path):
    with lived_in(tmp_path) as installation:
        assert sent_from(with_settings(installation, trial=TRIAL))[0] == []
        assert said(installation) is Use.LIVE
        assert sent_from(installation)[0] != []


def test_what_a_trial_was_made_in_never_becomes_the_live_record(tmp_path: Path):
    with tried_in(tmp_path) as trial:
        dispatch(trial, TODAY, NOW + timedelta(hours=1), Listed().open_channels)
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
    with lived_in(tmp_path) as installation, writing(installation.engine) as session:
        assert make_live(session, installation.settings, NOW, "Amal Haddad")
        assert not make_live(session, installation.settings, NOW, "Amal Haddad")
        assert leave_to_send(session, installation.settings).real


def test_a_machine_is_called_as_the_setting_says_and_its_own_id_is_never_shown():
    assert machine_of(Settings(place="pod")) == "pod"
    own = machine_of(Settings())
    file = Path("/etc/machine-id")
    assert not file.exists() or own not in file.read_text(encoding="ascii")
    assert own == machine_of(Settings()) != ""
