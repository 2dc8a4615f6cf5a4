"""A year in which people change: each letter reaches who is in the place that day, once; all is proved."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from policies.plans.notice_key import NoticeKey
from records.chain.audit import breaks
from records.cycles import opened_cycles
from records.database import reading
from records.ledger.ledger import times_sent
from records.ledger.notices import notices_of, transitions
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import Proof, proof_of
from tasks.inputs.mail.returned import take_report
from tasks.installation.installation import Installation
from tasks.status.findings import address_findings
from tasks.status.open_items import open_items
from tests.days import day
from tests.installations import TODAY, Facts, Listed, at, directory, record, workplace_in
from tests.tasks.inputs import bounces

if TYPE_CHECKING:
    from tests.postgres import Postgres

S = "a letter"
CYCLE = "annual-meeting/2027"
OPENED, CALLED, INPUTS_DUE = day("Mon 2027-01-04"), day("Fri 2027-10-08"), day("Fri 2027-11-05")
MARCH, RETURNED, FOLLOWED = day("Mon 2027-03-01"), day("Mon 2027-10-11"), day("Tue 2027-10-26")
ANSWERED, NEXT_YEAR = day("Wed 2027-10-27"), day("Tue 2028-01-04")
AWAY_UNTIL = day("Sun 2027-10-17")

# What is recorded at noon of a day, after it was enforced and before its letters leave.
AT_NOON: dict[date, Facts] = {
    MARCH: {
        "people": [{"id": "ilo", "name": "Léa Martin", "since_on": MARCH, "source": S}],
        "contacts": [
            {
                "person": "ilo",
                "address": "lea@ilo.example.org",
                "since_on": MARCH,
                "language": "fr",
                "source": S,
            }
        ],
    },
    CALLED: {
        "people": [{"id": "hana", "name": "Hana Aoki", "since_on": CALLED, "source": S}],
        "contacts": [
            {"person": "hana", "address": "hana@unhcr.example.org", "since_on": CALLED, "source": S},
            {"person": "undp", "address": "desk@undp.example.org", "since_on": CALLED, "source": S},
        ],
        "successions": [{"person": "unhcr", "successor": "hana", "since_on": CALLED, "source": S}],
        "absences": [{"person": "unicef", "first": CALLED, "last": AWAY_UNTIL, "source": S}],
        "delegations": [
            {"person": "unicef", "delegate": "who", "first": CALLED, "last": AWAY_UNTIL, "source": S}
        ],
    },
    day("Tue 2027-10-12"): {
        "contacts": [
            {
                "person": "iom",
                "address": "works@iom.example.org",
                "since_on": day("Tue 2027-10-12"),
                "source": S,
            }
        ],
    },
    FOLLOWED: {
        "people": [{"id": "boris", "name": "Boris Berg", "since_on": FOLLOWED, "source": S}],
        "contacts": [{"person": "boris", "address": "boris@example.org", "since_on": FOLLOWED, "source": S}],
        "successions": [
            {"person": "coordinator-office", "successor": "boris", "since_on": FOLLOWED, "source": S}
        ],
    },
    ANSWERED: {
        "answers": [
            {
                "cycle": CYCLE,
                "person": "hana",
                "kind": "document",
                "received_on": ANSWERED,
                "source": "a mail",
            }
        ],
    },
}
# Where what is owed under an id goes from the noon of a day on, if not to `ID@example.org`.
GOES_TO = {
    "ilo": {MARCH: "lea@ilo.example.org"},
    "unhcr": {CALLED: "hana@unhcr.example.org"},
    "hana": {CALLED: "hana@unhcr.example.org"},
    "undp": {CALLED: "desk@undp.example.org"},
    "unicef": {CALLED: "who@example.org", AWAY_UNTIL + timedelta(days=1): "unicef@example.org"},
    "iom": {day("Tue 2027-10-12"): "works@iom.example.org"},
    "coordinator-office": {FOLLOWED: "boris@example.org"},
    "boris": {FOLLOWED: "boris@example.org"},
}
DAYS = [
    TODAY,
    OPENED,
    MARCH,
    day("Fri 2027-10-01"),
    day("Thu 2027-10-07"),  # after a gap, letters wait a day
    *(CALLED + timedelta(days=n) for n in range(21)),
    *(INPUTS_DUE + timedelta(days=n) for n in range(-3, 4)),
    day("Wed 2027-12-01"),
    day("Fri 2027-12-31"),
    NEXT_YEAR,
    NEXT_YEAR + timedelta(days=1),
]


def expected(person: str, on: date) -> str:
    address = f"{person}@example.org"
    for since, other in GOES_TO.get(person, {}).items():
        address = other if since <= on else address
    return address


class Year:
    """The days lived through, and every mail with the day it left on."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.mails: list[tuple[date, str, str, str]] = []

    def lives(self) -> None:
        for on in DAYS:
            enforce(self.installation, on, at(on))
            if on in AT_NOON:
                record(self.installation, AT_NOON[on], on)
            if on == RETURNED:
                self.comes_back("iom", on)
            way_out = Listed()
            dispatch(self.installation, on, at(on, 13), way_out.open_channels)
            for mail in way_out.mails:
                self.mails += [(on, key, mail.to, " ".join(mail.copies)) for key in mail.notice_keys]

    def comes_back(self, person: str, on: date) -> None:
        with reading(self.installation.engine) as session:
            letter = next(
                n.letter
                for n in notices_of(session)
                if (n.person, n.kind, n.cycle) == (person, "call-for-inputs", CYCLE)
            )
            report = bounces.report(str(letter), f"{person}@example.org")
        assert take_report(self.installation, report, "<bounce@mx.example.org>", at(on, 9))

    def proved(self) -> Proof:
        with reading(self.installation.engine) as session:
            return proof_of(session, self.installation, DAYS[0], DAYS[-1])


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The whole year, lived through once on each database."""
    with ExitStack() as stack:
        environment = stack.enter_context(pytest.MonkeyPatch.context())
        if request.param == "postgresql":
            server: Postgres = request.getfixturevalue("postgres")
            environment.setenv("MANDATES_DATABASE_URL", stack.enter_context(server.database()))
        lived = Year(stack.enter_context(workplace_in(tmp_path_factory.mktemp("year"))))
        lived.lives()
        yield lived


def test_every_letter_goes_to_who_is_in_the_place_that_day(year: Year):
    went = {(on, key): to for on, key, to, _ in year.mails}
    assert {
        each: to for each, to in went.items() if to != expected(NoticeKey.parse(each[1]).person, each[0])
    } == {}
    reached = {to for _, _, to, _ in year.mails}
    assert {address for changes in GOES_TO.values() for address in changes.values()} <= reached


def test_nothing_is_lost_and_nothing_is_said_twice(year: Year):
    keys = [key for _, key, _, _ in year.mails]
    assert len(keys) == len(set(keys))
    with reading(year.installation.engine) as session:
        assert set(times_sent(session).values()) == {1}
        waiting = [n.notice_key for n in notices_of(session) if n.state in ("refused", "unknown")]
        assert waiting == []
        assert list(breaks(session)) == []


def test_what_was_entered_for_a_predecessor_leaves_to_the_successor_and_says_why(year: Year):
    [(on, key, to)] = [
        (on, key, to)
        for on, key, to, _ in year.mails
        if key.startswith(f"{CYCLE}:call-for-inputs:") and ":unhcr:" in key
    ]
    assert (on, to) == (CALLED, "hana@unhcr.example.org")
    assert not [each for _, each, _, _ in year.mails if each.startswith(CYCLE) and ":hana:" in each]
    with reading(year.installation.engine) as session:
        moves = [(move.state, move.cause) for move in transitions(session, key)]
    assert [state for state, _ in moves] == ["entered", "claimed", "sent"]
    assert moves[-1][1] == "remembered; hana took the place of unhcr"


def test_a_delegate_gets_it_with_the_absent_one_in_copy_and_the_cause_says_so(year: Year):
    stood_in = [
        (on, key, copies)
        for on, key, to, copies in year.mails
        if ":unicef:" in key and to == "who@example.org"
    ]
    assert {copies for _, _, copies in stood_in} == {"unicef@example.org"}
    assert {on for on, _, _ in stood_in} <= {CALLED + timedelta(days=n) for n in range(10)}
    with reading(year.installation.engine) as session:
        cause = transitions(session, stood_in[0][1])[-1].cause
    assert cause == f"remembered; who stands in for unicef until {AWAY_UNTIL}"


def test_the_answer_of_a_successor_ends_the_chasing_of_the_place(year: Year):
    chased = [
        on for on, key, _, _ in year.mails if key.startswith(CYCLE) and ":unhcr:" in key and "remind" in key
    ]
    assert chased
    assert max(chased) < ANSWERED
    last = [key for on, key, _, _ in year.mails if key.startswith(f"{CYCLE}:last-reminder") and on > ANSWERED]
    assert len(last) > 1
    receipts = [(to, key) for _, key, to, _ in year.mails if key.startswith(f"{CYCLE}:receipt")]
    assert [to for to, _ in receipts] == ["hana@unhcr.example.org"]
    with reading(year.installation.engine) as session:
        owing = {
            person for item in open_items(session, year.installation, INPUTS_DUE) for person in item.people
        }
    assert "unhcr" not in owing


def test_an_address_that_failed_is_a_finding_until_it_is_replaced(year: Year):
    with reading(year.installation.engine) as session:
        then, now = (directory(year.installation, on) for on in (RETURNED, NEXT_YEAR))
        assert [found.partition(":")[0] for found in address_findings(session, then)] == ["iom"]
        assert list(address_findings(session, now)) == []


def test_a_holder_who_was_succeeded_is_not_told_everything_anew(year: Year):
    told = [(on, key) for on, key, to, _ in year.mails if to == "boris@example.org"]
    assert told
    earlier = {key for on, key, _, _ in year.mails if on < FOLLOWED}
    assert not {key for _, key in told} & earlier
    assert not [key for on, key in told if on == FOLLOWED and ":opening:" in key]


def test_the_next_cycle_is_opened_for_those_who_are_there_then(year: Year):
    with reading(year.installation.engine) as session:
        opened = opened_cycles(session)
    before, after = (opened[f"annual-meeting/{name}"].roster["network-members"] for name in ("2027", "2028"))
    assert ("unhcr" in before, "hana" in before) == (True, False)
    assert ("unhcr" in after, "hana" in after) == (False, True)
    assert len(before) == len(after)
    told = {
        NoticeKey.parse(key).person for _, key, _, _ in year.mails if key.startswith("annual-meeting/2028")
    }
    assert "boris" in told
    assert "coordinator-office" not in told


def test_all_of_it_is_proved_and_stays_so_when_people_change_again(year: Year):
    first = year.proved()
    assert (first.holds, first.failures) == (True, [])
    assert first.owed > 200
    assert not [remark for remark in first.remarks if "not derived anew" in remark]
    later = NEXT_YEAR + timedelta(days=30)
    changes: Facts = {
        "people": [{"id": "nora", "name": "Nora Nwosu", "since_on": later, "source": S}],
        "contacts": [
            {"person": "nora", "address": "nora@example.org", "since_on": later, "source": S},
            {
                "person": "ilo",
                "address": "other@ilo.example.org",
                "channels": ["chat"],
                "since_on": later,
                "source": S,
            },
        ],
        "successions": [{"person": "ohchr", "successor": "nora", "since_on": later, "source": S}],
        "departures": [{"person": "undesa", "left_on": later, "source": S}],
    }
    record(year.installation, changes, later)
    again = year.proved()
    assert (again.holds, again.owed, again.failures) == (True, first.owed, [])
