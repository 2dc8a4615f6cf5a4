"""A fact on which others rest is withdrawn after them, never before."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from policies.facts.facts import KINDS
from records.database import reading, writing
from records.facts.facts import UnknownFactError, facts_by_number, read_facts
from tasks.facts.importing import take
from tasks.facts.withdrawing import StillNeededError, withdraw_fact
from tasks.installation.installation import Installation
from tests.every_kind import EVERY_KIND
from tests.installations import FACTS, TODAY, at, record, workplace_in
from tests.stories.test_a_dispute import FAILED, MET, POSITIONS, PROPOSAL, SPLIT, step


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    steps = [step("no-consensus", SPLIT), step("principals", MET)]
    with workplace_in(tmp_path, {}) as opened:
        record(opened, {"proposals": [PROPOSAL], "positions": POSITIONS[:1], "steps": steps}, FAILED)
        yield opened


def withdraw(installation: Installation, fact: str, number: int) -> None:
    with writing(installation.engine) as session:
        withdraw_fact(session, installation.pack, fact, number, "an error", "a test", at(FAILED), FAILED)


@pytest.mark.parametrize(
    ("fact", "resting"),
    [
        ("step", "step 2 rests on it; withdraw it first"),
        ("proposal", "position 1, step 1, step 2 rest on it; withdraw them first"),
        ("position", "step 1, step 2 rest on it; withdraw them first"),
    ],
)
def test_what_others_rest_on_is_kept_until_they_are_withdrawn(installation, fact, resting):
    with pytest.raises(StillNeededError, match=f"^{fact} 1 cannot be withdrawn: {resting}$"):
        withdraw(installation, fact, 1)


def test_the_last_step_is_withdrawn_and_then_the_one_before_it(installation):
    for number in (2, 1):
        withdraw(installation, "step", number)
    with reading(installation.engine) as session:
        assert read_facts(session).steps == []


def test_what_is_not_on_record_is_told(installation):
    with pytest.raises(UnknownFactError):
        withdraw(installation, "step", 9)


def test_a_fact_of_every_kind_is_withdrawn_after_what_rests_on_it_and_recorded_again_as_the_answer_says(
    tmp_path: Path,
):
    """Each goes only when nothing rests on it any more; then all come back, the last to go the first."""
    with workplace_in(tmp_path, {}) as opened:
        with reading(opened.engine) as session:
            begun = facts_by_number(session)
        record(opened, tomllib.loads(EVERY_KIND), TODAY)
        with reading(opened.engine) as session:
            before, there = read_facts(session), facts_by_number(session)
        assert all(there.values())
        waiting = [(k, number) for k, found in there.items() for number in found if number not in begun[k]]
        undone: list[str] = []
        while waiting:
            kind, number = waiting.pop(0)
            try:
                with writing(opened.engine) as session:
                    asked = (session, opened.pack, kind, number, "an error", "a test", at(TODAY), TODAY)
                    undone.append(withdraw_fact(*asked).entry)
            except StillNeededError as needed:
                resting = str(needed).partition(": ")[2].partition(" rest")[0].split(", ")
                assert {tuple(each.split(" ")) for each in resting} <= {(k, str(n)) for k, n in waiting}
                waiting.append((kind, number))
        with reading(opened.engine) as session:
            assert facts_by_number(session) == begun
        for entry in reversed(undone):
            take(opened, tomllib.loads(entry), tmp_path / "again.toml", "a test", at(TODAY), TODAY)
        with reading(opened.engine) as session:
            again = read_facts(session)
    for each in KINDS.values():
        assert sorted(map(repr, again.of(each))) == sorted(map(repr, before.of(each)))


def test_what_was_found_in_public_is_recorded_again_as_such(tmp_path: Path):
    found = {"partial": True, "completions": FACTS["completions"][:1]}
    with workplace_in(tmp_path, found) as opened:  # type: ignore[arg-type]  # with the mark of the whole file
        with writing(opened.engine) as session:
            asked = (session, opened.pack, "completion", 1, "an error", "a test", at(TODAY), TODAY)
            entry = withdraw_fact(*asked).entry
        take(opened, tomllib.loads(entry), tmp_path / "again.toml", "a test", at(TODAY), TODAY)
        with reading(opened.engine) as session:
            assert [each.partial for each in read_facts(session).completions] == [True]
