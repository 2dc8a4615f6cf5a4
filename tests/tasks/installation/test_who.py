"""Who is who is read from the record where it is used: no restart, not even between two letters."""

from datetime import timedelta
from pathlib import Path

import pytest

from notifications.channels import Verdict
from notifications.envelope import Mail
from records.database import reading
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.installation.last_good import people_copy
from tasks.installation.who import Directories, people_copy_findings
from tests.installations import TODAY, Listed, at, directory, record, workplace_in

NEW = {"person": "who", "since_on": TODAY, "address": "noon@who.example.org", "source": "a mail"}


class AtNoon(Listed):
    """A way out; while its first letter is on its way, somebody records another address."""

    def __init__(self, installation: Installation) -> None:
        super().__init__()
        self.installation = installation

    def send(self, mail: Mail) -> Verdict:
        if not self.mails:
            record(self.installation, {"contacts": [NEW]}, TODAY)
        return super().send(mail)


@pytest.mark.usefixtures("each_database")
def test_an_address_recorded_while_letters_leave_is_used_by_the_next(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY))
        way_out = AtNoon(installation)
        dispatch(installation, TODAY, at(TODAY, 12), way_out.open_channels)
    to_them = {mail.to for mail in way_out.mails if any(":who:" in key for key in mail.notice_keys)}
    assert ":who:" not in str(way_out.mails[0].notice_keys)
    assert to_them == {"noon@who.example.org"}
    assert len(way_out.keys) == len(set(way_out.keys))


def test_the_directory_is_derived_again_only_when_a_fact_about_people_is_new(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation, reading(installation.engine) as session:
        who = Directories(TODAY)
        first = who.now(session)
        assert who.now(session) is first
    with workplace_in(tmp_path, {}) as installation:
        record(installation, {"contacts": [NEW]}, TODAY)
        with reading(installation.engine) as session:
            again = who.now(session)
    assert (first.recipient("who"), again.recipient("who")) != (None, None)
    assert again.find("who") != first.find("who")


def test_a_copy_that_is_not_that_of_the_day_is_a_finding(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        record(installation, {"contacts": [NEW]}, TODAY)
        assert list(people_copy_findings(installation, directory(installation))) == []
        people_copy(installation.settings).write_text("torn", encoding="utf-8")
        (said,) = people_copy_findings(installation, directory(installation, TODAY + timedelta(days=1)))
        assert said.endswith("the next run writes it: mandates enforce")
