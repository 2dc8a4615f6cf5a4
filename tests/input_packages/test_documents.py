from dataclasses import replace

import pytest

from input_packages.contents import Asked, Edition
from input_packages.documents import document
from input_packages.sections.changes import KINDS
from input_packages.speech import Speech, plain
from tests.input_packages.examples import BARE, FULL, MEMBERS, REVIEW
from tests.input_packages.test_pages import text

ORDER = [
    *("cover", "changes", "memory", "questions", "parts", "provisions", "timetable", "asked", "consultation"),
    *("contributions", "history", "compliance", "decisions", "references", "missing"),
    *("provisions-in-other-languages", "files"),
]


def test_everything_stands_in_the_order_in_which_it_is_read():
    assert [section.id for section in document(FULL, "en").sections] == ORDER


def test_what_has_nothing_to_say_is_left_out():
    left_out = {"changes", "questions", "parts", "consultation", "compliance", "references"}
    left_out.add("provisions-in-other-languages")
    assert [section.id for section in document(BARE, "en").sections] == [
        x for x in ORDER if x not in left_out
    ]


def test_both_languages_have_the_same_sections_and_no_title_in_common():
    english, arabic = document(FULL, "en").sections, document(FULL, "ar").sections
    assert [s.id for s in english] == [s.id for s in arabic]
    assert {s.title for s in english}.isdisjoint({s.title for s in arabic})


def test_a_package_is_a_draft_until_somebody_has_released_it():
    assert plain(document(REVIEW, "en").edition) == "Draft, version 1"
    released = "Version 3, released by A. Officer on 11 September 2026"
    assert plain(document(FULL, "en").edition) == released


def test_it_opens_with_what_happened_last_time():
    words = text(FULL)
    assert "its inputs were due on 15 August 2022" in words
    assert "ILO focal point answered on 5 September 2022, after the day on which inputs were due" in words
    assert "No reply received IOM focal point" in words
    assert "Inputs not received Self-assessment of each working group" in words


def test_the_consultation_says_who_was_left_out_and_that_silence_is_no_consent():
    words = text(FULL)
    assert "1 of 3 have not been invited; the text requires that all be consulted." in words
    assert (
        "Entities that did not reply are recorded as consulted; silence is not taken as agreement." in words
    )
    invited = replace(FULL, asked=tuple(replace(a, asked_on=FULL.opens_on) for a in FULL.asked))
    assert "All 3 whom the text requires to be consulted were invited." in text(invited)


def test_what_is_missing_says_who_owes_it():
    assert "Network members 1 of 2 have answered IOM focal point" in text(FULL)


def test_every_working_group_has_its_part_or_it_is_said_that_none_is_recorded():
    assert FULL.parts is not None
    assert "Its own contributions: annex 1" in text(FULL)
    assert "No working groups are on record" in text(replace(FULL, parts=replace(FULL.parts, seats=())))


def test_decisions_come_with_whether_they_were_carried_out():
    assert "EC-2022-7" in text(FULL)
    assert "6 March 2023" in text(FULL)
    undone = replace(FULL.decisions[0], done_on=None, evidence=None)
    assert "nothing recorded" in text(replace(FULL, decisions=(undone,)))


def test_a_warning_stands_on_the_cover():
    assert (
        "The Coordinator chairs the body under review."
        in text(FULL).partition("The cycle before this one")[0]
    )


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_kind_of_change_has_a_sentence_of_its_own(language):
    [changes] = [section for section in document(FULL, language).sections if section.id == "changes"]
    [bullets] = changes.blocks
    assert len({plain(item[0]) for item in bullets.items}) == len(KINDS)  # type: ignore[union-attr]  # bullets


@pytest.mark.parametrize("kind", ["document", "nil-return", "refusal", "dispute", "more-time", "not-me"])
def test_every_kind_of_answer_is_said_with_its_detail(kind):
    one = Asked(
        person="x",
        name="X",
        actor=MEMBERS,
        asked_on=None,
        answered_on=FULL.due_on,
        answer=kind,
        detail="because",
    )
    assert "because" in text(replace(REVIEW, asked=(one,)))


def test_figures_name_what_they_count_and_as_of_when():
    words = text(FULL)
    assert "from the facts recorded up to the instant on the cover note" in words
    assert "In time: met on or before the due date." in words


def test_a_draft_without_changes_says_nothing_of_changes():
    assert "What changed" not in text(replace(FULL, edition=Edition(version=1)))


def test_a_sentence_keeps_what_it_isolates_apart():
    runs = Speech("ar").isolated("قبل \u2068WGR-4\u2069 بعد")
    assert [(run.text, run.direction) for run in runs] == [("قبل ", None), ("WGR-4", "ltr"), (" بعد", None)]
