"""Facts about rolls: taken with what they rest on, refused with everything that is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from policies.membership.groups import group_on
from policies.membership.rolls import roll_on
from records.database import reading
from records.facts.facts import read_facts
from tasks.facts.importing import Import
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import TODAY, workplace_in
from tests.tasks.rolls_said import (
    ADMISSION,
    CONSULTATION,
    DECISION,
    FOUNDERS,
    GROUP,
    PARTNER,
    WRONG,
    problems,
    taken,
)


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path, {}) as opened:
        taken(opened, FOUNDERS)
        taken(opened, DECISION + GROUP)
        yield opened


def members(installation: Installation, body: str) -> list[str]:
    with reading(installation.engine) as session:
        return [stay.member for stay in roll_on(read_facts(session).rolls, body, TODAY)]


def test_an_admission_is_taken_with_its_decision(installation: Installation):
    assert taken(installation, ADMISSION) == Import(new=1, known=0)
    assert taken(installation, ADMISSION) == Import(new=0, known=1)
    assert members(installation, "network-members") == ["ilo", "iom", "unu"]


def test_a_decision_of_another_body_admits_nobody(installation: Installation):
    other = DECISION.replace('id = "ec-1"', 'id = "sg-1"\nissued_by = "secretary-general"')
    (found,) = problems(installation, other + ADMISSION.replace("ec-1", "sg-1")).values()
    assert found == "a decision of executive-committee; 'sg-1' was issued by secretary-general"


def test_a_partner_enters_after_the_decision_and_the_consultation(installation: Installation):
    taken(installation, CONSULTATION + PARTNER)
    assert members(installation, "trade") == ["ngo"]


def test_every_mistake_is_listed_and_nothing_is_taken(installation: Installation):
    found = problems(installation, CONSULTATION.replace('"iom", "ilo"', '"iom"') + WRONG)
    assert {key: said.split("; ") for key, said in found.items()} == {
        "joinings.0": ["body: one of: executive-committee, network-members, trade"],
        "joinings.1": [
            "decision: the recorded decision to admit unu (MEM-2b)",
            "who was a member from the beginning is history: seen_on, and the source that shows it",
        ],
        "joinings.2": [
            "a decision that is on record, or in this file",
            "'ec-9' is neither",
            ("iom to leave before it enters again: it is on the roll of network-members since 2019-11-14"),
        ],
        "joinings.3": ["decision: the recorded decision that lets ngo, who is no member, take part (MEM-4b)"],
        "joinings.4": [
            "role: one of those of executive-committee",
            "partners take part in working groups alone",
        ],
        "joinings.5": ["a day on which trade exists: it begins on 2025-01-01"],
        "joinings.6": ["joined_on, the day it entered, or else seen_on", "one of the two"],
        "leavings.0": [
            "somebody who is on the roll of executive-committee",
            "who is not, up to that day",
        ],
        "leavings.1": ["a day after ilo entered network-members, 2019-11-14"],
        "outcomes.0": ["into, the group it goes into, with merge alone"],
        "outcomes.1": [
            "a group that was not closed or merged: trade ended on 2026-03-02",
            "what trade is from 2026-03-03 on: its entry in groups, with the new focus",
            "cycle: one of working-group-review, which reviews the groups",
        ],
        "seats.0": ["body: one of: fund-board-members"],
        "consultations.1": [
            "until: a day not before invited_on, 2026-02-02",
            "chosen: each member once",
            "chosen: those on the roll of network-members on 2026-02-02",
            "not on it: who",
        ],
        "views.0": ["member: one of: iom", "reason: who objects says why"],
        "leads.0": ["decided_on: a day not after 2026-11-23"],
        "attestations.0": [
            "body: one of: executive-committee, fund-board-members, network-members, working-groups"
        ],
    }
    assert members(installation, "network-members") == ["ilo", "iom"]
    with reading(installation.engine) as session:
        assert read_facts(session).rolls.consultations == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PARTNER, "a consultation of the relevant members about ngo, who is no member (MEM-4b)"),
        (
            CONSULTATION.replace("2026-02-20", "2026-03-20") + PARTNER,
            "a decision not before 2026-03-20, when the consultation about ngo is over",
        ),
        (PARTNER.replace('role = "partner"\n', ""), "a consultation of the relevant members about ngo"),
    ],
    ids=["nobody was asked", "before the answers are in", "no member and not called a partner either"],
)
def test_a_partner_waits_for_what_the_text_wants_first(installation: Installation, text: str, expected: str):
    (found,) = problems(installation, text).values()
    assert found.startswith(expected)


def test_a_consultation_is_over_when_all_have_answered(installation: Installation):
    views = "".join(
        f"""
