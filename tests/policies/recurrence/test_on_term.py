from policies.calendar.counting import Unit
from policies.facts.facts import Completion, Facts
from policies.facts.terms import Term
from policies.recurrence.cycles import Anchor, AnchorKind, Basis, Cycle, Reckoning
from policies.recurrence.on_term import OnTerm
from policies.recurrence.question import Question
from tests.days import day
from tests.policies.asking import OBLIGATION, SOURCE, done, lines

CLOCK = OnTerm(
    kind="on-term",
    body="board",
    days_before=0,
    target_days_before=60,
    target_source="house-practice",
    source=SOURCE,
)


def term(seat: str, first: str, last: str | None, body: str = "board") -> Term:
    return Term(body, seat, "a country", day(first), "the roster", day(last) if last else None)


def asked(*facts: Term | Completion, until: str = "Thu 2026-12-31") -> list[Cycle]:
    known = Facts(
        terms=[fact for fact in facts if isinstance(fact, Term)],
        completions=[fact for fact in facts if isinstance(fact, Completion)],
    )
    return CLOCK.cycles(Question(OBLIGATION, known, day(until), day("Wed 2018-12-19")))


def test_a_seat_passes_on_when_its_term_ends_and_we_mean_to_know_to_whom_sixty_days_before():
    (cycle,) = asked(term("donors-1", "Wed 2025-01-01", "Thu 2026-12-31"))
    assert lines([cycle]) == ["donors-1-2025-01-01: target Sun 2026-11-01 | due Thu 2026-12-31"]
    assert cycle.target is not None
    assert (cycle.target.basis, cycle.target.anchor.kind) == (Basis.HOUSE_PRACTICE, AnchorKind.TERM_END)


def test_a_term_whose_last_day_nobody_recorded_has_no_date():
    assert lines(asked(term("donors-1", "Wed 2025-01-01", None))) == [
        "donors-1-2025-01-01: unknown the last day of the term donors-1-2025-01-01"
    ]


def test_with_no_term_on_record_it_is_unknown_and_never_guessed():
    assert lines(asked()) == ["first: unknown the terms of office of board"]


def test_terms_of_another_body_do_not_count():
    elsewhere = term("chair", "Wed 2025-01-01", "Thu 2026-12-31", body="committee")
    assert [cycle.name for cycle in asked(elsewhere)] == ["first"]


def test_each_seat_is_met_by_the_completion_that_names_its_term():
    cycles = asked(
        term("donors-1", "Wed 2025-01-01", "Thu 2026-12-31"),
        term("donors-2", "Wed 2025-01-01", "Tue 2026-06-30"),
        done("Mon 2026-06-01", "donors-2-2025-01-01"),
    )
    assert lines(cycles) == [
        "donors-2-2025-01-01: target Fri 2026-05-01 | due Tue 2026-06-30 | met Mon 2026-06-01",
        "donors-1-2025-01-01: target Sun 2026-11-01 | due Thu 2026-12-31",
    ]


def test_a_term_has_the_same_name_when_it_is_prolonged():
    names = {
        cycle.name
        for last in ("Thu 2026-12-31", "Fri 2027-12-31")
        for cycle in asked(term("donors-1", "Wed 2025-01-01", last))
    }
    assert names == {"donors-1-2025-01-01"}


def test_a_cycle_says_where_each_of_its_dates_comes_from():
    (dated, undated) = asked(
        term("donors-1", "Wed 2025-01-01", "Thu 2026-12-31"), term("donors-2", "Thu 2026-01-01", None)
    )
    end = Anchor(AnchorKind.TERM_END, "donors-1-2025-01-01", day("Thu 2026-12-31"), "the roster")
    plain = Cycle(OBLIGATION, "", alone=True, rule_in_force_from=day("Wed 2018-12-19"))
    assert dated == plain._replace(
        name="donors-1-2025-01-01",
        due=Reckoning(day("Thu 2026-12-31"), end, 0, Unit.DAYS, Basis.MANDATE, SOURCE),
        target=Reckoning(day("Sun 2026-11-01"), end, -60, Unit.DAYS, Basis.HOUSE_PRACTICE, "house-practice"),
    )
    assert undated == plain._replace(
        name="donors-2-2026-01-01", unknown=("the last day of the term donors-2-2026-01-01",)
    )


def test_a_board_without_a_term_has_one_cycle_that_says_what_is_missing():
    (only,) = asked(term("chair", "Wed 2025-01-01", "Thu 2026-12-31", body="another"))
    assert (only.name, only.obligation, only.unknown) == (
        "first",
        OBLIGATION,
        ("the terms of office of board",),
    )
