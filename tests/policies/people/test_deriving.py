"""The directory of a day is what the facts say, in whatever order they were recorded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.facts.people import (
    Absence,
    Appointment,
    Contact,
    Delegation,
    Departure,
    PeopleFacts,
    PersonFact,
    ProgramRole,
    RoleFact,
    Succession,
)
from policies.people.deriving import directory_on
from policies.people.directory import Directory
from policies.people.places import Place
from tests.days import day
from tests.fuzzing import examples

FIRST = day("Mon 2027-03-01")
DAYS = [FIRST + timedelta(days=n) for n in range(8)]
IDS = ["ana", "ben", "cai", "dia"]
S = "a note"

days, ids = st.sampled_from(DAYS), st.sampled_from(IDS)
actors, roles = st.sampled_from(["coordinator", "secretariat"]), st.sampled_from(ProgramRole)
spans = st.tuples(days, days).map(sorted)

CONTACTS = st.lists(
    st.builds(
        Contact,
        ids,
        days,
        st.just(S),
        address=st.none() | st.sampled_from(["a@x.org", "b@x.org"]),
        language=st.none() | st.sampled_from(["fr", "ar"]),
        channels=st.none() | st.just(("chat",)),
    )
)


@st.composite
def people_facts(draw: st.DrawFn) -> PeopleFacts:
    """Facts as entries let them be: of one thing about one person one fact from the same day."""
    names = draw(st.lists(st.builds(PersonFact, ids, st.sampled_from(["one", "two"]), days, st.just(S))))
    contacts = draw(CONTACTS)
    successions = draw(st.lists(st.builds(Succession, ids, ids, days, st.just(S)), max_size=4))
    return PeopleFacts(
        people=_once(names, "id"),
        contacts=_once(contacts, "person"),
        appointments=draw(
            st.lists(
                st.builds(
                    Appointment,
                    ids,
                    actors,
                    days,
                    st.just(S),
                    until=st.none() | days,
                    place=st.integers(0, 2),
                ),
                max_size=5,
            )
        ),
        departures=draw(
            st.lists(
                st.builds(Departure, ids, days, st.just(S), actor=st.none() | actors, role=st.none() | roles),
                max_size=4,
            )
        ),
        successions=_once([each for each in successions if each.person != each.successor], "person"),
        absences=[
            Absence(who, first, last, S)
            for who, (first, last) in draw(st.lists(st.tuples(ids, spans), max_size=3))
        ],
        delegations=[
            Delegation(who, other, first, last, S)
            for who, other, (first, last) in draw(st.lists(st.tuples(ids, ids, spans), max_size=3))
        ],
        roles=draw(st.lists(st.builds(RoleFact, ids, roles, days, st.just(S)), max_size=4)),
    )


def _once(facts: Sequence[Any], key: str) -> list[Any]:
    return list({(getattr(each, key), each.since_on): each for each in facts}.values())


def shuffled(who: PeopleFacts, order: st.DataObject) -> PeopleFacts:
    return replace(
        who,
        **{name: order.draw(st.permutations(facts)) for name, facts in vars(who).items() if len(facts) > 1},
    )


@given(people_facts(), days, st.data())
@settings(max_examples=examples(150), deadline=None)
def test_the_order_in_which_facts_were_recorded_changes_nothing(who: PeopleFacts, on: date, order):
    assert directory_on(shuffled(who, order), on) == directory_on(who, on)


@given(people_facts(), days)
@settings(max_examples=examples(300), deadline=None)
def test_the_directory_of_a_day_is_what_came_of_living_up_to_it(who: PeopleFacts, on: date):
    """Each fact is put down on its day, one day after the other, as a clerk would keep a list."""
    derived = directory_on(who, on)
    assert {actor: list(people) for actor, people in derived.actors.items()} == kept_by_a_clerk(who, on)
    for person in (*derived.people, *derived.gone):
        said = [each for each in who.people if each.id == person.id and each.since_on <= on]
        assert person.name == max(said, key=lambda each: each.since_on).name
        assert person.address == (_last_said(who, person.id, "address", on) or "")
        assert person.language == (_last_said(who, person.id, "language", on) or "en")
        assert person.channels == (_last_said(who, person.id, "channels", on) or ("email",))
    named = {each.id for each in who.people if each.since_on <= on}
    assert {person.id for person in (*derived.people, *derived.gone)} == named
    for each in IDS:
        holder = derived.holder_of(each)
        away = [a for a in who.absences if a.person == holder and a.first <= on <= a.last]
        absence = derived.absence_of(each)
        assert (absence.last if absence else None) == max((a.last for a in away), default=None)


def _last_said(who: PeopleFacts, person: str, key: str, on: date) -> Any:
    said = None
    for each in sorted(who.contacts, key=lambda each: each.since_on):
        if each.person == person and each.since_on <= on and getattr(each, key) is not None:
            said = getattr(each, key)
    return said


def kept_by_a_clerk(who: PeopleFacts, on: date) -> dict[str, list[str]]:
    """Who stands for each actor, by a list that is amended day by day."""
    rows: list[dict[str, Any]] = []
    for today in (each for each in DAYS if each <= on):
        rows = [row for row in rows if row["until"] is None or today <= row["until"]]
        for new in who.appointments:
            if new.since_on == today and (new.until is None or new.until >= today):
                order = (new.place, new.since_on, new.person)
                rows.append({"actor": new.actor, "who": new.person, "until": new.until, "order": order})
        for row in rows:
            waiting = [each for each in who.successions if each.since_on == today]
            while following := [each for each in waiting if each.person == row["who"]]:
                row["who"] = following[0].successor
                waiting.remove(following[0])
        for left in (each for each in who.departures if each.left_on == today):
            whole = left.actor is None and left.role is None
            ended = [
                row for row in rows if row["who"] == left.person and (whole or row["actor"] == left.actor)
            ]
            rows = [row for row in rows if row not in ended]
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row["order"]):
        people = found.setdefault(row["actor"], [])
        people += [] if row["who"] in people else [row["who"]]
    return found


@given(people_facts())
@settings(max_examples=examples(100), deadline=None)
def test_a_fact_about_a_later_day_changes_nothing_of_an_earlier_one(who: PeopleFacts):
    for before, after in pairwise(DAYS):
        known = replace(
            who,
            people=[each for each in who.people if each.since_on <= before],
            contacts=[each for each in who.contacts if each.since_on <= before],
            appointments=[each for each in who.appointments if each.since_on <= before],
            successions=[each for each in who.successions if each.since_on <= before],
            departures=[each for each in who.departures if each.left_on <= before],
            roles=[each for each in who.roles if each.since_on <= before],
        )
        assert directory_on(known, before) == directory_on(who, before), after


AMINA = PersonFact("amina", "Amina A.", FIRST, S, names={"ar": "أمينة"})
BORIS = PersonFact("boris", "Boris B.", FIRST, S)
REACHED = [
    Contact("amina", FIRST, S, address="amina@example.org", language="ar"),
    Contact("boris", FIRST, S, address="boris@example.org"),
]
STANDS = Appointment("amina", "coordinator", FIRST, S)
CHANGED = day("Thu 2027-03-04")
SUCCEEDED = PeopleFacts(
    people=[AMINA, BORIS],
    contacts=REACHED,
    appointments=[STANDS],
    successions=[Succession("amina", "boris", CHANGED, S)],
    roles=[
        RoleFact("amina", ProgramRole.DUTY_OFFICER, FIRST, S),
        RoleFact("amina", ProgramRole.RELEASER, FIRST, S),
    ],
)


def _on(who: PeopleFacts, text: str) -> Directory:
    return directory_on(who, day(text))


def test_a_successor_has_the_place_and_what_was_opened_before_goes_by_the_predecessors_id():
    eve, then = _on(SUCCEEDED, "Wed 2027-03-03"), _on(SUCCEEDED, "Thu 2027-03-04")
    assert (eve.standing_for("coordinator"), then.standing_for("coordinator")) == (("amina",), ("boris",))
    assert then.standing_since("coordinator", day("Tue 2027-03-02")) == ("amina",)
    assert then.standing_since("coordinator", CHANGED) == ("amina",)
    assert then.standing_since("coordinator", day("Fri 2027-03-05")) == ("boris",)
    recipient = then.recipient("amina")
    assert recipient is not None
    assert (recipient.id, recipient.address, recipient.language) == ("boris", "boris@example.org", "en")
    assert then.name_of("amina", "ar") == "أمينة"
    assert [person.id for person in then.people] == ["boris"]


def test_the_duty_of_a_duty_officer_passes_on_and_a_right_to_release_does_not():
    eve, then = _on(SUCCEEDED, "Wed 2027-03-03"), _on(SUCCEEDED, "Thu 2027-03-04")
    assert (eve.on_duty, then.on_duty) == (("amina",), ("boris",))
    assert then.on_duty_since(FIRST) == ("amina",)
    assert eve.roles_of("amina") == [ProgramRole.RELEASER, ProgramRole.DUTY_OFFICER]
    assert then.roles == {ProgramRole.DUTY_OFFICER: ("boris",)}


def test_who_comes_back_has_the_place_again():
    back = Succession("boris", "amina", day("Sat 2027-03-06"), S)
    who = replace(SUCCEEDED, successions=[back, *SUCCEEDED.successions])
    then = _on(who, "Sun 2027-03-07")
    assert then.standing_for("coordinator") == ("amina",)
    assert (then.holder_of("amina"), then.holder_of("boris")) == ("amina", "amina")


def test_a_person_of_two_places_of_one_actor_is_told_under_their_own_id():
    both = replace(SUCCEEDED, appointments=[STANDS, Appointment("boris", "coordinator", FIRST, S, place=1)])
    assert _on(both, "Thu 2027-03-04").standing_since("coordinator", FIRST) == ("boris",)


@pytest.mark.parametrize(
    ("left", "stand", "there"),
    [
        (Departure("amina", CHANGED, S, actor="coordinator"), (), ["amina", "boris"]),
        (Departure("amina", CHANGED, S, role=ProgramRole.DUTY_OFFICER), ("amina",), ["amina", "boris"]),
        (Departure("amina", CHANGED, S), (), ["boris"]),
    ],
)
def test_who_departs_has_no_place_from_that_day_on(left: Departure, stand: tuple[str, ...], there: list[str]):
    who = replace(SUCCEEDED, successions=[], departures=[left])
    assert _on(who, "Wed 2027-03-03").standing_for("coordinator") == ("amina",)
    then = _on(who, "Thu 2027-03-04")
    assert then.standing_for("coordinator") == stand
    assert [person.id for person in then.people] == there
    assert then.name_of("amina") == "Amina A."


def test_a_place_remembers_who_had_it_when():
    place = Place((("amina", FIRST), ("boris", CHANGED)))
    assert [place.named_before(each) for each in (FIRST, CHANGED, CHANGED + timedelta(days=1))] == [
        "amina",
        "amina",
        "boris",
    ]