[[views]]
consultation = "about-ngo"
member = "{member}"
kind = "agrees"
answered_on = 2026-02-10
source = "a message"
"""
        for member in ("iom", "ilo")
    )
    asked = CONSULTATION.replace("2026-02-20", "2026-03-20")
    assert taken(installation, asked + views + PARTNER).new == 4


def test_what_was_only_seen_is_history_and_needs_no_decision(installation: Installation):
    late = ADMISSION.replace("joined_on", "seen_on").replace('decision = "ec-1"\n', "")
    assert problems(installation, late)["joinings.0"].startswith(
        "joined_on, the day unu entered: somebody certified that on 2026-01-05 nobody was missing"
    )
    seen = late.replace("2026-03-02", "2026-01-04")
    assert taken(installation, seen).new == 1
    assert members(installation, "network-members") == ["ilo", "iom", "unu"]
    both = ADMISSION.replace("joined_on", "seen_on = 2026-03-01\njoined_on")
    assert problems(installation, both)["joinings.0"].startswith(
        "joined_on, the day it entered, or else seen_on"
    )


def test_two_holders_of_one_seat_at_one_time_are_refused(installation: Installation):
    term = """
[[terms]]
body = "fund-board-members"
seat = "donors-1"
holder = "a donor"
starts_on = 2025-01-01
ends_on = 2026-12-31
source = "the roster"
"""
    other = term.replace("2025-01-01", "2026-12-31").replace("= 2026-12-31\nsource", "= 2028-12-31\nsource")
    expected = "one holder of donors-1 at one time: a donor from 2025-01-01 to 2026-12-31"
    assert problems(installation, term + other)["terms.1"] == expected
    taken(installation, term)
    assert problems(installation, other) == {"terms.0": expected}
    backwards = term.replace("2026-12-31", "2024-12-31")
    assert problems(installation, backwards) == {"terms.0.ends_on": "a day not before starts_on, 2025-01-01"}


def test_what_goes_by_one_name_is_said_once(installation: Installation):
    seat = """
[[seats]]
body = "fund-board-members"
seat = "donors-1"
constituency = "donors"
since_on = 2025-01-01
source = "the manual"
"""
    twice = seat + seat.replace('"donors"', '"others"')
    assert list(problems(installation, twice)) == ["seats.0", "seats.1"]
    assert list(problems(installation, GROUP.replace("what trade", "all that trade"))) == ["groups.0"]
    assert taken(installation, GROUP + seat) == Import(new=1, known=1)


def test_a_refocused_group_keeps_its_beginning_and_a_closed_one_takes_nobody_in(installation: Installation):
    anew = GROUP.replace("2025-01-01", "2026-03-02").replace("what trade does to", "tariffs and")
    outcome = """
[[outcomes]]
group = "trade"
result = "refocus"
decided_on = 2026-03-02
decision = "ec-1"
source = "the minutes"
"""
    taken(installation, anew + outcome)
    with reading(installation.engine) as session:
        found = group_on(read_facts(session).rolls, "trade", TODAY)
    assert found
    assert (found.group.focus, found.begun_on) == ("tariffs and migration", day("Wed 2025-01-01"))
    closed = outcome.replace("refocus", "close").replace("2026-03-02", "2026-09-01")
    taken(installation, closed)
    late = PARTNER.replace("2026-03-02", "2026-09-01").replace("ngo", "iom").replace("partner", "member")
    assert problems(installation, late) == {
        "joinings.0": "a group that was not closed or merged: trade ended on 2026-09-01"
    }
