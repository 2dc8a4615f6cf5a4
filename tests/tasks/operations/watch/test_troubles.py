"""What the watch looks for: everything by which a duty could be missed in silence."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from policies.plans.notices import NoticeState
from records.database import writing
from records.ledger.notices import notices_of
from records.ledger.release import resend
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import TODAY, Listed, at, record, workplace_in
from tests.tasks.operations.posts import DOWN, NOW, Chat, Post, enforce_again, enforced_in

pytestmark = pytest.mark.usefixtures("each_database")


def test_a_relay_that_is_down_for_an_hour_is_told_over_another_channel(tmp_path: Path):
    chat = Chat()
    post = enforced_in(tmp_path, {"team-chat": chat})
    post.listed.verdicts = DOWN
    by_both = {"watch_channels": "email,team-chat"}
    with workplace_in(tmp_path, {}) as installation:
        on = day("Tue 2026-11-24")
        enforce(installation, on, at(on))
        resent(installation)
        dispatch(installation, on, at(on, 7), Listed(DOWN).open_channels)
        assert post.look(25.5, **by_both).well
        seen = post.look(26.1, **by_both)
        assert seen.told == ["team-chat: taken by the service"]
        [told] = chat.texts
        assert told.startswith(
            "Nobody can be reached by a channel: By the channel &#x27;email&#x27; nobody could be reached "
            "since 2026-11-24 07:00 UTC: no connection"
        )
        assert post.look(27, **by_both).told == []
        dispatch(installation, on, at(on, 9), Listed().open_channels, by_hand=True)
    post.listed.verdicts = {}
    assert post.look(27.5, **by_both).told == ["team-chat: taken by the service"]
    assert [text.partition(":")[0] for text in chat.texts] == [
        "Nobody can be reached by a channel",
        "A channel reaches people again",
    ]


def resent(installation: Installation) -> None:
    """Let something wait to leave: a notice that is sent once more."""
    with writing(installation.engine) as session:
        [key, *_] = [n.notice_key for n in notices_of(session, states=[NoticeState.SENT])]
        resend(session, key, "lost", "an officer", at(day("Tue 2026-11-24")))


def test_that_nothing_left_for_a_day_is_told_when_something_waits(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, NOW)
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
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, NOW)
        dispatch(installation, TODAY, NOW, Listed().open_channels)
        for on in (late - timedelta(days=count) for count in reversed(range(14))):
            enforce(installation, on, at(on))
            if on != late:
                dispatch(installation, on, at(on, 7), Listed().open_channels)
        post = Post(tmp_path)
        assert post.look(hours + 0.5).well
        assert not post.look(hours + 1.5).well
        assert post.told[0].startswith("An overdue notice waits to leave")
        assert (
            "working-group-review/2026: that a date has passed waits to be told to secretariat" in post.text
        )
        dispatch(installation, late, at(late, 8), Listed().open_channels)
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
    with workplace_in(tmp_path) as installation:
        for each in (TODAY, asked, answered):
            if each == answered:
                record(installation, {"answers": [answer]}, answered)
            enforce(installation, each, at(each))
            dispatch(installation, each, at(each, 7), Listed().open_channels)
        look_on = day(on)
        enforce(installation, look_on, at(look_on))
        dispatch(installation, look_on, at(look_on), Listed().open_channels, by_hand=True)
    post = Post(tmp_path)
    seen = post.look((look_on - TODAY).days * 24 + 0.5)
    assert ("waits for our reply since 2027-10-14 (more-time)" in seen.what) is told
