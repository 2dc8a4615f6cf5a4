"""An autumn of replies as people send them: nobody who wrote is called silent, no stranger is believed."""

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from pydantic import SecretStr

from policies.facts.answers import AnswerKind
from policies.problems import RefusedFileError
from records.database import reading
from records.inbox import find_item, inbox
from records.ledger.letters import letter_of
from records.ledger.notices import Notice, notices_of
from records.submissions import submissions_for
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import proof_of
from tasks.inputs.collecting import collect
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import open_cycle_of
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tasks.operations.inbox import Decision, UndecidableItemError, answer, dismiss, opened, place, text_of
from tests.days import day
from tests.installations import FACTS, TODAY, Listed, at, record
from tests.tasks.dovecot import Mailbox, dovecot
from tests.tasks.inputs.mails import CYCLE, reply, with_word

DUTY = "annual-meeting"
CALLED, LEFT = day("Fri 2027-10-08"), day("Mon 2027-10-11")  # after a gap, letters wait a day
WROTE, REMINDED = day("Tue 2027-10-12"), day("Fri 2027-10-22")
HELD_UNTIL = day("Wed 2027-10-27")  # ten working days are over
LAST, HANDED_OVER = day("Tue 2027-11-02"), day("Mon 2027-11-08")
OFFICER = "an officer"


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    with dovecot() as running:
        yield running


@pytest.fixture(scope="module")
def installation(mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("home")
    with open_installation(Settings(home=home, mailbox=SecretStr(mailbox.address))) as made:
        record(made, FACTS, TODAY)
        for on in (TODAY, CALLED, LEFT):
            enforce(made, on, at(on))
            dispatch(made, on, at(on), Listed().open_channels)
        yield made


@pytest.fixture(scope="module")
def autumn(installation: Installation, mailbox: Mailbox) -> Installation:
    """Everybody's replies of 12 October, and every day until the hand-over."""
    letters = letters_to(installation)
    for message in (
        reply(letters["undp"], "Nous n’avons rien à ajouter.", sender="undp"),
        with_word(reply(letters["ilo"], sender="ilo")),
        with_word(reply("", sender="unicef")),
        reply(letters["who"], "I am away.", sender="who", Auto_Submitted="auto-replied"),
        with_word(reply(letters["unfpa"], sender="unfpa", subject="our views"), "views.docx"),
        reply(letters["iom"], "نحتاج إلى أسبوعين إضافيين.", sender="iom"),
        reply(letters["unhcr"], "Thank you, noted.", sender="unhcr"),
    ):
        mailbox.deliver(message, WROTE)
    collect(installation, WROTE, at(WROTE, 5))
    live(installation, WROTE, day("Wed 2027-10-13"))
    decide(installation)
    live(installation, day("Thu 2027-10-14"), HANDED_OVER)
    return installation


def live(installation: Installation, first: date, last: date) -> None:
    on = first
    while on <= last:
        enforce(installation, on, at(on), obligation=DUTY)
        dispatch(installation, on, at(on), Listed().open_channels)
        on += timedelta(days=1)


def decide(installation: Installation) -> None:
    """What an officer decides on Wednesday; of undp, and of the one in the name of unicef, nobody decides."""
    on, until = day("Wed 2027-10-13"), day("Fri 2027-11-19")
    numbers = items(installation)

    def upon(person: str) -> Decision:
        return Decision(numbers[person], OFFICER, on, at(on, 9))

    place(installation, upon("unfpa"), [CYCLE], "the annual meeting is meant")
    answer(installation, upon("iom"), [CYCLE], AnswerKind.MORE_TIME, "short of staff", until=until)
    dismiss(installation, upon("unhcr"), "thanks alone")


def items(installation: Installation) -> dict[str, int]:
    """The numbers of the items, by whose they are."""
    with reading(installation.engine) as session:
        return {str(kept.fate.person): kept.item.id for kept in inbox(session) if kept.fate}


def letters_to(installation: Installation) -> dict[str, str]:
    with reading(installation.engine) as session:
        calls = [n for n in notices_of(session) if n.kind == "call-for-inputs" and n.cycle == CYCLE]
        return {notice.person: str(notice.letter) for notice in calls}


def told(installation: Installation, person: str) -> list[tuple[str, date]]:
    """What a person was sent about the meeting after their reply, and when it left."""
    with reading(installation.engine) as session:
        about = [n for n in notices_of(session) if n.cycle == CYCLE and n.person == person]
    left = [(n.kind, n.tried_at.date()) for n in about if n.tried_at and n.send_on >= WROTE]
    return sorted(left, key=lambda each: each[::-1])


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        # Who wrote is not chased for ten working days, and again after them, since nobody decided.
        ("undp", [("receipt", WROTE), ("reminder", HELD_UNTIL), ("last-reminder", LAST)]),
        ("ilo", [("receipt", WROTE)]),
        # Anybody could have written it: it keeps no reminder away, and no receipt says that it came.
        ("unicef", [("reminder", REMINDED), ("last-reminder", LAST)]),
        ("who", [("reminder", REMINDED), ("last-reminder", LAST)]),
        ("unfpa", [("receipt", WROTE), ("receipt", day("Thu 2027-10-14"))]),
        ("unhcr", [("receipt", WROTE), ("reminder", REMINDED), ("last-reminder", LAST)]),
    ],
)
def test_whoever_answered_is_not_chased_and_whoever_did_not_is(
    autumn: Installation, person: str, expected: list[tuple[str, date]]
):
    assert told(autumn, person) == expected


