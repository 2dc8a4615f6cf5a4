"""The watch: trouble is told to each person once, and that it is over once, whatever is broken."""

from datetime import timedelta
from pathlib import Path

import pytest

from records.chain.audit import breaks
from records.database import reading, writing
from records.incidents import BEGUN, OVER, Incident, open_incidents
from tasks.installation.live import make_copy, make_live
from tests.installations import TODAY, at, record, workplace_in
from tests.tasks.operations.posts import (
    AGAIN,
    GONE,
    REFUSED,
    STOPPED,
    THERE,
    Post,
    enforce_again,
    enforced_in,
)

pytestmark = pytest.mark.usefixtures("each_database")
NOW, HOUR = at(TODAY), timedelta(hours=1)
NOT_LIVE = "Nothing is sent: this is not the live record"


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
    with workplace_in(tmp_path, {}) as installation, reading(installation.engine) as session:
        rows = [(row.incident, row.state, row.told, row.recorded_by) for row in session.query(Incident)]
        stopped, who = "enforcement-stopped/2026-11-23T06:00Z", "email:secretariat"
        assert rows == [(stopped, BEGUN, who, "watch"), (stopped, OVER, who, "watch")]
        assert open_incidents(session) == {}
        assert list(breaks(session)) == []


def test_the_enforcement_of_one_obligation_is_no_sign_that_all_is_well(tmp_path: Path):
    post = enforced_in(tmp_path)
    enforce_again(tmp_path, 20, obligation="annual-meeting")
    assert not post.look(27).well


def test_a_record_that_is_not_the_live_one_is_told_once_and_so_is_the_stop_of_its_enforcement(tmp_path: Path):
    post = enforced_in(tmp_path)
    with workplace_in(tmp_path, {}) as installation, writing(installation.engine) as session:
        make_copy(session, post.settings, NOW, "restored from backup.zip")
    assert [post.look(hours).well for hours in (1, 2)] == [False, False]
    assert post.told == [NOT_LIVE]
    with workplace_in(tmp_path, {}) as installation, writing(installation.engine) as session:
        make_live(session, post.settings, NOW + 3 * HOUR, "Amal Haddad")
    assert not post.look(30).well
    assert post.told == [NOT_LIVE, f"{STOPPED} (and 1 more)"]
    enforce_again(tmp_path, 31)
    assert post.look(31).well
    assert post.told == [NOT_LIVE, f"{STOPPED} (and 1 more)", AGAIN]


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
    assert [post.look(hours).well for hours in (1, 2, 30)] == [False, False, False]
    assert post.told == [GONE]
    assert not (tmp_path / "mandates.db").exists()
    away.rename(tmp_path / "mandates.db")
    enforce_again(tmp_path, 30)
    assert post.look(31).well
    assert post.told == [GONE, THERE]


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_whom_to_tell_is_read_from_the_copy_that_was_written_when_people_changed(tmp_path: Path):
    """Also where the record is gone, and the directory file has a mistake."""
    post = enforced_in(tmp_path)
    with workplace_in(tmp_path, {}) as installation:
        other = {"person": "secretariat", "since_on": TODAY, "address": "new@example.org", "source": "a note"}
        record(installation, {"contacts": [other]}, TODAY)
    (tmp_path / "mandates.db").rename(tmp_path / "away.db")
    broken = tmp_path / "directory.toml"
    broken.write_text("status = 1", encoding="utf-8")
    assert post.look(1, directory=broken).told == ["new@example.org: remembered"]


def test_broken_rules_do_not_silence_the_watch(tmp_path: Path):
    post = enforced_in(tmp_path)
    (tmp_path / "broken").mkdir()
    seen = post.look(27, policies=tmp_path / "broken", watch_to="one@example.org, two@example.org")
    assert seen.told == ["one@example.org: remembered", "two@example.org: remembered"]
    assert "Not looked for: our-turn: neither the rules nor the last good ones can be read" in seen.what


