"""The watch: trouble is told to each person once, and that it is over once, whatever is broken."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest

from notifications.channels import Outcome, Takes, Verdict
from policies.problems import Problem, RefusedFileError
from records.audit import breaks
from records.database import reading, writing
from records.incidents import BEGUN, OVER, Incident, open_incidents
from records.ledger.notices import NoticeState, notices_of
from records.ledger.release import resend
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.settings import Settings
from tasks.installation.workplace import Workplace
from tasks.operations.watching import Seen, watch
from tests.days import day
from tests.workplaces import TODAY, Listed, at, record, workplace_in

pytestmark = pytest.mark.usefixtures("each_database")
NOW = at(TODAY)
HOUR = timedelta(hours=1)
STOPPED, AGAIN = "Nothing keeps watch: enforcement has stopped", "Enforcement runs again"
GONE, THERE = "The record cannot be reached", "The record can be reached again"
UNKEPT, KEPT = "The watch cannot keep what it told", "The watch keeps again what it told"
REFUSED = Verdict(Outcome.REFUSED_NOW, "451 not now")
DOWN = {"": Verdict(Outcome.UNREACHED, "no connection")}


class Chat:
    """A way out for short texts, which may be down."""

    takes = Takes.SHORT

    def __init__(self) -> None:
        self.texts: list[str] = []

    def send(self, mail: object) -> Verdict:
        raise AssertionError(f"a mail for a chat: {mail}")

    def send_short(self, title: str, body: str) -> Verdict:
        self.texts.append(f"{title}: {body}")
        return Verdict(Outcome.SENT, "taken by the service")


class Post:
    """Ways out for the watch: a mail line, and other channels by name."""

    def __init__(self, home: Path, others: Mapping[str, Chat] | None = None) -> None:
        self.settings = Settings(home=home)
        self.listed = Listed()
        self.others = others or {}
        self.beside = home.parent / f"{home.name}-beside" / "watch.json"

    @property
    def told(self) -> list[str]:
        return [str(message["Subject"]) for message in self.listed.messages]

    @property
    def text(self) -> str:
        """The words of the last mail, in one line."""
        body = self.listed.messages[-1].get_body(("plain",))
        assert body
        return " ".join(body.get_content().split())

    def of(self, name: str) -> Listed | Chat:
        if name == "broken":
            raise RefusedFileError([Problem("environment", name, "nothing", "an address")])
        return self.others.get(name, self.listed)

    def look(self, hours: float, **settings: object) -> Seen:
        @contextmanager
        def outlet(_settings: Settings) -> Iterator[Post]:
            yield self

        used = self.settings.model_copy(update=settings)
        return watch(used, NOW + hours * HOUR, outlet, (used.home / "watch.json", self.beside))


def enforced_in(home: Path, others: Mapping[str, Chat] | None = None) -> Post:
    with workplace_in(home) as workplace:
        enforce(workplace, TODAY, NOW)
        dispatch(workplace, TODAY, NOW, Listed().outlet)
    return Post(home, others)


def enforce_again(home: Path, hours: float, obligation: str | None = None) -> None:
    with workplace_in(home, {}) as workplace:
        enforce(workplace, TODAY, NOW + hours * HOUR, obligation=obligation)
        dispatch(workplace, TODAY, NOW + hours * HOUR, Listed().outlet)


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
        rows = [(row.incident, row.state, row.told, row.recorded_by) for row in session.query(Incident)]
        stopped, who = "enforcement-stopped/2026-11-23T06:00Z", "email:secretariat"
        assert rows == [(stopped, BEGUN, who, "watch"), (stopped, OVER, who, "watch")]
        assert open_incidents(session) == {}
        assert list(breaks(session)) == []


def test_the_enforcement_of_one_obligation_is_no_sign_that_all_is_well(tmp_path: Path):
    post = enforced_in(tmp_path)
    enforce_again(tmp_path, 20, obligation="annual-meeting")
    assert not post.look(27).well


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


def test_a_relay_that_is_down_for_an_hour_is_told_over_another_channel(tmp_path: Path):
    chat = Chat()
    post = enforced_in(tmp_path, {"team-chat": chat})
    post.listed.verdicts = DOWN
    by_both = {"watch_channels": "email,team-chat"}
    with workplace_in(tmp_path, {}) as workplace:
        on = day("Tue 2026-11-24")
        enforce(workplace, on, at(on))
        resent(workplace)
        dispatch(workplace, on, at(on, 7), Listed(DOWN).outlet)
        assert post.look(25.5, **by_both).well
        seen = post.look(26.1, **by_both)
        assert seen.told == ["team-chat: taken by the service"]
        [told] = chat.texts
        assert told.startswith(
            "Nobody can be reached by a channel: By the channel &#x27;email&#x27; nobody could be reached "
            "since 2026-11-24 07:00 UTC: no connection"
        )
        assert post.look(27, **by_both).told == []
        dispatch(workplace, on, at(on, 9), Listed().outlet, by_hand=True)
    post.listed.verdicts = {}
    assert post.look(27.5, **by_both).told == ["team-chat: taken by the service"]
    assert [text.partition(":")[0] for text in chat.texts] == [
        "Nobody can be reached by a channel",
        "A channel reaches people again",
    ]


def resent(workplace: Workplace) -> None:
    """Let something wait to leave: a notice that is sent once more."""
    with writing(workplace.engine) as session:
        [key, *_] = [n.notice_key for n in notices_of(session, states=[NoticeState.SENT])]
        resend(session, key, "lost", "an officer", at(day("Tue 2026-11-24")))


def test_that_nothing_left_for_a_day_is_told_when_something_waits(tmp_path: Path):
    with workplace_in(tmp_path) as workplace:
        enforce(workplace, TODAY, NOW)
    post = Post(tmp_path)
    assert post.look(23.5).well
    assert not post.look(24.5).well
    assert post.told == ["Nothing could be sent for a day"]
    assert "Notices wait to leave since 2026-11-23 06:00 UTC" in post.text
    enforce_again(tmp_path, 25)
    assert post.look(25).well
    assert post.told[1:] == ["Notices leave again"]


def test_an_overdue_notice_that_has_not_left_for_an_hour_is_told(tmp_path: Path):
    late = day("Mon 2026-12-07")  # the review was due on Sun 2026-12-06
    hours = (late - TODAY).days * 24
    with workplace_in(tmp_path) as workplace:
        enforce(workplace, TODAY, NOW)
        dispatch(workplace, TODAY, NOW, Listed().outlet)
        for on in (late - timedelta(days=count) for count in reversed(range(14))):
            enforce(workplace, on, at(on))
            if on != late:
                dispatch(workplace, on, at(on, 7), Listed().outlet)
        post = Post(tmp_path)
        assert post.look(hours + 0.5).well
        assert not post.look(hours + 1.5).well
        assert post.told[0].startswith("An overdue notice waits to leave")
        assert (
            "working-group-review/2026: that a date has passed waits to be told to secretariat" in post.text
        )
        dispatch(workplace, late, at(late, 8), Listed().outlet)
    assert post.look(hours + 2.5).well
    assert post.told[1].startswith("An overdue notice no longer waits")


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("Mon 2027-10-18", False),
        ("Tue 2027-10-19", False),
        ("Wed 2027-10-20", True),  # the fourth working day after Thursday
    ],
)
@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_whoever_waits_longer_than_three_working_days_for_our_reply_is_named(
    tmp_path: Path, on: str, told: bool
):
    asked, answered = day("Fri 2027-10-08"), day("Thu 2027-10-14")
    answer = {
        "cycle": "annual-meeting/2027",
        "person": "ilo",
        "kind": "more-time",
        "received_on": answered,
        "source": "mail",
        "until": date(2027, 11, 1),
        "reason": "our governing body meets later",
    }
    with workplace_in(tmp_path) as workplace:
        for each in (TODAY, asked, answered):
            if each == answered:
                record(workplace, {"answers": [answer]}, answered)
            enforce(workplace, each, at(each))
            dispatch(workplace, each, at(each, 7), Listed().outlet)
        look_on = day(on)
        enforce(workplace, look_on, at(look_on))
        dispatch(workplace, look_on, at(look_on), Listed().outlet, by_hand=True)
    post = Post(tmp_path)
    seen = post.look((look_on - TODAY).days * 24 + 0.5)
    assert ("waits for our reply since 2027-10-14 (more-time)" in seen.what) is told
