"""A consultation is over when all have answered, or after its last day; silence is no answer."""

from datetime import date

from policies.facts.membership import Consultation, MembershipFacts, View, ViewKind
from policies.membership.consultations import over_on, views_on
from tests.days import day

S = "a message"
ASKED, LAST = day("Mon 2026-06-01"), day("Fri 2026-06-19")
CONSULTATION = Consultation("c-1", "trade", "ngo", ("ilo", "who"), "A. Officer", "they lead", ASKED, LAST, S)


def view(member: str, on: date, kind: ViewKind = ViewKind.AGREES, consultation: str = "c-1") -> View:
    return View(consultation, member, kind, on, S)


def test_while_somebody_is_silent_it_lasts_to_its_last_day():
    rolls = MembershipFacts(
        views=[view("ilo", day("Tue 2026-06-09")), view("who", ASKED, consultation="c-2")]
    )
    assert over_on(rolls, CONSULTATION) == LAST
    assert {member: bool(said) for member, said in views_on(rolls, CONSULTATION).items()} == {
        "ilo": True,
        "who": False,
    }


def test_it_is_over_when_the_last_has_answered_and_what_they_say_later_counts_all_the_same():
    first, last = day("Tue 2026-06-09"), day("Thu 2026-06-11")
    rolls = MembershipFacts(
        views=[view("who", day("Fri 2026-06-12"), ViewKind.OBJECTS), view("ilo", first), view("who", last)]
    )
    assert over_on(rolls, CONSULTATION) == last
    who = views_on(rolls, CONSULTATION)["who"]
    assert who
    assert who.kind is ViewKind.OBJECTS


def test_an_answer_after_the_last_day_does_not_keep_it_open():
    late = MembershipFacts(views=[view("ilo", ASKED), view("who", day("Mon 2026-06-22"))])
    assert over_on(late, CONSULTATION) == LAST
