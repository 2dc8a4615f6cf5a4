"""Replies as Outlook, Gmail and Apple Mail write them, in three languages, through a real mailbox."""

from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from itertools import product

import pytest
from pydantic import SecretStr

from records.database import reading
from records.inbox import Fate, Grade, Kept, inbox
from records.ledger.letters import letter_of
from records.submissions import submissions_for
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.collecting import collect
from tasks.inputs.mail.parts import parts_of
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tasks.operations.inbox import opened, written
from tests.days import day
from tests.installations import FACTS, TODAY, Listed, at, record
from tests.tasks.dovecot import dovecot
from tests.tasks.inputs.mails import CYCLE, letters_of
from tests.tasks.inputs.programs import PROGRAMS, replied
from tests.tasks.inputs.replies import OWN

CALLED, LEFT, WROTE = day("Fri 2027-10-08"), day("Mon 2027-10-11"), day("Tue 2027-10-12")
REPLIES = [*product(PROGRAMS, ("en", "fr", "ar"), (True, False))]


def called(program: str, language: str, document: bool) -> str:
    return f"{program.replace(' ', '-')}.{language}.{'document' if document else 'words'}".lower()


@pytest.fixture(scope="module")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("home")
    with (
        dovecot() as mailbox,
        open_installation(Settings(home=home, mailbox=SecretStr(mailbox.address))) as made,
    ):
        record(made, FACTS, TODAY)
        for on in (TODAY, CALLED, LEFT):
            enforce(made, on, at(on))
            dispatch(made, on, at(on), Listed().open_channels)
        own = letters_of(made).own
        with reading(made.engine) as session:
            content = letter_of(session, own)
        assert content is not None
        letter = parts_of(message_from_bytes(content)).text
        for program, language, document in REPLIES:
            name = called(program, language, document)
            content = replied(program, language, own, letter, name, document=document)
            mailbox.deliver(message_from_bytes(content, EmailMessage), WROTE)
        collect(made, WROTE, at(WROTE, 5))
        yield made


def item_of(installation: Installation, name: str) -> Kept:
    with reading(installation.engine) as session:
        found = {opened(installation, each)[0].id: each for each in inbox(session)}
    return found[f"<{name}@mail.example.org>"]


@pytest.mark.parametrize(("program", "language", "document"), REPLIES)
def test_each_has_its_fate_and_its_own_words_are_shown(
    autumn: Installation, program: str, language: str, document: bool
):
    name = called(program, language, document)
    kept = item_of(autumn, name)
    assert kept.fate is not None
    expected = Fate.TAKEN if document else Fate.NEEDS_A_PERSON
    assert (kept.fate.fate, kept.fate.grade, kept.fate.person) == (expected, Grade.SECRET, "ilo")
    with reading(autumn.engine) as session:
        sent = [each for each in submissions_for(session, CYCLE) if name in str(each.message)]
        own, quoted = written(session, *opened(autumn, kept))
    assert [each.accepted for each in sent] == ([True] if document else [])
    assert own.splitlines()[0] == OWN[language].splitlines()[0]
    assert quoted or program == "Apple Mail"
