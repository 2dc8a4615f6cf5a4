"""That a due date has passed is said on its day: after a cap, in a pause, after a gap, when dates move."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.enforcement.owed import ladder_of
from policies.facts.answers import Pause
from policies.facts.facts import Facts
from policies.obligations.overdue import can_be_overdue, must_hear, said_on, says_overdue
from policies.pack.pack import Pack
from policies.people.taking_over import load_directory
from policies.plans.announced import Announced
from policies.plans.notices import ALWAYS_SAID, CHASERS, NoticeClass, NoticeKind, NoticeState
from policies.status.states import State
from policies.status.status import Turn
from records.cycles import Opened
from records.database import reading, writing
from records.facts.facts import correct_fact
from records.ledger.notices import Entry, Notice
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.notices import drafts, owed
from tasks.enforcement.proof import Proof, proof_of
from tasks.installation.installation import Installation
from tasks.status.open_cycles import OpenCycle
from tests import example_pack
from tests.days import day, shown
from tests.fuzzing import examples
from tests.installations import FACTS, FORUM, Listed, at, record, workplace_in
from tests.policies import network

GROUPS = "working-group-review/2026"  # due on Sunday 6 December 2026; three reminders at most
LIVE_ON = day("Mon 2026-06-01")
REMINDED_ON = [day("Tue 2026-06-23"), day("Mon 2026-08-10"), day("Fri 2026-11-20")]
SAID_ON = day("Mon 2026-12-07")
DAY_AFTER = day("Tue 2026-12-08")
COMMITTEE = ("ilo", "iom", "ohchr", "undesa", "undp", "unhcr", "unicef", "unodc", "who")
HEARD = {f"due+1 to {person}" for person in ("secretariat", *COMMITTEE)}


def lived(home: Path, *days: date, pause: bool = False) -> Installation:
    """A year in which the review of the groups is not done; some of its days, and a pause on the last."""
    installation = workplace_in(home, facts={})
    record(installation, FACTS, LIVE_ON)
    for on in (LIVE_ON, *days):
        if pause and on == SAID_ON:
            spared = {"cycle": GROUPS, "first": on, "last": on + timedelta(days=20), "reason": "elections"}
            record(installation, {"pauses": [spared]}, on)
        run(installation, on)
    return installation


def run(installation: Installation, on: date) -> None:
    calm = replace(installation, pack=replace(installation.pack, catch_up=None))
    enforce(calm, on, at(on))
    dispatch(calm, on, at(on, 12), Listed().open_channels)


def said(installation: Installation, kind: NoticeKind, cycle: str = GROUPS) -> dict[str, str]:
    with reading(installation.engine) as session:
        found = session.query(Notice).filter(Notice.cycle == cycle, Notice.kind == kind)
        return {f"{n.rung} to {n.person}": n.state for n in found}


def proved(installation: Installation, last: date) -> Proof:
    with reading(installation.engine) as session:
        return proof_of(session, installation, LIVE_ON, last)


@pytest.mark.parametrize("pause", [False, True])
def test_after_the_cap_is_reached_and_in_a_pause_the_day_after_the_due_date_still_speaks(
    tmp_path: Path, pause: bool
):
    with lived(tmp_path, *REMINDED_ON, SAID_ON, DAY_AFTER, pause=pause) as installation:
        reminded = {**said(installation, NoticeKind.REMINDER), **said(installation, NoticeKind.LAST_REMINDER)}
        overdue, proof = said(installation, NoticeKind.OVERDUE), proved(installation, DAY_AFTER)
    to_the_secretariat = [name for name in reminded if name.endswith("to secretariat")]
    assert len(to_the_secretariat) > network.PACK.plans["four-yearly"].most_chasers
    assert set(overdue) == HEARD
    assert set(overdue.values()) == {"sent"}
    assert proof.failures == []
    assert not [remark for remark in proof.remarks if "had to be said" in remark]


@pytest.fixture
def overdue_yesterday(tmp_path: Path) -> Iterator[Installation]:
    with lived(tmp_path, SAID_ON, DAY_AFTER) as installation:
        yield installation


SKIPPED = f"{GROUPS}:overdue:due+1:secretariat:email: skipped (capped); that a date has passed is always said"
UNSAID = f"{GROUPS}: that it was due on 2026-12-06, and has passed, was not said to secretariat: "


@pytest.mark.parametrize(
    ("state", "failure", "remark"),
    [
        ("skipped", SKIPPED, None),
        ("refused", f"{UNSAID}its notices are refused", None),
        ("entered", f"{UNSAID}its notices are entered", None),
        ("withheld", None, f"{UNSAID}its notices are withheld"),
    ],
)
def test_a_proof_is_not_content_where_nobody_was_told(
    overdue_yesterday: Installation, state: str, failure: str | None, remark: str | None
):
    with writing(overdue_yesterday.engine) as session:
        for notice in session.query(Notice).filter_by(cycle=GROUPS, kind=NoticeKind.OVERDUE):
            notice.state, notice.cause = state, "capped"
    proof = proved(overdue_yesterday, DAY_AFTER)
    assert proof.holds is (failure is None)
    assert failure is None or failure in proof.failures
    assert remark is None or remark in proof.remarks


def test_what_was_entered_on_the_last_day_is_on_its_way(tmp_path: Path):
    with lived(tmp_path) as installation:
        enforce(installation, SAID_ON, at(SAID_ON))
        proof = proved(installation, SAID_ON)
    assert proof.failures == []
    assert f"{UNSAID}its notices are entered" in proof.remarks


def test_what_was_said_late_is_remarked(tmp_path: Path):
    with lived(tmp_path) as installation:
        enforce(installation, SAID_ON, at(SAID_ON))
        dispatch(installation, DAY_AFTER, at(DAY_AFTER), Listed().open_channels)
        proof = proved(installation, DAY_AFTER)
    late = f"{GROUPS}: that it was due on 2026-12-06 was said on 2026-12-08; it had to be said on 2026-12-07"
    assert late in proof.remarks


def test_an_explanation_and_an_extension_stop_it_and_the_proof_knows(tmp_path: Path):
    with lived(tmp_path) as installation:
        why = {"cycle": GROUPS, "explained_on": day("Fri 2026-12-04"), "reason": "elections"}
        record(installation, {"explanations": [why]}, day("Fri 2026-12-04"))
        for on in (SAID_ON, DAY_AFTER):
            run(installation, on)
        assert said(installation, NoticeKind.OVERDUE) == {}
        assert proved(installation, DAY_AFTER).failures == []


def test_the_hold_after_a_gap_does_not_hold_it(tmp_path: Path):
    back_on, way_out = day("Mon 2027-01-11"), Listed()
    with lived(tmp_path) as installation:
        done = enforce(installation, back_on, at(back_on))
        dispatch(installation, back_on, at(back_on, 12), way_out.open_channels)
    assert "the first run after a gap of 224 days" in done.findings[0]
    entered = {n.notice_key for n in done.notices if n.state == NoticeState.ENTERED}
    assert set(way_out.keys) == {key for key in entered if key.split(":")[1] in ALWAYS_SAID}
    assert f"{GROUPS}:overdue:due+1:secretariat:email" in way_out.keys


TERM = {
    "body": "fund-board-members",
    "seat": "donors-1",
    "holder": "A donor",
    "starts_on": day("Tue 2025-04-01"),
    "source": "minutes",
}
ROTATION = "fund-board-rotation/donors-1-2025-04-01"


def test_a_date_that_had_passed_when_it_was_announced_is_said_with_the_announcement(tmp_path: Path):
    heard_on = day("Wed 2026-12-02")
    with lived(tmp_path) as installation:
        record(installation, {"terms": [TERM | {"ends_on": day("Thu 2026-12-31")}]}, LIVE_ON)
        run(installation, day("Tue 2026-12-01"))
        with writing(installation.engine) as session:
            correct_fact(session, "term", 1, "another last day", "an officer", at(heard_on, 4))
        record(installation, {"terms": [TERM | {"ends_on": day("Fri 2026-11-27")}]}, heard_on)
        run(installation, heard_on)
        run(installation, heard_on + timedelta(days=1))
        overdue, proof = said(installation, NoticeKind.OVERDUE, ROTATION), proved(installation, heard_on)
    assert set(overdue) >= {"due+1~2 to secretariat"}
    assert set(overdue.values()) == {"sent"}
    assert [failure for failure in proof.failures if ROTATION in failure] == []


@pytest.mark.parametrize("sent", [False, True])
def test_when_only_the_target_moves_it_is_neither_withdrawn_nor_said_twice(tmp_path: Path, sent: bool):
    moved = {**FACTS["events"][1], "ends_on": day("Sat 2026-05-09"), "edition": "2026", "kind": FORUM}
    with lived(tmp_path) as installation:
        enforce(installation, SAID_ON, at(SAID_ON))
        if sent:
            dispatch(installation, SAID_ON, at(SAID_ON), Listed().open_channels)
        record(installation, {"events": [moved]}, DAY_AFTER)
        enforce(installation, DAY_AFTER, at(DAY_AFTER))
        assert set(said(installation, NoticeKind.CHANGE_OF_DATE)) != set()
        overdue = said(installation, NoticeKind.OVERDUE)
    assert set(overdue) == HEARD
    assert set(overdue.values()) == {"sent" if sent else "entered"}


WEEKDAYS_SAID = {
    "annual-meeting/2026": "Mon 2027-01-04",  # due Thu 31 December; the 1st is a holiday, then a weekend
    "executive-committee-membership-update/2026": "Mon 2027-01-04",
    "secretary-general-review/2028": "Wed 2028-11-01",  # due Tue 31 October
    "working-arrangements-review/since-2025-11-10": "Wed 2026-11-11",  # due Tue 10 November
    "working-group-review/2026": "Mon 2026-12-07",  # due Sun 6 December
    "pilotage-review/since-2026-08-31": "Mon 2027-03-01",  # due Sun 28 February
}


def _missed(pack: Pack, facts: Facts) -> Iterator[tuple[Pack, Turn]]:
    """Every cycle of a pack that has a due date, as it stands on the day after if nobody has done it."""
    for obligation in filter(can_be_overdue, pack.obligations.values()):
        for turn in pack.status(obligation.id, facts, network.AS_OF).turns:
            if turn.cycle.due_on and turn.cycle.due_on > facts.completions[0].completed_on:
                on = said_on(turn.cycle.due_on, pack.working_days)
                unmet = turn.cycle._replace(completion=None)
                yield pack, Turn(unmet, State.OVERDUE, on, turn.plan, turn.seats)


PACKS = {"network": (network.PACK, network.FACTS), "harbour": (example_pack.PACK, example_pack.FACTS)}
MISSED = [each for pack, facts in PACKS.values() for each in _missed(pack, facts)]
DIRECTORIES = {
    pack.folder: load_directory(pack.folder / "directory.toml", pack.actors, pack.instrument.stations)
    for pack, _ in PACKS.values()
}


def opened_from(pack: Pack, turn: Turn, pauses: list[Pause], announced: Announced | None = None) -> OpenCycle:
    obligation, cycle = pack.obligations[turn.cycle.obligation], turn.cycle
    told = announced or Announced(cycle.due_on, cycle.target_on)
    facts = Facts(pauses=pauses, went_live_on=day("Mon 2018-01-01"))
    opened = Opened(cycle.key, turn.as_of, {}, told)
    return OpenCycle(pack, DIRECTORIES[pack.folder], obligation, turn, opened, facts)


def overdue_notices(open_cycle: OpenCycle, ledger: dict[str, Entry]) -> list[Notice]:
    entered = drafts(open_cycle, owed(open_cycle), ledger, {})
    return [n for n in entered if n.kind == NoticeKind.OVERDUE and n.rung.startswith("due")]


@pytest.mark.parametrize(("cycle", "weekday"), WEEKDAYS_SAID.items())
def test_by_the_shipped_plans_it_is_said_on_the_first_working_day_after(cycle: str, weekday: str):
    pack, turn = next(each for each in MISSED if each[1].cycle.key == cycle)
    scheduled_notices = ladder_of(pack, pack.obligations[turn.cycle.obligation], turn)
    assert [shown(scheduled.send_on) for scheduled in scheduled_notices if says_overdue(scheduled)] == [
        weekday
    ]


# What anybody may have been sent before, and what may be in force on the day.
persons = st.sampled_from(sorted({p.id for d in DIRECTORIES.values() for p in d.people}))
sent_before = st.lists(
    st.tuples(
        st.sampled_from(sorted(CHASERS)),
        st.sampled_from(
            ["inputs-due-14", "inputs-due+1", "due-30", "due-7", "target+1", "package-released-7"]
        ),
        persons,
        st.sampled_from([NoticeState.SENT, NoticeState.CLAIMED, NoticeState.UNKNOWN, NoticeState.ENTERED]),
        st.integers(0, 60),
    ),
    max_size=40,
)
paused = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.none() | persons), max_size=4)
moved_before = st.lists(st.integers(-400, 30), max_size=3)


@given(st.sampled_from(MISSED), sent_before, paused, moved_before)
@settings(deadline=None, max_examples=examples(120))
def test_whatever_was_sent_and_whatever_pauses_stand_it_is_entered_ready_to_leave_on_its_day(
    missed, sent, pauses, moved
):
    pack, turn = missed
    cycle, on = turn.cycle, turn.as_of
    announced = Announced(cycle.due_on, cycle.target_on)
    for days in moved:
        announced = announced.anew(cycle.due_on, cycle.target_on, on + timedelta(days=days))
    spans = [
        Pause(cycle.key, on - timedelta(days=before), on + timedelta(days=after), "why", person)
        for before, after, person in pauses
    ]
    open_cycle = opened_from(pack, turn, spans, announced)
    ledger = {
        f"{cycle.key}:{number}": Entry(cycle.key, kind, scheduled, person, state, on - timedelta(days=days))
        for number, (kind, scheduled, person, state, days) in enumerate(sent)
    }
    found = {notice.person: notice for notice in overdue_notices(open_cycle, ledger)}
    for actor in must_hear(open_cycle.obligation, pack.actors):
        for person in open_cycle.people(actor):
            notice = found[person]
            assert (notice.send_on, notice.not_before_at) == (on, None)
            assert notice.state == (
                NoticeState.ENTERED
                if notice.notice_class == NoticeClass.ROUTINE
                else NoticeState.AWAITING_RELEASE
            )
