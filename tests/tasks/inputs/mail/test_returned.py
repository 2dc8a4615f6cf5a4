"""A letter that comes back is no silence: who could not be reached is named as such, everywhere."""

from datetime import timedelta
from email.message import EmailMessage, Message
from pathlib import Path

import pytest

from policies.facts.answers import AnswerKind
from records.chain.audit import breaks
from records.cycles import opened_cycles
from records.database import reading, writing
from records.facts.facts import read_facts
from records.ledger.deliveries import failing_addresses, mend_address, returned_letters, unreached
from records.ledger.ledger import notices_about
from records.ledger.notices import Notice
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.mail.returned import note_arrival, take_report
from tasks.installation.installation import Installation
from tasks.installation.who import directory_at
from tasks.packages.contents import contents_of
from tasks.status.findings import address_findings
from tasks.status.open_cycles import ASKING, cycles_open
from tasks.status.statuses import statuses
from tests.days import day
from tests.installations import TODAY, Listed, at, directory, workplace_in
from tests.tasks.inputs import bounces

pytestmark = pytest.mark.usefixtures("each_database")

CALLED, LEFT = day("Fri 2027-10-08"), day("Mon 2027-10-11")  # after a gap, letters wait a day
CYCLE, ILO = "annual-meeting/2027", "ilo@example.org"


@pytest.fixture
def installation(tmp_path: Path):
    with workplace_in(tmp_path) as opened:
        for on in (TODAY, CALLED, LEFT):
            enforce(opened, on, at(on))
            dispatch(opened, on, at(on), Listed().open_channels)
        yield opened


def call_to(installation: Installation, person: str) -> Notice:
    with reading(installation.engine) as session:
        found = [
            n for n in notices_about(session, CYCLE) if (n.kind, n.person) == ("call-for-inputs", person)
        ]
        session.expunge_all()
    return found[0]


def bounced(installation: Installation, message: Message, hour: int = 9) -> list[str] | None:
    return take_report(installation, message, str(message["Message-ID"]), at(LEFT, hour))


def failing(installation: Installation) -> list[str]:
    with reading(installation.engine) as session:
        return sorted(failing_addresses(session))


def test_a_letter_that_came_back_makes_it_undelivered_and_its_address_failing_and_is_said(installation):
    letter = str(call_to(installation, "ilo").letter)
    [finding] = bounced(installation, bounces.report(letter, ILO)) or []
    assert finding.startswith(f"the letter {letter} to {ILO} came back (5.1.1 550 5.1.1 no such user)")
    with reading(installation.engine) as session:
        assert returned_letters(session, [letter]) == {letter}
        assert unreached(session, CYCLE, ASKING) == {"ilo": at(LEFT, 9)}
        [found] = address_findings(session, directory_at(session, LEFT))
        assert found.startswith(f"ilo: a letter to {ILO} came back on 2027-10-11 (5.1.1")
        assert list(breaks(session)) == []
    assert failing(installation) == [ILO]
    assert call_to(installation, "ilo").state == "sent"


