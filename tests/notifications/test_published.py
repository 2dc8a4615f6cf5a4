"""What an entry says, as plain data: compared, kept, taken back, and fit for every calendar."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from notifications.published import (
    Certain,
    EntryContent,
    Which,
    contents_of,
    digest,
    line,
    plain,
    uid,
)
from tests.days import day
from tests.notifications.contents import GROUPS, REVIEW

SENDER = "mandates@network.example.org"
DUE = EntryContent(
    cycle="annual-meeting/2026",
    which=Which.DUE,
    on=day("Thu 2026-12-31"),
    summary="Due date: annual meeting",
    description="REV-3",
    language="en",
    status=Certain.CONFIRMED,
    warnings=(30, 7),
    category="annual-meeting",
)


@pytest.mark.parametrize("which", Which)
def test_an_entry_keeps_the_name_it_had_before_names_were_kept(which):
    assert uid("annual-meeting/2026", which, "network.example.org") == (
        f"{which}.annual-meeting.2026@network.example.org"
    )


def test_what_is_kept_of_an_entry_is_the_entry():
    assert EntryContent.from_json(DUE.as_json) == DUE
    assert EntryContent.from_json(replace(DUE, organizer=SENDER).as_json).organizer == SENDER


@pytest.mark.parametrize(
    "change",
    [
        {"on": day("Fri 2027-01-01")},
        {"summary": "Due date: another"},
        {"description": "REV-4"},
        {"language": "fr"},
        {"status": Certain.TENTATIVE},
        {"warnings": (7,)},
        {"category": None},
        {"organizer": SENDER},
    ],
)
def test_whatever_an_entry_says_otherwise_makes_it_another(change: dict[str, Any]):
    assert digest(replace(DUE, **change).as_json) != digest(DUE.as_json)
    assert digest(replace(DUE).as_json) == digest(DUE.as_json)


@pytest.mark.parametrize(
    ("on", "left"),
    [("Tue 2026-12-01", (30, 7)), ("Wed 2026-12-02", (7,)), ("Thu 2026-12-24", (7,)), ("Fri 2026-12-25", ())],
)
def test_nobody_is_reminded_on_a_day_that_has_passed(on, left):
    assert DUE.warning_from(day(on)).warnings == left


@pytest.mark.parametrize(
    ("met", "title"),
    [
        (False, "Cancelled: Due date: annual meeting"),
        (True, "Cancelled (completed): Due date: annual meeting"),
    ],
)
def test_what_is_taken_back_says_so_in_its_title_and_why_in_its_text(met, title):
    gone = DUE.cancelled("It was completed.", met=met)
    assert (gone.status, gone.summary, gone.warnings) == (Certain.CANCELLED, title, ())
    assert gone.description == "It was completed.\nREV-3"
    assert gone.cancelled("for another reason") == gone  # it is not taken back twice


def test_a_met_duty_says_that_it_is_met_and_reminds_nobody():
    met = replace(DUE, status=Certain.TENTATIVE).completed("It was completed on 5 November 2026.")
    assert (met.status, met.summary, met.warnings) == (
        Certain.CONFIRMED,
        "Completed: Due date: annual meeting",
        (),
    )
    assert met.description.startswith("It was completed on 5 November 2026.\n")


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            "Word’s\vline\fends\r\nand\rothers\u2028here\u0085too",
            "Word’s\nline\nends\nand\nothers\nhere\ntoo",
        ),
        ("\x00nothing\x07 that\x1b\x7f\x9f rings", "nothing that rings"),
        ("half a \ud83d sign", "half a  sign"),
        ("\u2068of\u2069 either direction", "of either direction"),
        ("a\ttab, а также русский, والعربية", "a\ttab, а также русский, والعربية"),
    ],
)
def test_no_text_holds_what_a_calendar_must_not(words, shown):
    assert plain(words) == shown


def test_a_title_is_one_line():
    assert line("Review\vof the\r\n  arrangements ") == "Review of the arrangements"


def test_a_notice_has_an_entry_for_each_of_its_dates():
    both = replace(GROUPS, due_on=date(2031, 7, 1))
    found = {each.which: each for each in contents_of(both, "en", SENDER)}
    assert {which: each.on for which, each in found.items()} == {
        Which.DUE: date(2031, 7, 1),
        Which.TARGET: date(2031, 5, 10),
        Which.INPUTS_DUE: date(2031, 2, 17),
    }
    assert {each.status for each in found.values()} == {Certain.TENTATIVE}
    assert {each.organizer for each in found.values()} == {SENDER}


def test_what_has_no_date_has_no_entry():
    assert not list(contents_of(replace(GROUPS, target_on=None, inputs_due_on=None), "en", SENDER))


@pytest.mark.parametrize(
    ("language", "summary"),
    [("ar", "الموعد النهائي: استعراض ترتيبات العمل"), ("xx", "Due date: Review of the working arrangements")],
)
def test_an_entry_is_in_the_language_asked_for_or_in_english(language, summary):
    [due, *_] = contents_of(REVIEW, language, SENDER)
    assert due.summary == summary
