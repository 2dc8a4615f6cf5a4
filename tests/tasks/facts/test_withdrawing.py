"""A fact on which others rest is withdrawn after them, never before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from records.database import reading, writing
from records.facts.facts import UnknownFactError, read_facts
from tasks.facts.withdrawing import StillNeededError, withdraw_fact
from tasks.installation.workplace import Workplace
from tests.tasks.test_a_dispute import FAILED, MET, POSITIONS, PROPOSAL, SPLIT, step
from tests.workplaces import at, record, workplace_in


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    steps = [step("no-consensus", SPLIT), step("principals", MET)]
    with workplace_in(tmp_path, {}) as opened:
        record(opened, {"proposals": [PROPOSAL], "positions": POSITIONS[:1], "steps": steps}, FAILED)
        yield opened


def withdraw(workplace: Workplace, fact: str, number: int) -> None:
    with writing(workplace.engine) as session:
        withdraw_fact(session, workplace.pack, fact, number, "an error", "a test", at(FAILED), FAILED)


@pytest.mark.parametrize(
    ("fact", "resting"),
    [
        ("step", "step 2 rests on it; withdraw it first"),
        ("proposal", "position 1, step 1, step 2 rest on it; withdraw them first"),
        ("position", "step 1, step 2 rest on it; withdraw them first"),
    ],
)
def test_what_others_rest_on_is_kept_until_they_are_withdrawn(workplace, fact, resting):
    with pytest.raises(StillNeededError, match=f"^{fact} 1 cannot be withdrawn: {resting}$"):
        withdraw(workplace, fact, 1)


def test_the_last_step_is_withdrawn_and_then_the_one_before_it(workplace):
    for number in (2, 1):
        withdraw(workplace, "step", number)
    with reading(workplace.engine) as session:
        assert read_facts(session).steps == []


def test_what_is_not_on_record_is_told(workplace):
    with pytest.raises(UnknownFactError):
        withdraw(workplace, "step", 9)
