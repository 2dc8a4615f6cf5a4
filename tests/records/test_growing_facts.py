"""Facts that are asked for again and again are those on record, whatever happened in between."""

import tomllib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policies.facts.facts import KINDS, Facts
from records.database import Session, reading, writing
from records.facts.facts import Completion, correct_fact, in_force, read_facts, record_fact
from records.growing_facts import GrowingFacts
from records.runs import ENFORCE, record_run
from tasks.installation.installation import Installation
from tests.every_kind import EVERY_KIND
from tests.fuzzing import examples
from tests.installations import TODAY, at, record, workplace_in
from tests.records.facts.test_facts import forum, review

NOW = at(TODAY)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path / "home") as opened:
        yield opened


def met(session: Session, day: int) -> None:
    record_fact(session, review(TODAY - timedelta(days=day), NOW))


def announced(session: Session, day: int) -> None:
    record_fact(session, forum(TODAY + timedelta(days=day), "tentative"))


def withdrawn(session: Session, day: int) -> None:
    rows = [*in_force(session, Completion)]
    if rows:
        correct_fact(session, "completion", rows[day % len(rows)].id, "a mistake", "an officer", NOW)


def enforced(session: Session, day: int) -> None:
    on = TODAY - timedelta(days=day)
    record_run(session, ENFORCE, on, NOW, {})


STEPS: list[Callable[[Session, int], None]] = [met, announced, withdrawn, enforced]


def on_record(installation: Installation) -> Facts:
    with reading(installation.engine) as session:
        return read_facts(session)


@settings(
    max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 300), st.booleans()), max_size=8))
def test_they_are_what_is_on_record_after_any_history(
    installation: Installation, steps: list[tuple[Callable[[Session, int], None], int, bool]]
):
    growing = GrowingFacts()
    for step, day, kept in steps:
        with writing(installation.engine, keep=kept) as session:
            assert growing.now(session) == on_record(installation)
            step(session, day)
            assert growing.now(session) == read_facts(session)
        with reading(installation.engine) as session:
            assert growing.now(session) == on_record(installation)


def test_they_grow_by_facts_of_every_kind(tmp_path: Path):
    growing = GrowingFacts()
    entries = tomllib.loads(EVERY_KIND)
    assert set(entries) == {kind.plural for kind in KINDS.values()}
    with workplace_in(tmp_path / "home", {}) as opened:
        with reading(opened.engine) as session:
            growing.now(session)
        record(opened, entries, TODAY)
        with reading(opened.engine) as session:
            grown = growing.now(session)
        assert grown == on_record(opened)
    assert [kind.name for kind in KINDS.values() if not grown.of(kind)] == []


def test_what_is_known_already_is_not_read_again(installation: Installation):
    growing = GrowingFacts()
    with reading(installation.engine) as session:
        first = growing.now(session)
        assert growing.now(session) is first
    with writing(installation.engine) as session:
        met(session, 301)
    with reading(installation.engine) as session:
        grown = growing.now(session)
    assert grown.who is first.who
    assert [*grown.completions][:-1] == [*first.completions]
