from policies.facts.facts import Certainty
from policies.recurrence.after_event import AfterEvent
from policies.recurrence.cycles import AnchorKind, Basis
from policies.recurrence.question import Editions
from tests.policies.asking import FORUM, SOURCE, asked, done, forum, lines, within

CLOCK = AfterEvent(
    kind="after-event",
    event=FORUM,
    editions=Editions(first=2022, every_years=4, source=SOURCE),
    target_months=6,
    target_source="house-practice",
    ceiling_months=48,
    source=SOURCE,
)
FORUM_2022 = forum("2022", "Tue 2022-05-17", "Fri 2022-05-20")
FORUM_2026 = forum("2026", "Tue 2026-05-05", "Fri 2026-05-08")
POSTPONED = forum("2026", "Tue 2027-05-04", "Fri 2027-05-07")
FIRST_REVIEW = done("Tue 2022-12-06")
MET_2022 = (
    "2022: opens Sat 2022-05-21 | target Sun 2022-11-20 | met Tue 2022-12-06 | unknown completion of review"
)


def test_it_opens_the_day_after_the_forum_and_both_limits_are_shown():
    assert lines(asked(CLOCK, "Mon 2026-11-23", FORUM_2022, FORUM_2026, FIRST_REVIEW)) == [
        MET_2022,
        "2026: opens Sat 2026-05-09 | target Sun 2026-11-08 | due Sun 2026-12-06",
    ]


def test_each_limit_says_what_it_rests_on():
    cycle = asked(CLOCK, "Mon 2026-11-23", FORUM_2022, FORUM_2026, FIRST_REVIEW)[-1]
    assert cycle.target
    assert cycle.due
    assert (cycle.target.basis, cycle.target.anchor.kind) == (Basis.HOUSE_PRACTICE, AnchorKind.EVENT_END)
    assert (cycle.due.basis, cycle.due.anchor.kind) == (Basis.MANDATE, AnchorKind.COMPLETION)


def test_with_nothing_known_there_are_no_dates_at_all():
    assert lines(asked(CLOCK, "Mon 2026-11-23")) == [
        "2022: unknown forum 2022 | unknown completion of review",
        "2026: unknown forum 2026 | unknown completion of review",
    ]


def test_without_any_review_the_forum_gives_a_target_and_nothing_gives_a_due_date():
    assert lines(asked(CLOCK, "Wed 2022-11-23", FORUM_2022)) == [
        "2022: opens Sat 2022-05-21 | target Sun 2022-11-20 | unknown completion of review"
    ]


def test_without_dates_for_the_forum_the_ceiling_alone_gives_the_due_date():
    assert lines(asked(CLOCK, "Mon 2026-11-23", FORUM_2022, FIRST_REVIEW))[-1] == (
        "2026: due Sun 2026-12-06 | unknown forum 2026"
    )


def test_a_postponed_forum_leaves_the_ceiling_biting_and_the_review_after_it_owed_as_well():
    assert lines(asked(CLOCK, "Fri 2027-12-31", FORUM_2022, POSTPONED, FIRST_REVIEW)) == [
        MET_2022,
        "since-2022-12-06: opens Wed 2022-12-07 | due Sun 2026-12-06",
        "2026: opens Sat 2027-05-08 | target Sun 2027-11-07 | due Fri 2030-12-06 | projected",
    ]


def test_a_review_before_a_postponed_forum_meets_the_ceiling_and_not_the_forum():
    assert lines(
        asked(CLOCK, "Fri 2027-12-31", FORUM_2022, POSTPONED, FIRST_REVIEW, done("Fri 2026-11-20"))
    ) == [
        MET_2022,
        "since-2022-12-06: opens Wed 2022-12-07 | due Sun 2026-12-06 | met Fri 2026-11-20",
        "2026: opens Sat 2027-05-08 | target Sun 2027-11-07 | due Wed 2030-11-20",
    ]


