from policies.facts.facts import Completion, Explanation, Extension, Facts
from tests.days import day
from tests.policies.asking import done, forum, within

EARLY, LATE = done("Wed 2024-01-10"), done("Mon 2026-01-12")
WHY = Explanation("review/2024", day("Mon 2026-01-12"), "no quorum")


def test_upto_a_day_leaves_out_what_happened_after_it_and_keeps_announced_events():
    facts = Facts(
        events=[forum("2026", "Tue 2026-05-05", "Fri 2026-05-08")],
        completions=[EARLY, LATE],
        explanations=[WHY],
    )
    before = facts.upto(day("Sun 2026-01-11"))
    assert (before.completions, before.explanations) == ((EARLY,), ())
    assert before.event("forum", "2026") == facts.events[0]


def test_what_happened_on_the_day_itself_is_known_at_its_end():
    facts = Facts(completions=[EARLY, LATE], explanations=[WHY])
    assert facts.upto(day("Mon 2026-01-12")) == facts


def test_an_unrecorded_event_is_none():
    assert Facts().event("forum", "2030") is None


def test_completions_come_in_the_order_they_happened_and_only_for_their_obligation():
    other = Completion("another", day("Fri 2025-01-10"), "minutes")
    facts = Facts(completions=[LATE, other, EARLY])
    assert facts.completions_of("review") == [EARLY, LATE]
    assert facts.completions_of("nothing-of-the-sort") == ()


def test_of_several_explanations_and_extensions_the_last_recorded_counts():
    again = Explanation("review/2024", day("Mon 2026-02-02"), "a better reason")
    first = Extension("review/2024", day("Tue 2026-03-31"), "the Committee")
    second = Extension("review/2024", day("Tue 2026-06-30"), "the Committee")
    facts = Facts(explanations=[WHY, again], extensions=[first, second])
    assert facts.explanation_of("review/2024") == again
    assert facts.extension_of("review/2024") == second
    assert facts.explanation_of("review/2026") is None
    assert facts.extension_of("review/2026") is None


def test_what_happened_on_the_day_itself_is_known_though_more_came_after():
    assert Facts(completions=[EARLY, LATE]).upto(EARLY.completed_on).completions == (EARLY,)


def test_the_last_word_on_an_event_counts_whether_dates_or_a_range():
    dates = forum("2030", "Tue 2030-05-07", "Fri 2030-05-10")
    may = within("2030", "Wed 2030-05-01", "Fri 2030-05-31")
    fixed, put_off = Facts(events=[may, dates]), Facts(events=[dates, may])
    assert (fixed.event("forum", "2030"), fixed.event_range("forum", "2030")) == (dates, None)
    assert (put_off.event("forum", "2030"), put_off.event_range("forum", "2030")) == (None, may)
