"""Files of the drop folder in the inbox: each is an item once, and what has no place can be given one."""

import zlib

import pytest

from policies.facts.answers import AnswerKind
from records.database import reading
from records.facts.facts import read_facts
from records.inbox import inbox
from records.submissions import submissions_for
from tasks.installation.installation import Installation
from tasks.operations import inbox as deciding
from tasks.operations.inbox import Decision, UndecidableItemError
from tests.installations import TODAY, at
from tests.tasks.inputs.drops import GROUPS, ILO, MACROS, dropped, folded, waiting

WRONG = "working-group-review/1999/ilo/views.txt"


def items(installation: Installation) -> list[tuple[str, str, str | None, bool]]:
    """Return of each item its fate, how well it is known, whose it is, and whether its bytes are with it."""
    with reading(installation.engine) as session:
        return [
            (kept.fate.fate, kept.fate.grade, kept.fate.person, kept.item.content is not None)
            for kept in inbox(session)
            if kept.fate
        ]


def test_each_file_that_was_read_is_an_item_with_its_fate(installation):
    dropped(installation, f"{ILO}/views.txt", b"views")
    dropped(installation, f"{ILO}/macros.docm", MACROS)
    folded(installation)
    assert sorted(items(installation)) == [
        ("refused", "own-folder", "ilo", False),
        ("taken", "own-folder", "ilo", False),
    ]


@pytest.mark.parametrize(
    ("where", "item"),
    [
        (WRONG, ("needs-a-person", "own-folder", "ilo", True)),
        (f"{ILO}/poems/a.txt", ("needs-a-person", "own-folder", "ilo", True)),
        (f"{GROUPS}/unknown/a.txt", ("needs-a-person", "own-folder", None, True)),
        ("working-group-review/1999/unknown/a.txt", ("refused", "nobody", None, False)),
        ("loose.txt", ("refused", "nobody", None, False)),
    ],
)
def test_a_file_without_a_place_stays_and_is_an_item_once(where, item, installation):
    dropped(installation, where, b"views")
    for hour in (8, 9):
        folded(installation, hour)
    assert items(installation) == [item]
    assert waiting(installation) == [where]


def test_of_a_strangers_file_the_hash_the_folder_and_the_day_are_kept(installation):
    dropped(installation, "a/b/c/views.txt", b"views")
    folded(installation)
    with reading(installation.engine) as session:
        [kept] = inbox(session)
        item = kept.item
        assert (item.sender, item.stranger, item.subject, item.content) == (None, "a/b/c", None, None)
        assert (item.received_on, item.size, len(item.sha256)) == (TODAY, 5, 64)


def test_whoever_put_a_file_into_a_wrong_folder_is_not_called_silent_and_an_officer_places_it(installation):
    dropped(installation, WRONG, b"views")
    folded(installation)
    with reading(installation.engine) as session:
        [kept] = inbox(session)
        held = [each for each in read_facts(session).answers_to(GROUPS) if each.person == "ilo"]
        assert zlib.decompress(kept.item.content or b"") == b"views"
    assert [each.kind for each in held] == [AnswerKind.MESSAGE]
    decision = Decision(kept.item.id, "A. Officer", TODAY, at(TODAY, 10))
    [outcome] = deciding.place(installation, decision, [GROUPS], "2026 is meant")
    assert (outcome.title, outcome.accepted) == ("views.txt", True)
    with reading(installation.engine) as session:
        [row] = submissions_for(session, GROUPS)
        assert (row.person, row.way, row.title) == ("ilo", "folder", "views.txt")
    assert items(installation)[0][0] == "taken"


def test_what_was_taken_lies_among_the_inputs_and_not_with_its_item(installation):
    dropped(installation, f"{ILO}/views.txt", b"views")
    folded(installation)
    decision = Decision(1, "A. Officer", TODAY, at(TODAY, 10))
    with pytest.raises(UndecidableItemError, match="was decided"):
        deciding.place(installation, decision, [GROUPS], "again")
