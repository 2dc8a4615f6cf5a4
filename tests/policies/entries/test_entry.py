"""What every entry has in common: no kind of fact takes a day that nobody plans or records."""

from datetime import date
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from policies.calendar.reach import FIRST_DAY, LAST_DAY
from policies.entries.checks import Known
from policies.entries.facts_file import ENTRIES
from policies.facts.facts import Facts
from tests.example_pack import PACK

FIELDS = [
    (kind, name)
    for kind, entry in ENTRIES.items()
    for name, field in entry.model_fields.items()
    if date in (field.annotation, *get_args(field.annotation))
]


def test_every_kind_with_a_day_is_asked():
    assert {"completion", "event", "answer", "term", "absence"} - {kind for kind, _ in FIELDS} == set()


@pytest.fixture(scope="module")
def known() -> Known:
    return Known(PACK, Facts(), date.max, {})


def refusals(kind: str, given: dict[str, Any], known: Known) -> dict[str, str]:
    """Return what is wrong with an entry, by the key that it is wrong with."""
    with pytest.raises(ValidationError) as refused:
        ENTRIES[kind].model_validate(given | {"no_such_key": 1}, context=known)
    return {str(each["loc"][0]): each["msg"] for each in refused.value.errors()}


@pytest.mark.parametrize(("kind", "name"), FIELDS)
@pytest.mark.parametrize("on", ["0001-01-01", "1899-12-31", "2201-01-01", "9999-12-31"])
def test_a_day_that_nobody_means_is_named_with_every_other_mistake(
    known: Known, kind: str, name: str, on: str
):
    said = refusals(kind, {name: date.fromisoformat(on)}, known)
    assert said[name] == "a day from 1900-01-01 to 2200-12-31"
    assert "no_such_key" in said


@pytest.mark.parametrize(("kind", "name"), FIELDS)
@pytest.mark.parametrize("on", [FIRST_DAY, LAST_DAY])
def test_the_first_and_the_last_day_are_taken(known: Known, kind: str, name: str, on: date):
    assert name not in refusals(kind, {name: on}, known)


def test_both_days_of_a_span_are_asked(known: Known):
    said = refusals("event", {"between": (FIRST_DAY, date.max)}, known)
    assert said["between"] == "a day from 1900-01-01 to 2200-12-31"
