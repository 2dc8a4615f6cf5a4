"""What could not leave in time is folded into what is owed by now: one letter, and it says so."""

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from notifications.channels import Outcome, Verdict
from records.database import reading
from records.ledger.notices import notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import TODAY, Listed, at, workplace_in

pytestmark = pytest.mark.usefixtures("each_database")

CYCLE = "annual-meeting/2026"
DOWN = {"": Verdict(Outcome.UNREACHED, "no connection")}
EARLY, LATE = f"{CYCLE}:last-reminder:due-7:secretariat:email", f"{CYCLE}:overdue:due+1:secretariat:email"


def lived(installation: Installation, days: Sequence[date], line: Listed) -> None:
    for on in days:
        enforce(installation, on, at(on), obligation="annual-meeting")
        dispatch(installation, on, at(on, 7), line.open_channels)


def span(first: str, last: str) -> list[date]:
    days = (day(last) - day(first)).days
    return [day(first) + timedelta(days=count) for count in range(days + 1)]


def test_what_a_later_notice_says_too_is_folded_into_it_when_the_relay_is_back(tmp_path: Path):
    line = Listed()
    with workplace_in(tmp_path) as installation:
        lived(installation, span("Mon 2026-11-23", "Sun 2026-12-20"), line)
        line.verdicts = DOWN
        lived(installation, span("Mon 2026-12-21", "Sun 2027-01-03"), line)
        tried = len(line.mails)
        line.verdicts = {}
        lived(installation, [day("Mon 2027-01-04")], line)
        left = [key for mail in line.mails[tried:] for key in mail.notice_keys if ":secretariat:" in key]
        with reading(installation.engine) as session:
            known = {n.notice_key: (n.state, n.cause) for n in notices_of(session)}
        assert known[EARLY] == ("skipped", "folded into due+1, owed before it could leave")
        assert [key for key in left if key in (EARLY, LATE)] == [LATE]
        [letter] = [m for m in line.messages[tried:] if LATE in m.get_all("X-Mandate-Notice", [])]
        assert EARLY not in letter.get_all("X-Mandate-Notice", [])


def test_an_opening_that_a_reminder_overtook_does_not_leave_with_it(tmp_path: Path):
    line = Listed(DOWN)
    opening = f"{CYCLE}:opening:begins:secretariat:email"
    with workplace_in(tmp_path) as installation:
        lived(installation, [TODAY], line)
        lived(installation, span("Tue 2026-11-24", "Sat 2026-12-26"), line)
        tried = len(line.mails)
        line.verdicts = {}
        lived(installation, span("Sun 2026-12-27", "Mon 2026-12-28"), line)
        left = [key for mail in line.mails[tried:] for key in mail.notice_keys]
        with reading(installation.engine) as session:
            known = {n.notice_key: (n.state, n.cause) for n in notices_of(session)}
        assert known[opening][0] == "skipped"
        assert "overtaken by" in known[opening][1]
        assert opening not in left
