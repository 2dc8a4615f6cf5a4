"""What people see of a roll: the rows of a day, as it was known then."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from records.database import reading, writing
from records.facts.facts import correct_fact, read_facts
from tasks.facts.rolls import Register, UnknownBodyError, register_of
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import TODAY, at, workplace_in
from tests.tasks.rolls_said import ADMISSION, CONSULTATION, DECISION, FOUNDERS, GROUP, PARTNER, taken

CHAIR = PARTNER.replace('"ngo"', '"ilo"').replace('"partner"', '"co-chair"')
BOARD = """
[[seats]]
body = "fund-board-members"
seat = "donors-1"
constituency = "donors"
since_on = 2025-01-01
source = "the manual"

[[terms]]
body = "fund-board-members"
seat = "others-1"
holder = "a city"
starts_on = 2025-01-01
source = "the roster"

[[attestations]]
body = "fund-board-members"
attested_on = 2026-03-02
source = "a letter"
"""


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path, {}) as opened:
        taken(opened, FOUNDERS + DECISION + GROUP + ADMISSION + CONSULTATION + PARTNER + CHAIR + BOARD)
        yield opened


def shown(installation: Installation, body: str, on: str = "Mon 2026-11-23") -> Register:
    with reading(installation.engine) as session:
        return register_of(installation.pack, read_facts(session), body, day(on))


def test_members_are_shown_with_their_day_and_the_decision_behind_it(installation: Installation):
    register = shown(installation, "network-members")
    assert [(r["member"], r["joined_on"], r["seen_on"], r["decision"]) for r in register.rows] == [
        ("ilo", "", "2019-11-14", ""),
        ("iom", "", "2019-11-14", ""),
        ("unu", "2026-03-02", "", "ec-1"),
    ]
    before = shown(installation, "network-members", "Sun 2026-03-01")
    assert [row["member"] for row in before.rows] == ["ilo", "iom"]


def test_a_group_has_a_roll_of_its_own_and_its_chairs_on_that_of_the_groups(installation: Installation):
    (group,) = shown(installation, "working-groups").rows
    assert (group["group"], group["chairs"], group["workplan"]) == ("trade", "ilo", "WP/2025/3")
    members = [(row["member"], row["role"]) for row in shown(installation, "trade").rows]
    assert members == [("ilo", "co-chair"), ("ngo", "partner")]


def test_a_closed_group_says_since_when_it_is_no_more(installation: Installation):
    closed = """
[[outcomes]]
group = "trade"
result = "close"
decided_on = 2026-09-01
decision = "ec-1"
source = "the minutes"
"""
    taken(installation, closed)
    on = ("Mon 2026-08-31", "Tue 2026-09-01")
    registers = [shown(installation, "trade", each) for each in on]
    assert [(len(each.rows), each.ended_on) for each in registers] == [(2, None), (0, day("Tue 2026-09-01"))]


def test_a_board_shows_its_seats_and_what_nobody_has_recorded_of_them(installation: Installation):
    register = shown(installation, "fund-board-members")
    assert (register.attested_on, register.as_json()["kind"]) == (day("Mon 2026-03-02"), "seats")
    assert [(r["seat"], r["constituency"], r["holder"], r["ends_on"]) for r in register.rows] == [
        ("donors-1", "donors", "", ""),
        ("others-1", "", "a city", ""),
    ]


def test_the_roll_of_a_day_is_shown_as_it_was_known(installation: Installation):
    with writing(installation.engine) as session:
        correct_fact(session, "joining", 3, "it never entered", "an officer", at(TODAY, 9))
    with reading(installation.engine) as session:
        known = [read_facts(session, at(TODAY, 9) - timedelta(hours=hours)) for hours in (0, 1)]
    rows = [register_of(installation.pack, facts, "network-members", TODAY).rows for facts in known]
    assert [len(each) for each in rows] == [2, 3]


def test_a_body_without_a_roll_is_refused_with_those_that_have_one(installation: Installation):
    with pytest.raises(UnknownBodyError, match="'stakeholders'; there are: executive-committee, fund-board-"):
        shown(installation, "stakeholders")
