"""A meeting from its call to its minutes, and a decision from its day to the proof that it was done."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from policies.problems import RefusedFileError
from records.cycles import opened_cycles
from records.database import reading, writing
from records.facts.facts import correct_fact, read_facts
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.packages.previous_cycle import decisions_of
from tasks.statement.figures import figures, sources_of
from tasks.status.open_cycles import OpenCycle, cycles_open
from tasks.status.statuses import statuses
from tests.days import day
from tests.installations import TODAY, at, not_withdrawn, record, workplace_in

Entry = dict[str, object]

CALLED, DRAFTED, ASKED = day("Mon 2027-09-06"), day("Fri 2027-09-10"), day("Thu 2027-09-30")
FIXED, HELD = day("Fri 2027-10-01"), day("Wed 2027-10-20")
CALL: Entry = {
    "id": "annual-2027",
    "kind": "annual-meeting",
    "starts_on": HELD - timedelta(days=1),
    "place": "Geneva",
    "title": "Annual meeting 2027",
    "source": "the announcement",
}
MEETING: Entry = {
    "id": "annual-2027",
    "kind": "annual-meeting",
    "began_on": HELD - timedelta(days=1),
    "held_on": HELD,
    "place": "Geneva",
    "title": "Annual meeting 2027",
    "participants": {"network-members": "31 entities", "stakeholders": "120 people"},
    "source": "the list of participants",
}


def paper(kind: str, on: date, meeting: str = "annual-2027") -> Entry:
    where = {"reference": f"UNNM/2027/{kind}", "languages": ["en", "fr"], "confidentiality": "public"}
    return {"meeting": meeting, "kind": kind, "issued_on": on} | where


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path, {}) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def lived(installation: Installation, first: date, last: date, about: str) -> list[str]:
    """Enforce every day, and return `day kind scheduled notice person` of what was entered about a cycle."""
    found = []
    for on in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        notices = enforce(installation, on, at(on)).notices
        found += [f"{on:%a %m-%d} {n.kind} {n.scheduled} {n.person}" for n in notices if n.cycle == about]
    return found


def refused(installation: Installation, kind: str, entry: Entry, on: date, why: str) -> None:
    with pytest.raises(RefusedFileError, match=why):
        record(installation, {kind: [entry]}, on)


# REV-3b
def test_the_agenda_is_final_only_after_the_stakeholders_were_consulted_on_it(installation):
    record(installation, {"convenings": [CALL], "papers": [paper("draft-agenda", CALLED)]}, CALLED)
    refused(installation, "papers", paper("agenda", DRAFTED), DRAFTED, "without a record of the consultation")
    record(installation, {"papers": [paper("consultation-record", ASKED)]}, ASKED)
    refused(installation, "papers", paper("agenda", ASKED), ASKED, "dated before it")
    record(installation, {"papers": [paper("agenda", FIXED)]}, FIXED)
    with reading(installation.engine) as session:
        kinds = [each.kind for each in read_facts(session).papers_of("annual-2027")]
    assert kinds == ["draft-agenda", "consultation-record", "agenda"]
    said = not_withdrawn(installation, "paper", 2, FIXED)
    assert said.startswith("paper 2 cannot be withdrawn: paper 3 rests on it")


def test_another_kind_of_meeting_needs_no_consultation_on_its_agenda(installation):
    call = CALL | {"id": "ec-2027", "kind": "executive-committee-meeting"}
    record(installation, {"convenings": [call], "papers": [paper("agenda", CALLED, "ec-2027")]}, CALLED)


# SEC-4i
def test_each_step_of_a_meetings_records_is_chased_until_its_paper_is_there(installation):
    about = "meeting-records-publication/annual-2027"
    record(installation, {"meetings": [MEETING]}, HELD)
    assert lived(installation, HELD, day("Fri 2027-10-22"), about) == ["Wed 10-20 opening begins secretariat"]
    record(installation, {"papers": [paper("draft-minutes", day("Fri 2027-10-22"))]}, day("Fri 2027-10-22"))
    assert lived(installation, day("Mon 2027-10-25"), day("Thu 2027-10-28"), about) == [
        "Thu 10-28 reminder decisions-published+1 secretariat",
    ]
    done = [paper(kind, day("Fri 2027-10-29")) for kind in ("cleared-minutes", "decisions", "minutes")]
    record(installation, {"papers": done}, day("Fri 2027-10-29"))
    assert lived(installation, day("Fri 2027-10-29"), day("Thu 2027-11-04"), about) == [
        "Fri 10-29 reminder target-3 secretariat",
        "Thu 11-04 reminder target+1 secretariat",
    ]
    record(installation, {"papers": [paper("documents", day("Fri 2027-11-05"))]}, day("Fri 2027-11-05"))
    assert lived(installation, day("Fri 2027-11-05"), day("Fri 2027-12-31"), about) == [
        "Fri 11-05 receipt met-2027-11-05 secretariat"
    ]
    with reading(installation.engine) as session:
        (found,) = statuses(
            installation.pack, read_facts(session), day("Fri 2027-11-05"), "meeting-records-publication"
        )
    (turn,) = found.turns
    assert turn.cycle.completion
    assert turn.cycle.completion.evidence == "UNNM/2027/minutes; UNNM/2027/documents; UNNM/2027/decisions"


def test_a_meeting_that_was_called_off_has_no_minutes_and_sets_nothing_off(installation):
    off: Entry = {"meeting": "annual-2027", "cancelled_on": ASKED, "reason": "no quorum"}
    record(installation, {"convenings": [CALL]}, CALLED)
    record(installation, {"cancellations": [off]}, ASKED)
    refused(installation, "papers", paper("minutes", HELD), HELD, "called off on 2027-09-30")
    refused(installation, "meetings", MEETING, HELD, "correct the cancellation first")
    assert lived(installation, HELD, HELD, "meeting-records-publication/annual-2027") == []


def test_a_meeting_that_was_called_off_is_not_called_again_until_that_is_corrected(installation):
    off: Entry = {"meeting": "annual-2027", "cancelled_on": ASKED, "reason": "no quorum"}
    again = CALL | {"starts_on": HELD + timedelta(days=14)}
    record(installation, {"convenings": [CALL]}, CALLED)
    record(installation, {"cancellations": [off]}, ASKED)
    refused(installation, "convenings", again, ASKED, "called off on 2027-09-30")
    refused(installation, "convenings", again, ASKED, "correct the cancellation first")
    record(installation, {"convenings": [CALL], "cancellations": [off]}, ASKED)  # the same file once more
    with writing(installation.engine) as session:
        correct_fact(session, "cancellation", 1, "it is held after all", "a test", at(ASKED))
    record(installation, {"convenings": [again]}, ASKED)


def test_minutes_come_after_their_meeting(installation):
    record(installation, {"convenings": [CALL]}, CALLED)
    refused(installation, "papers", paper("minutes", HELD), HELD, "not on record as held")
    record(installation, {"meetings": [MEETING]}, HELD)
    early = paper("minutes", HELD - timedelta(days=1))
    refused(installation, "papers", early, HELD, "not before the meeting was held")


def test_one_meeting_serves_several_duties_each_with_its_own_evidence(installation):
    served: list[Entry] = [
        {"obligation": "annual-meeting", "evidence": "summary and decisions", "counts_for": "2027"},
        {"obligation": "working-arrangements-review", "evidence": "report of the review, item 4"},
    ]
    links: Entry = {"completed_on": HELD, "meeting": "annual-2027"}
    record(installation, {"meetings": [MEETING], "completions": [links | each for each in served]}, HELD)
    with reading(installation.engine) as session:
        completions = read_facts(session).completions
    assert [(c.obligation, c.meeting, c.evidence) for c in completions] == [
        ("annual-meeting", "annual-2027", "summary and decisions"),
        ("working-arrangements-review", "annual-2027", "report of the review, item 4"),
    ]
    other = links | served[0] | {"meeting": "annual-2028"}
    refused(installation, "completions", other, HELD, "one of: annual-2027")


TAKEN, DUE = day("Tue 2026-12-01"), day("Fri 2027-01-29")
DECISION: Entry = {
    "id": "ec-7",
    "decided_on": TAKEN,
    "owners": ["working-group-chairs", "unu"],
    "due_on": DUE,
    "text": "publish the list of indicators",
    "issued_by": "executive-committee",
    "mandates_respected": "legal focal points of all members, 30 November",
    "source": "EC/2026/7",
}
ABOUT = "decision-follow-up/ec-7"


def progress(status: str, on: date, **more: object) -> Entry:
    return {"decision": "ec-7", "noted_on": on, "status": status, "says": f"it is {status}"} | more


# SEC-4j
def test_owners_are_told_and_reminded_until_a_decision_is_proved_to_be_carried_out(installation):
    record(installation, {"decisions": [DECISION]}, TAKEN)
    owners = ["secretariat", "unu", "working-group-chairs"]
    assert lived(installation, TAKEN, TAKEN, ABOUT) == [f"Tue 12-01 opening begins {who}" for who in owners]
    assert lived(installation, day("Wed 2026-12-02"), DUE, ABOUT) == [
        *(f"Wed 12-30 reminder due-30 {who}" for who in owners),
        *(f"Fri 01-22 last-reminder due-7 {who}" for who in owners),
    ]
    record(installation, {"progress": [progress("under-way", DUE)]}, DUE)
    late = day("Mon 2027-02-01")
    assert lived(installation, late, late, ABOUT) == [f"Mon 02-01 overdue due+1 {who}" for who in owners]
    assert counted(installation, late) == {"decisions-unfinished": 1, "decisions-overdue": 1}
    refused(installation, "progress", progress("carried-out", late), late, "without evidence")
    done = progress("carried-out", day("Wed 2027-02-03"), evidence="UNNM/2027/5")
    record(installation, {"progress": [done]}, day("Wed 2027-02-03"))
    assert lived(installation, day("Wed 2027-02-03"), day("Fri 2027-04-30"), ABOUT) == [
        "Wed 02-03 receipt met-2027-02-03 secretariat"
    ]
    assert counted(installation, day("Wed 2027-02-03")) == {"decisions-unfinished": 0, "decisions-overdue": 0}
    again = progress("under-way", day("Thu 2027-02-04"))
    refused(installation, "progress", again, day("Thu 2027-02-04"), "is carried-out since 2027-02-03")


def counted(installation: Installation, on: date) -> dict[str, int | None]:
    with reading(installation.engine) as session:
        found = figures(sources_of(session, installation, read_facts(session), TODAY, on))
    return {each.measure.id: each.value for each in found if each.measure.id.startswith("decisions")}


def test_a_package_tells_how_far_decisions_are_also_the_old_ones_that_were_never_carried_out(installation):
    record(installation, {"decisions": [DECISION]}, TAKEN)
    record(installation, {"progress": [progress("delayed", DUE)]}, DUE)
    met: Entry = {"obligation": "annual-meeting", "completed_on": DUE, "evidence": "x", "counts_for": "2026"}
    record(installation, {"completions": [met]}, DUE)
    enforce(installation, day("Mon 2027-10-11"), at(day("Mon 2027-10-11")))
    (told,) = decisions_of(open_cycle_on(installation, day("Mon 2027-10-11")))
    assert (told.owner, told.due_on, told.done_on) == ("working-group-chairs, unu", DUE, None)
    assert (told.status, told.noted_on, told.noted) == ("delayed", DUE, "it is delayed")


def open_cycle_on(installation: Installation, on: date) -> OpenCycle:
    """The annual meeting of 2027."""
    with reading(installation.engine) as session:
        facts = read_facts(session)
        watched = statuses(installation.pack, facts, on, "annual-meeting")
        found = list(cycles_open(installation, watched, opened_cycles(session), facts))
    return next(each for each in found if each.turn.cycle.name == "2027")


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"owners": None}, "owner, or else owners"),
        ({"owners": ["nobody-known"]}, "one of: "),
        ({"owner": "secretariat"}, "owner and owners"),
        ({"meeting": "ec-1"}, "one of: "),
        ({"due_on": day("Mon 2026-11-30")}, "not before decided_on"),
        ({"issued_by": "council"}, "one of: "),
    ],
)
def test_a_decision_nobody_could_follow_is_refused(installation, wrong, why):
    entry = {key: value for key, value in (DECISION | wrong).items() if value is not None}
    refused(installation, "decisions", entry, TAKEN, why)


def test_a_published_decision_is_changed_by_a_correction_alone(installation):
    record(installation, {"decisions": [DECISION]}, TAKEN)
    other = DECISION | {"text": "publish nothing"}
    refused(installation, "decisions", other, TAKEN, "in other words than on record")


# DEC-4
@pytest.mark.parametrize(("said", "found"), [("legal focal points", []), (None, ["DEC-4"])])
def test_a_decision_without_a_word_on_members_mandates_is_a_finding(installation, said, found):
    decision = {k: v for k, v in (DECISION | {"mandates_respected": said}).items() if v is not None}
    record(installation, {"decisions": [decision]}, TAKEN)
    findings = enforce(installation, TAKEN, at(TAKEN)).findings
    assert [each for each in findings if "mandates of the members" in each] == [
        f"{ABOUT}: respect for the mandates of the members is not on record ({provision})"
        for provision in found
    ]