def test_packages_say_of_whom_letters_came_back_that_they_could_not_be_reached(installation):
    bounced(installation, bounces.report(str(call_to(installation, "ilo").letter), ILO))
    with reading(installation.engine) as session:
        facts = read_facts(session)
        watched = statuses(installation.pack, facts, LEFT, "annual-meeting")
        opened = opened_cycles(session, obligations=["annual-meeting"])
        [open_cycle] = [
            d for d in cycles_open(installation, watched, opened, facts) if d.turn.cycle.key == CYCLE
        ]
        contents = contents_of(session, open_cycle, opened)
    assert [each.person for each in contents.asked if each.unreached] == ["ilo"]
    assert contents.facts_upto == at(LEFT, 9)


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("all_came_back", "owing"), [(False, "no reply received"), (True, "could not be reached")]
)
def test_a_hand_over_tells_what_came_back_and_who_was_never_reached(
    installation, all_came_back: bool, owing: str
):
    line = Listed()
    bounced(installation, bounces.report(str(call_to(installation, "ilo").letter), ILO))
    for count in range(1, 45):
        on = LEFT + timedelta(days=count)
        enforce(installation, on, at(on), obligation="annual-meeting")
        before = len(line.mails)
        dispatch(installation, on, at(on, 7), line.open_channels)
        for mail in line.mails[before:] if all_came_back else ():
            if mail.to == ILO:
                bounced(installation, bounces.report(mail.message_id, ILO, f"<{count}@mx.example.org>"))
    handed = [text for message in line.messages for text in handed_over(message)]
    name = directory(installation).name_of("ilo")
    assert f"- {name}: {owing}" in handed
    call = [text for text in handed if text.startswith(f"- {name}: call for inputs")]
    assert call
    assert all(text.endswith("could not be reached") for text in call)


def handed_over(message: EmailMessage) -> list[str]:
    """Return the lines of a message that hands something over."""
    body = message.get_body(("plain",))
    keys = message.get_all("X-Mandate-Notice", [])
    return body.get_content().splitlines() if body and any(":hand-over:" in key for key in keys) else []


@pytest.mark.parametrize("action", ["delayed", "delivered"])
def test_what_is_delayed_or_arrived_is_no_failure(installation, action: str):
    letter = str(call_to(installation, "ilo").letter)
    found = bounced(installation, bounces.report(letter, ILO, action=action, status="4.4.1"))
    assert [("is delayed" in text) for text in found or []] == ([True] if action == "delayed" else [])
    assert failing(installation) == []
    with reading(installation.engine) as session:
        assert unreached(session, CYCLE, ASKING) == {}


def test_an_address_fails_until_a_person_says_it_is_mended(installation):
    letter = str(call_to(installation, "ilo").letter)
    bounced(installation, bounces.report(letter, ILO))
    with writing(installation.engine) as session:
        mend_address(session, "ILO@example.org", "their IT says so", at(LEFT, 10), "an officer")
    assert failing(installation) == []
    bounced(installation, bounces.report(letter, ILO, "<again@mx.example.org>"), 11)
    assert failing(installation) == [ILO]


def test_an_address_fails_until_somebody_answers_a_letter_from_it(installation):
    letter = str(call_to(installation, "ilo").letter)
    bounced(installation, bounces.report(letter, ILO))
    note_arrival(installation, [letter], "who@example.org", "<other@example.org>", at(LEFT, 10))
    assert failing(installation) == [ILO]
    note_arrival(installation, [letter], ILO, "<reply@example.org>", at(LEFT, 10))
    assert failing(installation) == []
    with reading(installation.engine) as session:
        assert unreached(session, CYCLE, ASKING) == {}


def test_a_forged_report_touches_nobody_else_and_ends_no_chasing(installation):
    letter = str(call_to(installation, "ilo").letter)
    assert bounced(installation, bounces.report("<made-up@example.org>", ILO)) is None
    bounced(installation, bounces.report(letter, "who@example.org", "<forged@example.org>"))
    assert failing(installation) == [ILO]  # passed on, as far as anybody can tell; never somebody else's
    with reading(installation.engine) as session:
        assert [a for a in read_facts(session).answers if a.kind in AnswerKind] == []
    due: list[str] = []
    for on in (LEFT + timedelta(days=count) for count in range(1, 40)):
        due += [n.notice_key for n in enforce(installation, on, at(on), obligation="annual-meeting").notices]
    assert [key for key in due if key.startswith(f"{CYCLE}:") and ":ilo:" in key and "reminder" in key]


def test_a_message_that_is_no_report_says_nothing(installation):
    message = EmailMessage()
    message["Message-ID"] = "<plain@example.org>"
    message.set_content("Your mail could not be delivered, they say.")
    assert bounced(installation, message) is None