def test_an_extra_review_between_forums_starts_the_ceiling_anew_but_does_not_stand_for_the_next():
    assert lines(
        asked(CLOCK, "Mon 2026-11-23", FORUM_2022, FORUM_2026, FIRST_REVIEW, done("Mon 2024-09-02"))
    ) == [
        MET_2022,
        "since-2022-12-06: opens Wed 2022-12-07 | due Sun 2026-12-06 | met Mon 2024-09-02",
        "2026: opens Sat 2026-05-09 | target Sun 2026-11-08 | due Sat 2028-09-02",
    ]


def test_the_review_after_the_forum_closes_it_late_or_not():
    late = asked(CLOCK, "Fri 2027-12-31", FORUM_2022, FORUM_2026, FIRST_REVIEW, done("Fri 2027-01-15"))
    assert (
        lines(late)[-1]
        == "2026: opens Sat 2026-05-09 | target Sun 2026-11-08 | due Sun 2026-12-06 | met Fri 2027-01-15"
    )


def test_a_review_that_names_its_forum_counts_for_it():
    early = asked(
        CLOCK, "Mon 2026-11-23", FORUM_2022, FORUM_2026, FIRST_REVIEW, done("Thu 2026-05-07", "2026")
    )
    assert (
        lines(early)[-1]
        == "2026: opens Sat 2026-05-09 | target Sun 2026-11-08 | due Sun 2026-12-06 | met Thu 2026-05-07"
    )


def test_the_next_four_years_are_projected_from_the_date_the_open_review_is_due():
    ahead = asked(CLOCK, "Tue 2030-12-31", FORUM_2022, FORUM_2026, FIRST_REVIEW)[-1]
    assert lines([ahead]) == ["2030: due Fri 2030-12-06 | unknown forum 2030 | projected"]


def test_what_rests_on_a_tentative_forum_says_so():
    announced = forum("2026", "Tue 2026-05-05", "Fri 2026-05-08", Certainty.TENTATIVE)
    assert [c.tentative for c in asked(CLOCK, "Mon 2026-11-23", FORUM_2022, announced, FIRST_REVIEW)] == [
        False,
        True,
    ]


def test_two_papers_of_one_day_are_one_review():
    twice = asked(
        CLOCK, "Mon 2026-11-23", FORUM_2022, FORUM_2026, FIRST_REVIEW, done("Tue 2022-12-06", evidence="b")
    )
    assert lines(twice) == lines(asked(CLOCK, "Mon 2026-11-23", FORUM_2022, FORUM_2026, FIRST_REVIEW))


def test_a_review_on_the_day_it_opens_counts_for_it():
    at_once = asked(CLOCK, "Mon 2026-11-23", FORUM_2022, FORUM_2026, FIRST_REVIEW, done("Sat 2026-05-09"))
    assert (
        lines(at_once)[-1]
        == "2026: opens Sat 2026-05-09 | target Sun 2026-11-08 | due Sun 2026-12-06 | met Sat 2026-05-09"
    )


def test_a_forum_that_ends_on_the_eve_of_the_ceiling_leaves_one_review_owed():
    on_the_eve = forum("2026", "Wed 2026-12-02", "Sat 2026-12-05")
    assert lines(asked(CLOCK, "Thu 2026-12-31", FORUM_2022, on_the_eve, FIRST_REVIEW))[1:] == [
        "2026: opens Sun 2026-12-06 | target Sat 2027-06-05 | due Sun 2026-12-06"
    ]


def test_an_event_known_as_a_range_bounds_the_target_and_opens_nothing():
    in_may = within("2026", "Fri 2026-05-01", "Sun 2026-05-31")
    cycle = asked(CLOCK, "Thu 2026-12-31", done("Tue 2022-12-06", "2022"), in_may)[-1]
    assert (cycle.opens_on, cycle.target_on) == (None, None)
    assert lines([cycle]) == [
        "2026: due Sun 2026-12-06 | target from Sun 2026-11-01 to Mon 2026-11-30 | unknown forum 2026"
    ]