def test_the_officer_is_told_what_is_to_be_read_and_what_waits_for_a_reply(autumn: Installation):
    with reading(autumn.engine) as session:
        asked = [n.notice_key for n in notices_of(session) if n.kind == "for-decision" and n.cycle == CYCLE]
    assert sorted(key.split(":")[2] for key in asked) == [
        "answer-1-of-iom",
        "answer-1-of-undp",
        "answer-1-of-unfpa",
        "answer-1-of-unhcr",
        "answer-2-of-iom",
    ]


def test_no_letter_calls_anybody_silent_in_whose_name_something_came(autumn: Installation):
    with reading(autumn.engine) as session:
        [handed] = [n for n in notices_of(session) if n.kind == "hand-over" and n.cycle == CYCLE]
    owing = said_in(autumn, handed).partition("Previous messages")[0]
    arrived = "a message in their name arrived on 12 October 2027 and is being checked"
    for name, said in (
        ("UNDP", arrived),
        ("UNICEF", arrived),
        ("WHO", "no reply received"),
        ("UNHCR", "no reply received"),
    ):
        assert f"- {name} focal point: {said} - " in owing
    assert "ILO focal point" not in owing
    assert "UNFPA focal point" not in owing


def test_who_is_reminded_all_the_same_is_told_of_the_message_in_their_name(autumn: Installation):
    with reading(autumn.engine) as session:
        reminders = {n.person: n for n in notices_of(session) if n.kind == "reminder" and n.cycle == CYCLE}
    told = "A message in your name arrived on 12 October 2027 and is being checked."
    assert told in said_in(autumn, reminders["unicef"])
    assert told not in said_in(autumn, reminders["who"])


def said_in(installation: Installation, notice: Notice) -> str:
    with reading(installation.engine) as session:
        content = letter_of(session, str(notice.letter))
    assert content is not None
    body = message_from_bytes(content, EmailMessage, policy=default).get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def test_the_ledger_of_that_autumn_is_proved(autumn: Installation):
    with reading(autumn.engine) as session:
        proof = proof_of(session, autumn, WROTE, HANDED_OVER)
    assert [failure for failure in proof.failures if CYCLE in str(failure)] == []


def test_what_was_placed_counts_from_the_day_it_came(autumn: Installation):
    with reading(autumn.engine) as session:
        [sent] = [each for each in submissions_for(session, CYCLE) if each.person == "unfpa"]
        given = open_cycle_of(session, Intake(autumn, HANDED_OVER), CYCLE).inputs["unfpa"].answer
    assert (sent.title, sent.received_on, sent.recorded_by) == ("views.docx", WROTE, OFFICER)
    assert given is not None
    assert (given.kind, given.received_on) == (AnswerKind.DOCUMENT, WROTE)


def test_an_item_is_decided_once_and_what_cannot_be_is_refused_in_words(autumn: Installation):
    on, numbers = day("Wed 2027-11-10"), items(autumn)
    with reading(autumn.engine) as session:
        kept = find_item(session, numbers["undp"])
        assert text_of(opened(autumn, kept)[1]) == "Nous n’avons rien à ajouter."

    def by(person: str) -> Decision:
        return Decision(numbers[person], OFFICER, on, at(on))

    with pytest.raises(UndecidableItemError, match=r"was decided on 2027-10-13 by an officer \(answered\)"):
        dismiss(autumn, by("iom"), "once more")
    with pytest.raises(UndecidableItemError, match="has no document; to record what it answers"):
        place(autumn, by("undp"), [CYCLE], "it has none")
    with pytest.raises(RefusedFileError, match="until"):
        answer(autumn, by("undp"), [CYCLE], AnswerKind.MORE_TIME, "no day")
    answer(autumn, by("undp"), [CYCLE], AnswerKind.NIL_RETURN, "nothing to add")
    with reading(autumn.engine) as session:
        given = open_cycle_of(session, Intake(autumn, on), CYCLE).inputs["undp"]
    assert (given.answer.kind if given.answer else None, given.read_since) == (AnswerKind.NIL_RETURN, None)
