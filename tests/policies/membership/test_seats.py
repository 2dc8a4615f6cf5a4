"""A seat has one holder at a time, and says what nobody has recorded of it."""

from dataclasses import replace
from datetime import date, timedelta

from policies.facts.membership import Seat
from policies.facts.terms import Term
from policies.membership.seats import overlap, seats_on
from tests.days import day

S = "the minutes"
START, LATER, LAST = day("Wed 2025-01-01"), day("Sun 2025-06-01"), day("Thu 2026-01-01")


def test_a_seat_has_its_constituency_and_its_holder_or_says_that_nobody_recorded_them():
    terms = [
        Term("board", "donors-1", "a donor", START, S, LATER),
        Term("board", "donors-1", "another", LATER + timedelta(1), S),
        Term("board", "others-1", "a city", START, S),
    ]
    seats = [Seat("board", "donors-1", "donors", START, S), Seat("board", "donors-2", "donors", START, S)]

    def held(on: date) -> list[tuple[str, str | None, str | None]]:
        found = seats_on(seats, terms, "board", on)
        return [(each.seat, each.constituency, each.term.holder if each.term else None) for each in found]

    others = [("donors-2", "donors", None), ("others-1", None, "a city")]
    assert held(LATER) == [("donors-1", "donors", "a donor"), *others]
    assert held(LATER + timedelta(1)) == [("donors-1", "donors", "another"), *others]


def test_two_terms_overlap_when_both_run_on_a_day():
    first = Term("board", "one", "a donor", START, S, LATER)
    for other, both in (
        (replace(first, holder="another"), True),
        (replace(first, starts_on=LATER, ends_on=None), True),
        (replace(first, starts_on=START - timedelta(9), ends_on=START), True),
        (replace(first, starts_on=LATER + timedelta(1), ends_on=LAST), False),
        (replace(first, seat="two"), False),
        (first, False),
    ):
        assert (overlap(first, other), overlap(other, first)) == (both, both)
