"""An admission, a partner, a rotation, a review that merges two groups, and a report of what changed."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from input_packages.contents import Contents
from input_packages.roll_contents import Member
from policies.membership.groups import groups_on
from policies.membership.rolls import roll_on
from policies.problems import RefusedFileError
from policies.status.states import State
from records.cycles import opened_cycles
from records.database import reading
from records.facts.facts import read_facts
from records.ledger.notices import notices_of
from tasks.enforcement.enforcement import enforce
from tasks.inputs.intake import Intake
from tasks.installation.installation import Installation
from tasks.packages.assembly import assemble
from tasks.packages.contents import contents_of
from tests.days import day
from tests.installations import TWO_LANGUAGES, at, not_withdrawn, record, workplace_in

S = "the minutes"
START, OCTOBER = day("Mon 2026-05-11"), day("Tue 2024-10-01")
NETWORK, COMMITTEE, BOARD = "network-members", "executive-committee", "fund-board-members"
GROUPS, UPDATE = "working-group-review/2026", "executive-committee-membership-update/2026"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path, languages=TWO_LANGUAGES) as opened:
        yield opened


def seen(body: str, *members: str) -> list[dict[str, object]]:
    return [{"body": body, "member": each, "seen_on": date(2020, 1, 1), "source": S} for each in members]


def entering(body: str, member: str, on: date, **more: object) -> dict[str, object]:
    return {"body": body, "member": member, "joined_on": on, "source": S, **more}


def decided(name: str, on: date, text: str) -> dict[str, object]:
    return {"id": name, "decided_on": on, "owner": "secretariat", "text": text, "source": S}


def vouched(body: str, on: date) -> dict[str, object]:
    return {"body": body, "attested_on": on, "source": S}


def group(name: str, since_on: date, focus: str) -> dict[str, object]:
    return {"id": name, "title": name.title(), "focus": focus, "since_on": since_on, "source": S}


def refused(installation: Installation, facts: dict[str, Any], on: date) -> str:
    with pytest.raises(RefusedFileError) as refusal:
        record(installation, facts, on)
    return str(refusal.value)


def members(installation: Installation, body: str, on: date, known_at: date | None = None) -> list[str]:
    instant = at(known_at, 23) if known_at else None
    with reading(installation.engine) as session:
        return [stay.member for stay in roll_on(read_facts(session, instant).rolls, body, on)]


def put_forward(installation: Installation, cycle: str, on: date) -> Contents:
    with reading(installation.engine) as session:
        [open_cycle] = Intake(installation, on).open_cycles(session, [cycle])
        return contents_of(session, open_cycle, opened_cycles(session))


def told(installation: Installation, cycle: str) -> list[str]:
    """Return who was told what about a cycle, as `day kind person`, in the order of the days."""
    with reading(installation.engine) as session:
        return sorted(f"{n.send_on} {n.kind} {n.person}" for n in notices_of(session) if n.cycle == cycle)


def test_an_admission_takes_a_decision_and_is_asked_from_the_next_cycle_on(installation: Installation):
    agreed, entered = day("Mon 2026-06-15"), day("Wed 2026-07-01")
    record(installation, {"joinings": seen(NETWORK, "ilo", "iom")}, START)
    record(installation, {"attestations": [vouched(NETWORK, START)]}, START)
    enforce(installation, START, at(START), obligation="working-group-review")

    admission = entering(NETWORK, "unitar", entered)
    assert "the recorded decision to admit unitar (MEM-2b)" in refused(
        installation, {"joinings": [admission]}, agreed
    )
    assert "a decision that is on record" in refused(
        installation, {"joinings": [admission | {"decision": "ec-2026-4"}]}, agreed
    )
    decision = decided("ec-2026-4", agreed, "admit UNITAR")
    record(
        installation, {"decisions": [decision], "joinings": [admission | {"decision": "ec-2026-4"}]}, agreed
    )

    assert members(installation, NETWORK, entered, known_at=START) == ["ilo", "iom"]
    assert [members(installation, NETWORK, on) for on in (agreed, entered)] == [
        ["ilo", "iom"],
        ["ilo", "iom", "unitar"],
    ]
    opened = day("Mon 2027-01-04")
    enforce(installation, opened, at(opened), obligation="annual-meeting")
    with reading(installation.engine) as session:
        cycles = opened_cycles(session)
    assert cycles[GROUPS].roster[NETWORK] == ["ilo", "iom"]
    assert cycles["annual-meeting/2027"].roster[NETWORK] == ["ilo", "iom", "unitar"]


def test_a_partner_is_admitted_after_the_members_whom_a_person_chose_were_asked(installation: Installation):
    asked, decision_on = day("Mon 2026-06-01"), day("Mon 2026-06-22")
    record(
        installation,
        {
            "joinings": seen(NETWORK, "ilo", "iom", "who"),
            "groups": [group("trade", date(2025, 1, 1), "what trade does to migration")],
            "attestations": [vouched(NETWORK, START)],
        },
        START,
    )
    consultation = {
        "id": "about-the-federation",
        "group": "trade",
        "partner": "federation",
        "chosen": ["ilo", "who"],
        "chosen_by": "A. Officer",
        "reason": "both work with it",
        "invited_on": asked,
        "until": day("Fri 2026-06-19"),
        "source": "the letters",
    }
    record(installation, {"consultations": [consultation]}, asked)
    view = {"consultation": "about-the-federation", "member": "ilo", "kind": "agrees", "source": "a message"}
    record(installation, {"views": [view | {"answered_on": day("Tue 2026-06-09")}]}, day("Tue 2026-06-09"))
    stranger = view | {"member": "iom", "answered_on": day("Wed 2026-06-10")}
    assert "member: one of: ilo, who" in refused(installation, {"views": [stranger]}, day("Wed 2026-06-10"))

    partner = entering("trade", "federation", decision_on, role="partner", decision="ec-2026-5")
    early = decided("ec-2026-5", day("Mon 2026-06-15"), "let the federation take part")
    assert "a decision not before 2026-06-19, when the consultation" in refused(
        installation, {"decisions": [early], "joinings": [partner]}, decision_on
    )
    # The other member never answered: silence is consulted, not agreed, and no veto.
    in_time = early | {"decided_on": decision_on}
    record(installation, {"decisions": [in_time], "joinings": [partner]}, decision_on)
    assert members(installation, "trade", decision_on) == ["federation"]


def test_a_rotation_warns_before_a_term_ends_and_passes_the_seat_on(installation: Installation):
    first = {"body": BOARD, "seat": "donors-1", "holder": "unfpa", "source": S, "starts_on": OCTOBER}
    seat = {"body": BOARD, "constituency": "donors", "since_on": date(2020, 1, 1), "source": S}
    facts = {
        "terms": [first | {"ends_on": date(2026, 9, 30)}],
        "seats": [seat | {"seat": "donors-1"}, seat | {"seat": "donors-2"}],
        "attestations": [vouched(BOARD, START)],
    }
    record(installation, facts, START)
    cycle = "fund-board-rotation/donors-1-2024-10-01"
    for on in (START, day("Tue 2026-05-12"), day("Mon 2026-08-03"), day("Mon 2026-08-31")):
        done = enforce(installation, on, at(on), obligation="fund-board-rotation")
    assert "fund-board-members: nobody has recorded who holds donors-2 (donors)" in done.findings
    told_before = told(installation, cycle)
    assert [line for line in told_before if "call-for-inputs" in line] == ["2026-05-08 call-for-inputs unfpa"]

    second = first | {"holder": "unu", "starts_on": date(2026, 9, 1), "ends_on": date(2028, 9, 30)}
    changed = day("Tue 2026-09-01")
    assert "one holder of donors-1 at one time: unfpa from 2024-10-01 to 2026-09-30" in refused(
        installation, {"terms": [second]}, changed
    )
    met = {
        "obligation": "fund-board-rotation",
        "completed_on": changed,
        "evidence": "roster of September",
        "counts_for": "donors-1-2024-10-01",
    }
    record(
        installation, {"terms": [second | {"starts_on": date(2026, 10, 1)}], "completions": [met]}, changed
    )
    last = day("Fri 2026-10-02")
    enforce(installation, last, at(last), obligation="fund-board-rotation")
    with reading(installation.engine) as session:
        facts_now = read_facts(session)
    turns = installation.pack.status("fund-board-rotation", facts_now, last).turns
    assert [(turn.cycle.name, turn.state) for turn in turns] == [
        ("donors-1-2024-10-01", State.MET),
        ("donors-1-2026-10-01", State.SCHEDULED),
    ]
    after = sorted(set(told(installation, cycle)) - set(told_before))
    assert {line.split()[1] for line in after} == {"receipt"}


def three_groups(installation: Installation) -> None:
    """Record three groups, two of them with chairs, and begin their review."""
    names, since = ("climate", "health", "trade"), date(2023, 1, 1)
    chairs = [
        entering("trade", "ilo", since, role="chair"),
        entering("climate", "unfpa", since, role="co-chair"),
        entering("climate", "iom", since),
    ]
    groups = [group(name, since, f"{name} and migration") for name in names]
    attested = [vouched("working-groups", START)]
    record(installation, {"groups": groups, "joinings": chairs, "attestations": attested}, START)
    enforce(installation, START, at(START), obligation="working-group-review")


def ids(members: Iterable[Member]) -> list[str]:
    return [member.id for member in members]


def test_the_review_of_the_groups_asks_their_chairs_and_has_a_part_for_each(installation: Installation):
    three_groups(installation)
    on = day("Fri 2026-06-19")
    enforce(installation, on, at(on), obligation="working-group-review")
    called = {line.split()[2] for line in told(installation, GROUPS) if line.split()[1] == "call-for-inputs"}
    assert called >= {"ilo", "unfpa"}
    assert "working-group-chairs" not in called  # the mailbox of the directory: the chairs are on the rolls
    [row] = assemble(installation, on, at(on), cycle=GROUPS).rows
    assert row["file"].startswith("working-group-review_2026_v1")
    found = put_forward(installation, GROUPS, on).groups
    assert found
    assert [(part.id, part.focus, ids(part.chairs), ids(part.members)) for part in found.groups] == [
        ("climate", "climate and migration", ["unfpa"], ["iom"]),
        ("health", "health and migration", [], []),
        ("trade", "trade and migration", ["ilo"], []),
    ]


def test_the_review_merges_two_groups_and_is_closed_by_a_decision_on_each(installation: Installation):
    three_groups(installation)
    on = day("Mon 2026-10-26")
    completion = {"obligation": "working-group-review", "completed_on": on, "evidence": "decision 9"}
    said = refused(installation, {"completions": [completion]}, on)
    assert f"one outcome for each group, recorded for {GROUPS} before or with the completion: climate" in said
    outcome = {"decided_on": on, "decision": "ec-2026-9", "cycle": GROUPS, "source": S}
    merged = [outcome | {"group": each, "result": "merge", "into": "labour"} for each in ("climate", "trade")]
    whole = {
        "decisions": [decided("ec-2026-9", on, "merge trade and climate")],
        "groups": [group("labour", on, "work, trade and climate")],
        "outcomes": merged,
        "completions": [completion],
    }
    assert "health has none (mandates record outcome)" in refused(installation, whole, on)
    kept = outcome | {"group": "health", "result": "continue"}
    record(installation, whole | {"outcomes": [*merged, kept]}, on)
    for number in (1, 2, 3):
        assert "cannot be withdrawn: completion" in not_withdrawn(installation, "outcome", number, on)

    with reading(installation.engine) as session:
        rolls = read_facts(session).rolls
    alive = [[each.group.id for each in groups_on(rolls, day)] for day in (date(2026, 10, 25), on)]
    assert alive == [["climate", "health", "trade"], ["health", "labour"]]
    assert roll_on(rolls, "trade", on) == ()
    before = told(installation, GROUPS)
    after = day("Mon 2026-11-09")
    done = enforce(installation, after, at(after), obligation="working-group-review")
    assert {line.split()[1] for line in set(told(installation, GROUPS)) - set(before)} == {"receipt"}
    assert "labour: nobody has recorded who belongs to this working group" in done.findings


def test_the_yearly_update_is_the_difference_of_the_roll_or_a_nil_return(installation: Installation):
    record(
        installation,
        {"joinings": seen(COMMITTEE, "ilo", "iom"), "attestations": [vouched(COMMITTEE, START)]},
        START,
    )
    reported = {"obligation": "executive-committee-membership-update", "counts_for": "2025"}
    last = reported | {"completed_on": day("Mon 2025-12-15"), "evidence": "letter of December 2025"}
    record(installation, {"completions": [last]}, START)
    enforce(installation, START, at(START), obligation="executive-committee-membership-update")
    assert (nil := put_forward(installation, UPDATE, START).roll)
    assert (nil.changes, nil.since, ids(nil.members)) == ((), day("Mon 2025-12-15"), ["ilo", "iom"])

    on = day("Mon 2026-06-15")
    changes: dict[str, Any] = {
        "joinings": [entering(COMMITTEE, "unfpa", on)],
        "leavings": [{"body": COMMITTEE, "member": "ilo", "left_on": on, "source": "a letter"}],
    }
    record(installation, changes, on)
    found = put_forward(installation, UPDATE, on).roll
    assert found
    moved = [(each.member.id, each.kind, each.on) for each in found.changes]
    assert moved == [("ilo", "left", on), ("unfpa", "entered", on)]
    assert (ids(found.members), found.attested_on) == (["iom", "unfpa"], START)


def test_the_lead_of_the_review_of_the_board_is_named_and_the_warning_stays(installation: Installation):
    enforce(installation, START, at(START), obligation="fund-board-review")
    cycle, by = "fund-board-review/2026", "the Executive Committee"
    assert put_forward(installation, cycle, START).lead is None
    lead = {"cycle": cycle, "name": "A. Lead", "decided_by": by, "decided_on": START, "source": S}
    record(installation, {"leads": [lead]}, START)
    contents = put_forward(installation, cycle, START)
    assert contents.lead
    assert (contents.lead.name, contents.lead.decided_by) == ("A. Lead", by)
    assert "The Coordinator chairs the body under review" in contents.warnings[0]["en"]
