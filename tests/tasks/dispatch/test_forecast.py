"""The forecast: what will go, without anything being written."""

from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from notifications.envelope import Mail
from policies.plans.notice_key import NoticeKey
from policies.plans.notices import NoticeState
from records.database import reading, writing
from records.ledger.notices import notices_of
from records.ledger.release import release
from tasks.dispatch.dispatching import dispatch
from tasks.dispatch.forecast import forecast, preview
from tasks.enforcement.enforcement import enforce
from tests.installations import TODAY, Listed, at, workplace_in

LAST = TODAY + timedelta(days=31)


def test_the_forecast_is_what_then_becomes_of_each_notice_day_by_day(tmp_path: Path):
    way_out = Listed()
    with workplace_in(tmp_path) as installation:
        foreseen = {
            row.notice.notice_key: row.state for row in forecast(installation, TODAY, LAST, at(TODAY))
        }
        with reading(installation.engine) as session:
            assert notices_of(session) == []
        for count in range((LAST - TODAY).days + 1):
            on = TODAY + timedelta(days=count)
            enforce(installation, on, at(on))
            with writing(installation.engine) as session:
                for notice in notices_of(session, states=[NoticeState.AWAITING_RELEASE]):
                    release(session, notice.notice_key, "Amal Haddad", at(on))
            dispatch(installation, on, at(on), way_out.open_channels)
        with reading(installation.engine) as session:
            became = {notice.notice_key: str(notice.state) for notice in notices_of(session)}
    assert foreseen == {key: "planned" if state == "sent" else state for key, state in became.items()}
    assert {"reminder", "last-reminder"} <= {NoticeKey.parse(key).kind for key in became}


def test_a_row_is_as_documented(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        [row] = [
            row.as_json()
            for row in forecast(installation, TODAY, TODAY, at(TODAY))
            if row.notice.person == "escwa"
            or row.notice.notice_key.startswith("secretary-general-review/2026")
        ][:1]
    assert row == {
        "notice_key": "secretary-general-review/2026:opening:begins:coordinator-office:email",
        "obligation": "secretary-general-review",
        "cycle": "secretary-general-review/2026",
        "kind": "opening",
        "class": "routine",
        "to": "coordinator-office",
        "language": "en",
        "send_on": "2026-05-01",
        "state": "planned",
    }


def test_the_preview_is_the_message_that_leaves(tmp_path: Path):
    way_out = Listed()
    with workplace_in(tmp_path) as installation:
        planned = preview(installation, TODAY, TODAY, at(TODAY))
        mails = [each.letter for each in planned if not each.awaits and isinstance(each.letter, Mail)]
        foreseen = {mail.message_id: _bodies(mail) for mail in mails}
        enforce(installation, TODAY, at(TODAY))
        dispatch(installation, TODAY, at(TODAY), way_out.open_channels)
    assert foreseen == {mail.message_id: _bodies(mail) for mail in way_out.mails}


def _bodies(mail: Mail) -> list[str]:
    message = message_from_bytes(mail.content, EmailMessage, policy=default)
    return [part.get_content() for part in message.walk() if not part.is_multipart()]
