"""Nothing is withdrawn from under what rests on it, in whatever record: of every kind of fact."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.enforcement.resting import cycle_of, resting_on
from policies.facts.decisions import Decision, Progress, Status
from policies.facts.facts import KINDS, Completion, Explanation
from policies.facts.kinds import Reference
from policies.facts.meetings import Confidentiality, Convening, Meeting, Paper, PaperKind
from policies.facts.membership import Joining, Leaving, Role
from policies.facts.resting import Numbered, Record, facts_of, without
from policies.membership.rolls import contradictions_in
from policies.recurrence.cycle_key import CycleKey
from tests.days import day
from tests.fuzzing import examples
from tests.policies.network import PACK

AS_OF = day("Mon 2026-11-23")
DAYS = [day("Mon 2026-03-02"), day("Tue 2026-06-09")]
NAMES = ["one", "two"]
# Cycles that follow from facts, by the names those facts go by here.
CYCLES = [
    *(f"{obligation}/{name}" for obligation in ("decision-follow-up", "way-forward") for name in NAMES),
    *(f"working-arrangements-review/since-{on}" for on in DAYS),
    *(f"fund-board-rotation/one-{on}" for on in DAYS),
]
OWN = {
    "cycle": st.sampled_from(CYCLES),
    "obligation": st.sampled_from(["working-arrangements-review", "decision-follow-up"]),
    "kind": st.sampled_from(["executive-committee-meeting", "annual-meeting"]),
    "seat": st.just("one"),
    "edition": st.just("2026"),
    "participants": st.just({}),
}
BODIES = {"Term": "fund-board-members", "Seat": "fund-board-members"}


def values(kind: type[Any], field: str, hint: Any) -> st.SearchStrategy[Any]:
    """What a field may hold: few names, so that facts meet."""
    if get_origin(hint) in (Union, UnionType):
        inner = next(each for each in get_args(hint) if each is not NoneType)
        return st.none() | values(kind, field, inner)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from([*hint])
    if field == "body" and kind.__name__ in BODIES:
        return st.just(BODIES[kind.__name__])
    of_type = {date: st.sampled_from(DAYS), bool: st.booleans(), str: st.sampled_from(NAMES)}
    return OWN.get(field, of_type.get(hint, st.just(("one", "two"))))


def facts(kind: type[Any]) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{each.name: values(kind, each.name, hints[each.name]) for each in fields(kind)})


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record in which every fact that another refers to is in force."""
    drawn = {name: draw(st.lists(facts(kind.fact), max_size=3)) for name, kind in KINDS.items()}
    record: Record = {name: dict(enumerate(found, 1)) for name, found in drawn.items()}
    while loose := {*dangling(record)}:
        for one in loose:
            record = without(record, one)
    return record


def dangling(record: Record) -> Iterator[Numbered]:
    """Yield every fact with a name in it that no fact in force goes by."""
    for name, kind in KINDS.items():
        for number, fact in record[name].items():
            for reference in kind.rests_on:
                used = tuple(getattr(fact, field) for field in reference.fields)
                there = {
                    tuple(getattr(each, field) for field in key)
                    for other, key in reference.carried_by.items()
                    for each in record[other].values()
                }
                if used not in there and None not in used and needed(reference):
                    yield Numbered(name, number)


def needed(reference: Reference) -> bool:
    """Whether a reference must name a fact: a body is mostly an actor, and a member no partner."""
    return reference.fields not in (("body",), ("body", "member")) or "joining" in reference.carried_by


def cycles(record: Record) -> dict[Numbered, str]:
    """Every fact that names a cycle which follows from the record."""
    known = facts_of(record)
    about = {
        Numbered(name, n): key
        for name, found in record.items()
        for n, fact in found.items()
        if (key := cycle_of(fact))
    }
    derived = {
        turn.cycle.key
        for obligation in {CycleKey.parse(key).obligation for key in about.values()}
        for turn in PACK.status(obligation, known, AS_OF).turns
    }
    return {each: key for each, key in about.items() if key in derived}


def contradictions(record: Record) -> set[Any]:
    return {each.fact for body in NAMES for each in contradictions_in(facts_of(record).rolls, body)}


def chosen(record: Record, data: st.DataObject) -> Numbered | None:
    there = [Numbered(name, number) for name, found in record.items() for number in found]
    return data.draw(st.sampled_from(there)) if there else None


@given(records(), st.data())
@settings(deadline=None, max_examples=examples(60))
def test_what_is_withdrawn_leaves_everything_that_is_referred_to_in_force(record, data):
    one = chosen(record, data)
    if one is None or resting_on(PACK, record, one, AS_OF):
        return
    left = without(record, one)
    assert list(dangling(left)) == []
    assert contradictions(left) <= contradictions(record)
    assert cycles(left).keys() == cycles(record).keys() - {one}


