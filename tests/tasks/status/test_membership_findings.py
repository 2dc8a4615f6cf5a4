"""What is not settled about rolls is said, body by body, and never invented."""

from collections.abc import Iterator
from datetime import date

import pytest

from policies.facts.facts import Facts
from policies.facts.membership import Attestation, Group, Joining, Leaving, MembershipFacts, Role, Seat
from policies.facts.terms import Term
from tasks.installation.installation import Installation
from tasks.status.membership_findings import membership_findings
from tests.installations import TODAY, directory, workplace_in

S, START = "the minutes", date(2025, 1, 1)
COMMITTEE, BOARD = "executive-committee", "fund-board-members"


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with workplace_in(tmp_path_factory.mktemp("home"), {}) as opened:
        yield opened


def found(installation: Installation, rolls: MembershipFacts, *terms: Term) -> list[str]:
    facts = Facts(rolls=rolls, terms=terms)
    return list(membership_findings(installation.pack, directory(installation), facts, TODAY))


def joined(member: str, body: str = COMMITTEE) -> Joining:
    return Joining(body, member, Role.MEMBER, START, S)


def test_a_decision_that_was_withdrawn_leaves_a_finding(installation: Installation):
    admitted = Joining("network-members", "unu", Role.MEMBER, START, S, decision="ec-1")
    _, withdrawn = found(installation, MembershipFacts(joinings=[admitted]))
    assert withdrawn == "network-members: unu entered by ec-1, a decision that is not on record"


def test_where_nothing_is_recorded_nothing_is_found(installation: Installation):
    assert found(installation, MembershipFacts()) == []


def test_a_roll_that_says_what_the_directory_says_is_no_finding(installation: Installation):
    members = [joined(person) for person in directory(installation).standing_for(COMMITTEE)]
    assert found(installation, MembershipFacts(joinings=members)) == []
    vouched = [Attestation(COMMITTEE, START, S)]
    assert found(installation, MembershipFacts(joinings=members, attestations=vouched)) == []


def test_roll_and_directory_are_compared_from_both_sides(installation: Installation):
    members = [
        joined(person) for person in directory(installation).standing_for(COMMITTEE) if person != "who"
    ]
    rolls = MembershipFacts(joinings=[*members, joined("unfpa"), joined("fao")])
    differ = "on the roll alone: fao, unfpa; in the directory alone: who"
    assert found(installation, rolls) == [
        f"{COMMITTEE}: nobody has certified its roll, so the directory stands: {differ}"
    ]
    vouched = MembershipFacts(joinings=rolls.joinings, attestations=[Attestation(COMMITTEE, START, S)])
    assert found(installation, vouched) == [
        f"{COMMITTEE}: on its roll, and nobody in the directory; secretariat is told: fao",
        f"{COMMITTEE}: its roll stands, and the directory differs: {differ.replace('fao, ', '')}",
    ]


def test_a_seat_without_a_holder_or_a_constituency_is_found(installation: Installation):
    seats = [Seat(BOARD, "donors-1", "donors", START, S), Seat(BOARD, "donors-2", "donors", START, S)]
    terms = Term(BOARD, "donors-1", "a donor", START, S), Term(BOARD, "others-1", "a city", START, S)
    assert found(installation, MembershipFacts(seats=seats), *terms) == [
        f"{BOARD}: nobody has recorded who holds donors-2 (donors)",
        f"{BOARD}: nobody has recorded which constituency fills others-1",
    ]


def test_a_group_nobody_belongs_to_and_a_contradiction_are_found(installation: Installation):
    rolls = MembershipFacts(
        groups=[Group("trade", "Trade", "it", START, S)], leavings=[Leaving("trade", "ilo", TODAY, S)]
    )
    nobody, contradictions = found(installation, rolls)
    assert nobody == "trade: nobody has recorded who belongs to this working group"
    assert contradictions.startswith(
        "trade: a fact about ilo is left out of the roll; expected somebody who is on the"
    )
