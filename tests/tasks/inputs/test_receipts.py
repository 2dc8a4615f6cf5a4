"""Each answer has its receipt, and what could not be taken is sent back in words to whoever sent it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.database import reading
from records.ledger.notices import notices_of
from tasks.dispatch.messages import words_of
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.input_packages.files import OLE, repacked, word
from tests.installations import TODAY, at, record, workplace_in
from tests.tasks.sent import sent

GROUPS = "working-group-review/2026"
BAD = repacked(word(), {"word/vbaProject.bin": OLE})


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def receipts(installation: Installation, person: str = "ilo") -> dict[str, str]:
    """Return the words of a person's receipts about the review, by their scheduled notice."""
    with reading(installation.engine) as session:
        return {
            notice.rung: " ".join(words_of(session, installation, notice, TODAY, at(TODAY, 12)).text.split())
            for notice in notices_of(session)
            if (notice.kind, notice.cycle, notice.person) == ("receipt", GROUPS, person)
        }


def test_what_is_taken_is_confirmed_at_once_and_once(installation):
    sent(installation, GROUPS, "ilo", {"views.docx": word()}, TODAY)
    before = receipts(installation)
    assert list(before) == ["answer-1"]
    assert "receipt of your input to the “Review of the working groups”." in before["answer-1"]
    assert "views.docx: accepted" in before["answer-1"]
    assert "no further reminders will be sent." in before["answer-1"]
    enforce(installation, TODAY, at(TODAY, 9))
    assert receipts(installation) == before


def test_who_sends_only_what_is_refused_is_told_why_and_once_a_day(installation):
    for hour in (8, 9):
        sent(installation, GROUPS, "ilo", {"views.docx": BAD}, TODAY, hour=hour)
    [(name, text)] = receipts(installation).items()
    assert name.startswith("refused-")
    assert name.endswith(f"-{TODAY}")
    assert "Please resubmit the files listed below; the reason is given for each." in text
    assert "views.docx: The file contains macros." in text
    assert "is still awaited" in text
    sent(installation, GROUPS, "ilo", {"views.docx": word()}, TODAY, hour=10)
    assert set(receipts(installation)) == {name, "answer-1"}


def test_one_bad_file_among_good_ones_is_asked_for_again(installation):
    sent(installation, GROUPS, "ilo", {"a.docx": word(), "b.docx": BAD}, TODAY)
    text = receipts(installation)["answer-1"]
    assert "a.docx: accepted" in text
    assert "b.docx: The file contains macros." in text
    assert "Please resubmit the files that could not be accepted" in text


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("nil-return", {}, "to the “Review of the working groups”: nothing to report."),
        (
            "refusal",
            {"reason": "no mandate"},
            "The secretariat will reply to you; reminders are suspended until then.",
        ),
        (
            "more-time",
            {"reason": "leave", "until": "2026-12-11"},
            "to the “Review of the working groups”: asks for more time.",
        ),
        ("not-me", {"instead": "who"}, "to the “Review of the working groups”: names somebody else."),
    ],
)
def test_an_answer_that_a_person_records_has_its_receipt_with_the_next_enforcement(
    installation, kind, more, words
):
    fact = {"cycle": GROUPS, "person": "ilo", "kind": kind, "received_on": TODAY, "source": "a letter"}
    record(installation, {"answers": [fact | more]}, TODAY)
    for hour in (9, 10):
        enforce(installation, TODAY, at(TODAY, hour))
    found = receipts(installation)
    assert list(found) == ["answer-1"]
    assert "receipt of your reply to the request for input" in found["answer-1"]
    assert words in found["answer-1"]


def test_somebody_nobody_asked_gets_no_receipt(installation):
    sent(installation, GROUPS, "secretariat", {"record.docx": word()}, TODAY, item="groups-record")
    assert receipts(installation, "secretariat") == {}