@given(records(), st.data())
@settings(deadline=None, max_examples=examples(60))
def test_whatever_is_named_can_be_withdrawn_first_and_then_the_fact_itself(record, data):
    one = chosen(record, data)
    steps = sum(map(len, record.values()))
    while one is not None and one.number in record[one.kind]:
        now = one
        while resting := resting_on(PACK, record, now, AS_OF):
            assert all(each != now and each.number in record[each.kind] for each in resting)
            now = resting[-1]
            steps -= 1
            assert steps >= -len(KINDS) * 10, "what rests on what goes round in a circle"
        record = without(record, now)


def decision(name: str) -> Decision:
    return Decision(name, DAYS[0], ("secretariat",), "as proposed", "the minutes")


EMPTY: dict[str, Mapping[int, Any]] = {name: {} for name in KINDS}


def test_a_decision_stays_under_the_membership_that_cites_it():
    joining = Joining("network-members", "unu", Role.MEMBER, DAYS[1], "the minutes", "one")
    record: Record = EMPTY | {"decision": {1: decision("one"), 2: decision("two")}, "joining": {1: joining}}
    assert resting_on(PACK, record, Numbered("decision", 1), AS_OF) == [Numbered("joining", 1)]
    assert resting_on(PACK, record, Numbered("decision", 2), AS_OF) == []


def test_what_is_said_twice_may_be_withdrawn_once():
    progress = Progress("one", DAYS[1], Status.DELAYED, "late")
    record: Record = EMPTY | {"decision": {1: decision("one"), 2: decision("one")}, "progress": {1: progress}}
    assert resting_on(PACK, record, Numbered("decision", 1), AS_OF) == []


def test_a_fact_stays_under_what_is_recorded_about_the_cycle_it_begins():
    why = Explanation("working-arrangements-review/since-2026-03-02", DAYS[1], "late")
    done = Completion("working-arrangements-review", DAYS[0], "a report")
    record: Record = EMPTY | {"completion": {7: done}, "explanation": {1: why}}
    assert resting_on(PACK, record, Numbered("completion", 7), AS_OF) == [Numbered("explanation", 1)]


def test_who_left_had_entered_before():
    joined = Joining("network-members", "unu", Role.MEMBER, DAYS[0], "the minutes")
    left = Leaving("network-members", "unu", DAYS[1], "the minutes")
    again = Joining("network-members", "unu", Role.MEMBER, DAYS[1], "the minutes")
    record: Record = EMPTY | {"joining": {1: joined, 2: again}, "leaving": {1: left}}
    assert resting_on(PACK, record, Numbered("joining", 1), AS_OF) == [Numbered("leaving", 1)]
    assert resting_on(PACK, record, Numbered("leaving", 1), AS_OF) == [Numbered("joining", 2)]
    assert resting_on(PACK, record, Numbered("joining", 2), AS_OF) == []


@pytest.mark.parametrize(
    ("kind", "resting"), [(PaperKind.MINUTES, [Numbered("paper", 1)]), (PaperKind.AGENDA, [])]
)
def test_only_what_is_written_after_a_meeting_needs_it_to_have_been_held(kind, resting):
    paper = Paper("one", kind, DAYS[1], "P/1", ("en",), Confidentiality.PUBLIC)
    held = Meeting("one", "annual-meeting", DAYS[0], "the meeting", "the minutes")
    called = Convening("one", "annual-meeting", DAYS[0], "the meeting", "a call")
    record: Record = EMPTY | {"meeting": {1: held}, "convening": {1: called}, "paper": {1: paper}}
    assert resting_on(PACK, record, Numbered("meeting", 1), AS_OF) == resting


def test_every_reference_is_to_fields_that_are_there():
    for kind in KINDS.values():
        assert is_dataclass(kind.fact)
        for reference in kind.rests_on:
            for field in reference.fields:
                assert hasattr(kind.fact, field)
            for other, key in reference.carried_by.items():
                assert {*key} <= {each.name for each in fields(KINDS[other].fact)}
                assert len(key) == len(reference.fields)


# Called like a kind, and the name of no fact: a seat is part of a body whether or not it was described, and a
# role is one of those there are.
NO_REFERENCES = {
    ("term", "seat"),
    ("seat", "seat"),
    *((kind, "role") for kind in ("joining", "role", "departure")),
}


def test_every_field_that_is_called_like_a_kind_is_a_reference_to_it():
    for name, kind in KINDS.items():
        declared = {field for reference in kind.rests_on for field in reference.fields}
        called = {each.name for each in fields(kind.fact)} & {*KINDS}
        assert {(name, field) for field in called - declared} <= NO_REFERENCES
