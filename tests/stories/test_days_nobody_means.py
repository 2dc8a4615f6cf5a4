"""Days that nobody means, in a record of an earlier version: all else goes on, and each can be withdrawn."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from records.chain.audit import breaks
from records.database import reading, writing
from records.facts.facts import KINDS, in_force, read_facts
from records.marks import mark
from tasks.calendar.calendar import calendar_between
from tasks.dispatch.forecast import forecast
from tasks.enforcement.enforcement import enforce
from tasks.facts.withdrawing import withdraw_fact
from tasks.installation.installation import Installation
from tasks.rules.what_if import what_if_withdrawn
from tasks.status.open_items import open_items
from tasks.status.overview import SnapshotKey, overview
from tests.every_kind import EVERY_KIND
from tests.installations import TODAY, at, record, workplace_in

EXTREMES = (date.min, date.max)
AT_ONCE = 10  # facts between two looks at everything, of which each takes a while


def with_another_day(facts: Mapping[str, list[Any]], day: date) -> Iterator[tuple[str, Any]]:
    """Yield a fact of every kind once for each date in it, with that one replaced."""
    for name, (fact, *_) in facts.items():
        for field in fields(fact):
            if isinstance(getattr(fact, field.name), date):
                yield name, replace(fact, **{field.name: day})


@pytest.mark.parametrize("day", EXTREMES, ids=str)
def test_one_day_that_nobody_means_stops_nothing_and_can_be_withdrawn(tmp_path: Path, day: date):
    with workplace_in(tmp_path) as installation:
        record(installation, tomllib.loads(EVERY_KIND), TODAY)
        with reading(installation.engine) as session:
            examples = {
                name: [table.fact_of(row) for row in in_force(session, table)]
                for name, table in KINDS.items()
            }
        facts = list(with_another_day(examples, day))
        for first in range(0, len(facts), AT_ONCE):
            added = [
                added_by_an_earlier_version(installation, *fact) for fact in facts[first : first + AT_ONCE]
            ]
            everything(installation)
            for kind, number in reversed(added):
                withdrawn(installation, kind, number)
        with reading(installation.engine) as session:
            assert list(breaks(session)) == []


def added_by_an_earlier_version(installation: Installation, kind: str, fact: Any) -> tuple[str, int]:
    with writing(installation.engine) as session:
        row = KINDS[kind].keeping(fact, "an earlier version", at(TODAY))
        session.add(row)
        session.flush()
        return kind, row.id


def everything(installation: Installation) -> None:
    """Do and show what a day has: decide, forecast, list, show."""
    enforce(installation, TODAY, at(TODAY))
    forecast(installation, TODAY, TODAY + timedelta(days=1), at(TODAY))
    with reading(installation.engine) as session:
        facts = read_facts(session)
        calendar_between(installation.pack, facts, TODAY, TODAY, TODAY + timedelta(days=730))
        overview(installation.pack, facts, SnapshotKey(TODAY, mark(session)))
        open_items(session, installation, TODAY)


def withdrawn(installation: Installation, kind: str, number: int) -> None:
    what_if_withdrawn(installation, kind, number, at(TODAY), TODAY)
    with writing(installation.engine) as session:
        withdraw_fact(session, installation.pack, kind, number, "a slip", "an officer", at(TODAY), TODAY)
