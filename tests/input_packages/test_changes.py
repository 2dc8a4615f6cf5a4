"""What is said to be otherwise in the next version of a package."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from input_packages.archive import facts_of
from input_packages.changes import changes_between
from input_packages.contents import Change, Contents
from tests.input_packages.examples import FULL


def facts(contents: Contents) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(facts_of(contents))
    return found


def test_news_of_a_decision_of_the_cycle_before_is_said():
    assert FULL.memory is not None
    [done, open_one] = FULL.memory.decided
    carried_out = replace(open_one, done_on=date(2026, 9, 1), evidence="note")
    later = replace(FULL, memory=replace(FULL.memory, decided=(done, carried_out)))
    assert changes_between(facts(FULL), facts(later)) == (Change(kind="decision", subject=open_one.id),)


def test_a_version_from_before_decisions_were_remembered_makes_no_news_of_them():
    before = facts(FULL)
    del before["memory"]["decided"]
    assert changes_between(before, facts(FULL)) == (Change(kind="rules", subject=""),)
