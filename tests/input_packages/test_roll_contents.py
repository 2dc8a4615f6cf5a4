"""What packages say of rolls: each group from its record, the difference of a roll, the lead of a review."""

import json
from dataclasses import replace

import pytest

from input_packages.archive import facts_of
from input_packages.blocks import Definitions
from input_packages.changes import changes_between
from input_packages.contents import Change, Contents
from input_packages.documents import document
from input_packages.roll_contents import (
    ChangeKind,
    GroupPart,
    Groups,
    Leading,
    Member,
    RollChange,
    RollChanges,
)
from input_packages.speech import plain
from tests.days import day
from tests.input_packages.examples import MEMBERS, REVIEW
from tests.input_packages.test_pages import text

ILO = Member("ilo", {"en": "International Labour Organization", "ar": "منظمة العمل الدولية"})
IOM, FAO, WHO = (Member(each) for each in ("iom", "fao", "who"))
GROUP = GroupPart(
    id="trade",
    title="Trade and migration",
    focus="tariffs",
    since=day("Wed 2025-01-01"),
    workplan="WP/2025/3",
    chairs=(ILO, IOM),
    members=(WHO,),
    partners=(),
    answered=False,
)
GROUPS = Groups(title={"en": "The working groups"}, asks={"en": "A decision on each."}, groups=(GROUP,))
ENTERED = RollChange(member=FAO, kind=ChangeKind.ENTERED, on=day("Mon 2026-03-02"), decision="ec-1")
LEFT = RollChange(member=WHO, kind=ChangeKind.LEFT, on=day("Tue 2026-09-01"), decision=None)
ROLL = RollChanges(
    body=MEMBERS,
    since=day("Mon 2025-12-15"),
    changes=(ENTERED, LEFT),
    members=(FAO, IOM),
    attested_on=day("Mon 2026-11-16"),
)
LEAD = Leading(name="A. Lead", decided_by="the Executive Committee", decided_on=day("Mon 2026-03-02"))


def recorded(contents: Contents) -> dict[str, str]:
    """Return what is said of the first group, by name."""
    section = next(each for each in document(contents, "en").sections if each.id == "groups")
    said = next(block for block in section.blocks if isinstance(block, Definitions))
    return {plain(named): plain(value) for named, value in said.rows}


def test_a_group_is_put_forward_with_what_its_record_says():
    words = text(replace(REVIEW, groups=GROUPS))
    assert "trade Trade and migration International Labour Organization and iom 1 January 2025 no" in words
    assert recorded(replace(REVIEW, groups=GROUPS)) == {
        "Focus": "tariffs",
        "Workplan": "WP/2025/3",
        "Chairs": "International Labour Organization and iom",
        "Members": "who",
        "Partners": "not recorded",
    }


def test_no_group_on_record_is_said_and_asked_for():
    words = text(replace(REVIEW, groups=replace(GROUPS, groups=())))
    assert "No working groups are on record" in words


def test_who_entered_and_left_is_listed_with_the_decision_behind_it():
    words = text(replace(REVIEW, roll=ROLL))
    assert "The list was certified as complete on 16 November 2026." in words
    assert "Changes since 15 December 2025:" in words
    assert "fao entered 2 March 2026 ec-1 who left 1 September 2026 not recorded" in words
    assert "Membership after those changes: fao and iom." in words


def test_a_roll_without_a_change_is_a_nil_return_and_one_that_nobody_vouches_for_says_so():
    words = text(replace(REVIEW, roll=replace(ROLL, since=None, changes=(), attested_on=None)))
    assert "No changes since the beginning of records (nil return)." in words
    assert "The completeness of this list has not been certified." in words


def test_the_lead_stands_beside_the_reviewers():
    words = text(replace(REVIEW, lead=LEAD))
    assert "A. Lead, as decided by the Executive Committee on 2 March 2026" in words


@pytest.mark.parametrize("language", ["ar", "fr", "es", "ru", "zh"])
def test_every_language_says_it_in_its_own_words(language):
    full, bare = (
        text(each, language) for each in (replace(REVIEW, groups=GROUPS, roll=ROLL, lead=LEAD), REVIEW)
    )
    assert "Who entered" not in full
    assert len(full) > len(bare) + 200


def facts(contents: Contents) -> dict[str, object]:
    found: dict[str, object] = json.loads(facts_of(contents))
    return found


def test_a_package_without_rolls_has_the_facts_it_had_before_there_were_any():
    assert {"groups", "roll", "lead"}.isdisjoint(facts(REVIEW))


def test_a_version_says_that_groups_rolls_and_leads_are_otherwise():
    before = facts(replace(REVIEW, groups=GROUPS, roll=ROLL))
    refocused = replace(GROUPS, groups=(replace(GROUP, focus="quotas"),))
    after = facts(replace(REVIEW, groups=refocused, roll=replace(ROLL, changes=(ENTERED,)), lead=LEAD))
    assert changes_between(before, after) == (
        Change(kind="group", subject="trade"),
        Change(kind="roll", subject=""),
        Change(kind="lead", subject="A. Lead"),
    )
    assert changes_between(facts(REVIEW), facts(REVIEW)) == ()
