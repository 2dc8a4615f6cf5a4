"""The watch: trouble is told once, and that it is over once, whatever is broken."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from notifications.channels import Outcome, Verdict
from records.audit import breaks
from records.database import reading, writing
from records.incidents import BEGUN, OVER, Incident, open_incident
from tasks.enforcement.enforcement import enforce
from tasks.installation.live import make_copy, make_live
from tasks.installation.settings import Settings
from tasks.operations.watching import Seen, watch
from tests.workplaces import TODAY, Listed, at, workplace_in

pytestmark = pytest.mark.usefixtures("each_database")
NOW = at(TODAY)
HOUR = timedelta(hours=1)
NOT_LIVE = "Nothing is sent: this is not the live record"
STOPPED, AGAIN = "Nothing keeps watch: enforcement has stopped", "Enforcement runs again"


class Post:
    """A way out for the watch, which may be closed."""

    def __init__(self, home: Path) -> None:
        self.settings = Settings(home=home)
        self.listed = Listed()

    @property
    def told(self) -> list[str]:
        return [str(message["Subject"]) for message in self.listed.messages]

    def look(self, hours: float, **settings: object) -> Seen:
        @contextmanager
        def outlet(_settings: Settings) -> Iterator[Listed]:
            yield self.listed

        return watch(self.settings.model_copy(update=settings), NOW + hours * HOUR, outlet)


def enforced_in(home: Path) -> Post:
    with workplace_in(home) as workplace:
        enforce(workplace, TODAY, NOW)
    return Post(home)


def enforce_again(home: Path, hours: float, obligation: str | None = None) -> None:
    with workplace_in(home, {}) as workplace:
        enforce(workplace, TODAY, NOW + hours * HOUR, obligation=obligation)


def test_trouble_is_told_once_and_that_it_is_over_once(tmp_path: Path):
    post = enforced_in(tmp_path)
    assert post.look(20).well
    assert [post.look(hours).well for hours in (27, 28, 60)] == [False, False, False]
    assert post.told == [STOPPED]
    enforce_again(tmp_path, 61)
    assert [post.look(hours).well for hours in (61.1, 62)] == [True, True]
    assert post.told == [STOPPED, AGAIN]
    assert not post.look(100).well
    assert post.told == [STOPPED, AGAIN, STOPPED]


def test_what_was_told_is_on_record_and_sealed(tmp_path: Path):
    post = enforced_in(tmp_path)
    post.look(27)
    enforce_again(tmp_path, 28)
    post.look(28)
    with workplace_in(tmp_path, {}) as workplace, reading(workplace.engine) as session:
        rows = [(row.incident, row.state, row.recorded_by) for row in session.query(Incident)]
        assert rows == [
            ("enforcement-stopped/2026-11-24T09:00Z", BEGUN, "watch"),
            ("enforcement-stopped/2026-11-24T09:00Z", OVER, "watch"),
        ]
        assert open_incident(session) is None
        assert list(breaks(session)) == []


def test_the_enforcement_of_one_obligation_is_no_sign_that_all_is_well(tmp_path: Path):
    post = enforced_in(tmp_path)
    enforce_again(tmp_path, 20, obligation="annual-meeting")
    assert not post.look(27).well


def test_a_record_that_is_not_the_live_one_is_told_once_and_so_is_the_stop_of_its_enforcement(tmp_path: Path):
    post = enforced_in(tmp_path)
    with workplace_in(tmp_path, {}) as workplace, writing(workplace.engine) as session:
        make_copy(session, post.settings, NOW, "restored from backup.zip")
    assert [post.look(hours).well for hours in (1, 2)] == [False, False]
    assert post.told == [NOT_LIVE]
    with workplace_in(tmp_path, {}) as workplace, writing(workplace.engine) as session:
        make_live(session, post.settings, NOW + 3 * HOUR, "Amal Haddad")
    assert not post.look(30).well
    assert post.told == [NOT_LIVE, STOPPED]
    enforce_again(tmp_path, 31)
    assert post.look(31).well
    assert post.told == [NOT_LIVE, STOPPED, AGAIN]


def test_in_a_trial_the_watch_writes_to_its_address_alone(tmp_path: Path):
    post = enforced_in(tmp_path)
    post.look(27, trial="trial@example.org", watch_to="head@example.org")
    assert {mail.to for mail in post.listed.mails} == {"trial@example.org"}


def test_a_clock_behind_the_record_is_trouble(tmp_path: Path):
    seen = enforced_in(tmp_path).look(-24)
    assert not seen.well
    assert seen.what.startswith(
        "The clock says 2026-11-22 06:00 UTC, but the last run was at 2026-11-23 06:00"
    )


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_a_record_that_is_gone_is_told_once_and_so_is_its_return(tmp_path: Path):
    post = enforced_in(tmp_path)
    away = (tmp_path / "mandates.db").rename(tmp_path / "away.db")
    assert [post.look(hours).well for hours in (1, 2)] == [False, False]
    assert post.told == [STOPPED]
    assert not (tmp_path / "mandates.db").exists()
    away.rename(tmp_path / "mandates.db")
    assert post.look(3).well
    assert post.told == [STOPPED, AGAIN]


def test_broken_rules_do_not_silence_the_watch(tmp_path: Path):
    post = enforced_in(tmp_path)
    (tmp_path / "broken").mkdir()
    seen = post.look(27, policies=tmp_path / "broken", watch_to="one@example.org, two@example.org")
    assert seen.told == ["one@example.org: remembered", "two@example.org: remembered"]


def test_what_could_not_be_told_is_told_with_the_next_watch(tmp_path: Path):
    post = enforced_in(tmp_path)
    post.listed.verdicts = {"": Verdict(Outcome.REFUSED_NOW, "no connection")}
    assert post.look(27).untold == ["secretariat@example.org: no connection"]
    post.listed.verdicts = {}
    assert post.look(28).told == ["secretariat@example.org: remembered"]
    assert post.look(29).told == ()


def test_a_record_without_any_enforcement_is_trouble(tmp_path: Path):
    workplace_in(tmp_path).engine.dispose()
    assert Post(tmp_path).look(0).what == "Nothing was ever enforced."