def test_what_could_not_be_told_to_one_is_tried_again_for_that_one_alone(tmp_path: Path):
    post, both = enforced_in(tmp_path), {"watch_to": "one@example.org,two@example.org"}
    post.listed.verdicts = {":email:two@": REFUSED}
    seen = post.look(27, **both)
    assert (seen.told, seen.untold) == (["one@example.org: remembered"], ["two@example.org: 451 not now"])
    assert post.look(28, **both).untold == ["two@example.org: 451 not now"]
    post.listed.verdicts = {}
    assert post.look(29, **both).told == ["two@example.org: remembered"]
    assert post.look(30, **both).told == []
    enforce_again(tmp_path, 31)
    post.listed.verdicts = {":email:one@": REFUSED}
    assert post.look(31, **both).told == ["two@example.org: remembered"]
    post.listed.verdicts = {}
    assert post.look(32, **both).told == ["one@example.org: remembered"]
    assert post.look(33, **both).told == []


def test_an_address_that_is_none_or_a_channel_that_is_not_there_keeps_nobody_else_in_the_dark(
    tmp_path: Path,
):
    post = enforced_in(tmp_path)
    ways = {"watch_channels": "broken, email", "watch_to": "no address at all,two@example.org"}
    seen = post.look(27, **ways)
    assert seen.told == ["two@example.org: remembered"]
    assert [line.partition(":")[0] for line in seen.untold] == ["broken", "no address at all"]


def test_a_record_without_any_enforcement_is_trouble(tmp_path: Path):
    workplace_in(tmp_path).engine.dispose()
    assert Post(tmp_path).look(0).what == "Nothing was ever enforced."


# What the watch told must be known although the place it is kept in is broken.
def test_on_a_full_disk_it_speaks_once_says_so_and_gives_the_all_clear(tmp_path: Path):
    post = enforced_in(tmp_path)
    assert post.look(1).well
    full = tmp_path / ".watch.json.partial"
    full.symlink_to("/dev/full")  # the kernel says: no space left on device
    assert [post.look(hours).well for hours in (27, 28, 29)] == [False, False, False]
    assert post.told == [f"{STOPPED} (and 1 more)"]
    assert f"{tmp_path}/watch.json: No space left on device" in post.text
    full.unlink()
    enforce_again(tmp_path, 30)
    assert [post.look(hours).well for hours in (30, 31)] == [True, True]
    assert post.told[1:] == [f"{AGAIN} (and 1 more)"]


def test_with_nothing_but_a_full_disk_what_is_there_already_is_written_over(tmp_path: Path):
    post = enforced_in(tmp_path)
    post.beside = Path("/proc/nowhere/watch.json")
    assert not post.look(1).well
    (tmp_path / ".watch.json.partial").symlink_to("/dev/full")
    away = None
    if (tmp_path / "mandates.db").exists():
        away = (tmp_path / "mandates.db").rename(tmp_path / "away.db")
    told = len(post.told)
    assert [post.look(hours).well for hours in (28, 29, 30)] == [False, False, False]
    assert len(post.told) == told + 1
    assert away is None or away.exists()


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_with_a_home_that_cannot_be_written_it_speaks_once_and_keeps_what_it_told_elsewhere(tmp_path: Path):
    post = enforced_in(tmp_path)
    database = {"database_url": f"sqlite:///{tmp_path / 'away.db'}", "home": Path("/proc/nowhere")}
    assert [post.look(hours, **database).well for hours in (27, 28)] == [False, False]
    assert post.told == [f"{GONE} (and 1 more)"]


@pytest.mark.parametrize("torn", ["", '{"at": "2026-11-', "[]", '{"incidents": 3}', "\x00" * 40])
@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_a_torn_or_empty_file_is_as_none_and_what_was_told_is_known_from_elsewhere(tmp_path: Path, torn: str):
    post = enforced_in(tmp_path)
    post.look(27)
    (tmp_path / "watch.json").write_text(torn)
    assert post.look(28).told == []
    (tmp_path / "watch.json").write_text(torn)
    post.beside.write_text(torn)
    assert post.look(29).told == []
    assert post.told == [STOPPED]


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_without_any_place_to_keep_it_the_watch_still_speaks():
    post = Post(Path("/proc/nowhere"))
    post.beside = Path("/proc/elsewhere/watch.json")
    seen = post.look(0, database_url="sqlite:////proc/nowhere/mandates.db")
    assert seen.told == ["secretariat@example.org: remembered"]
    assert post.told == [f"{GONE} (and 1 more)"]
