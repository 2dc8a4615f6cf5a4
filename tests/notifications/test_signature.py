"""What goes to the Secretary-General or to Principals is a note in due form, which the secretariat signs."""

from dataclasses import replace

import pytest

from notifications.messages import Message
from notifications.signature import Addressee, for_signature
from policies.people.directory import Recipient
from policies.plans.notices import NoticeKind
from tests.golden import GOLDEN, assert_golden
from tests.notifications.contents import BY_THE_SECRETARY_GENERAL, NOTICES, REVIEW, day

OFFICER = Recipient("secretariat", "Network Secretariat", "secretariat@example.org", "en")
OFFICE = Addressee("Executive Office of the Secretary-General", "en")
LANGUAGES = ("en", "ar", "fr", "es", "ru", "zh")
DRAFTED = {
    kind: NOTICES[kind]
    for kind in ("package-ready", "referral", "way-forward", "reminder", "call-for-inputs")
} | {
    "overdue": (replace(BY_THE_SECRETARY_GENERAL, kind=NoticeKind.OVERDUE, about="due"), "Mon 2026-11-23"),
    "completed": NOTICES["receipt"],
    "undated": (replace(REVIEW, due_on=None, about="due", steps=()), "Mon 2026-11-23"),
}


def drafted(kind: str, language: str = "en") -> Message:
    content, written = DRAFTED[kind]
    return for_signature(content, replace(OFFICE, language=language), OFFICER, day(written))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notes_are_those_that_people_have_read(language):
    texts = [f"{kind}\n{drafted(kind, language).text}" for kind in DRAFTED]
    assert_golden(GOLDEN / "messages" / f"notes.{language}.txt", "\n".join(texts))


@pytest.mark.parametrize("kind", DRAFTED)
def test_a_note_asks_no_head_of_entity_to_complete_anything(kind):
    note = drafted(kind).text.partition("-" * 72)[2]
    said = " ".join(note.split())
    assert "presents its compliments to the Executive Office of the Secretary-General" in said
    assert "assurances of its highest consideration" in said
    assert [word for word in ("overdue", "Please", "late", "breach", "days ago") if word in note] == []


@pytest.mark.parametrize("kind", DRAFTED)
def test_a_note_ends_before_our_own_footer_and_holds_nothing_of_it(kind):
    _, note, footer = drafted(kind).text.split("-" * 72)
    assert "reply to this message" not in note
    assert footer.startswith("\n\n--\nUnited Nations Network on Migration.")


@pytest.mark.parametrize("kind", ["reminder", "overdue", "undated"])
def test_a_note_about_a_date_says_courteously_what_it_is_for(kind):
    note = " ".join(drafted(kind).text.split())
    assert "would be grateful to be informed of the day on which its completion may be expected" in note


def test_a_note_about_a_change_of_date_gives_the_new_one():
    content, written = NOTICES["change-of-date"]
    note = " ".join(for_signature(content, OFFICE, OFFICER, day(written)).text.split())
    assert "the date set for the “Review of the working groups” is now 1 July 2031." in note


def test_the_secretariat_reads_what_it_is_to_do_in_its_own_language():
    message = drafted("package-ready", "fr")
    handling, _, note = message.text.partition("-" * 72)
    assert "This is a draft for signature" in handling
    assert "présente ses compliments" in " ".join(note.split())
    assert message.subject.startswith("Draft for signature: ")
    assert '<table role="presentation" lang="fr" dir="ltr"' in message.html
    assert '<table role="presentation" lang="ar" dir="rtl"' in drafted("package-ready", "ar").html
