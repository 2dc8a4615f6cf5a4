"""The conformance list "follow-up": what is owed is chased within bounds, and ends with a person."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from policies.plans.notices import NoticeState
from records.database import reading, writing
from records.facts.facts import correct_fact
from records.ledger.letters import letter_of
from records.ledger.notices import Notice, notices_of, transitions
from tasks.dispatch.dispatching import dispatch
from tasks.dispatch.messages import message_of
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tasks.status.open_items import ItemKind, open_items
from tests.days import day
from tests.installations import TODAY, Listed, at, directory, record, workplace_in
from tests.tasks.the_meeting import (
    CALLED,
    CYCLE,
    INPUTS_DUE,
    answered,
    copied,
    left_for,
    lived,
    lived_until_the_call,
    replied,
)


@pytest.fixture(scope="module")
def before_the_call(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lived_until_the_call(tmp_path_factory.mktemp("before"))


@pytest.fixture
def installation(before_the_call: Path, tmp_path: Path) -> Iterator[Installation]:
    with copied(before_the_call, tmp_path / "copy") as opened:
        yield opened


def test_fu_1_everything_owed_is_an_open_item_with_kind_record_people_and_day(installation: Installation):
    lived(installation, CALLED, CALLED)
    with reading(installation.engine) as session:
        items = [i for i in open_items(session, installation, CALLED) if i.record == CYCLE]
    assert {item.kind for item in items} == {ItemKind.COMPLETION, ItemKind.INPUT}
    [unicef] = [item for item in items if item.people == ("unicef",)]
    assert (unicef.kind, unicef.due_on, unicef.since_on) == (ItemKind.INPUT, INPUTS_DUE, CALLED)


def test_fu_2_what_is_at_risk_comes_first_then_the_oldest(installation: Installation):
    lived(installation, CALLED, CALLED)
    with reading(installation.engine) as session:
        items = open_items(session, installation, CALLED)
    late = [(item.mandated and item.late_days > 0) for item in items]
    assert late == sorted(late, reverse=True)
    breached = [item.late_days for item in items if item.mandated and item.kind is ItemKind.COMPLETION]
    overdue = [days for days in breached if days]
    assert overdue == sorted(overdue, reverse=True)
    assert len(overdue) >= 2


def test_fu_3_touches_are_spaced_and_capped_even_when_dates_move(tmp_path: Path):
    """The end of a term is recorded anew each week, and each time it is thirty days away a few days later."""
    with workplace_in(tmp_path) as installation:
        way_out = Listed()
        term = {
            "body": "fund-board-members",
            "seat": "donors-1",
            "holder": "A donor",
            "starts_on": date(2025, 4, 1),
            "source": "minutes",
        }
        record(installation, {"terms": [term | {"ends_on": date(2027, 3, 31)}]}, TODAY)
        on = TODAY
        for number in range(9):
            for _ in range(7):
                enforce(installation, on, at(on))
                dispatch(installation, on, at(on), way_out.open_channels)
                on += timedelta(days=1)
            with writing(installation.engine) as session:
                correct_fact(session, "term", number + 1, "another end", "an officer", at(on))
            record(installation, {"terms": [term | {"ends_on": on + timedelta(days=33)}]}, on)
        with reading(installation.engine) as session:
            chased = [
                n
                for n in notices_of(session)
                if n.kind in ("reminder", "last-reminder", "overdue")
                and n.person == "coordinator-office"
                and n.cycle.startswith("fund-board-rotation")
                and n.state == NoticeState.SENT
            ]
            most = installation.pack.plans["rotation"].most_chasers
            assert len(chased) == most
            sent_on = sorted(n.tried_at.date() for n in chased if n.tried_at)
    gaps = [(b - a).days for a, b in pairwise(sent_on)]
    assert all(gap >= installation.pack.plans["rotation"].apart_days for gap in gaps)


def test_fu_4_only_the_channels_a_person_agreed_to_are_used(installation: Installation):
    ways = {"person": "unicef", "since_on": CALLED, "channels": ["email", "chat"], "source": "a letter"}
    record(installation, {"contacts": [ways]}, CALLED)
    enforce(installation, CALLED, at(CALLED))
    with reading(installation.engine) as session:
        called = [n for n in notices_of(session) if n.kind == "call-for-inputs" and n.cycle == CYCLE]
    assert sorted(n.channel for n in called if n.person == "unicef") == ["chat", "email"]
    assert {n.channel for n in called if n.person != "unicef"} == {"email"}


@pytest.mark.parametrize("kind", ["document", "nil-return"])
def test_fu_7_chasing_stops_in_the_run_in_which_the_item_arrives(installation: Installation, kind: str):
    lived(installation, CALLED, day("Thu 2027-10-21"))
    due_today = day("Fri 2027-10-22")
    enforce(installation, due_today, at(due_today))
    key = f"{CYCLE}:reminder:inputs-due-14:unicef:email"
    with reading(installation.engine) as session:
        assert session.get_one(Notice, key).state == NoticeState.ENTERED
    answered(installation, due_today, "unicef", kind)
    done = enforce(installation, due_today, at(due_today, 7))
    assert done.superseded == [key]
    seen = lived(installation, due_today, INPUTS_DUE + timedelta(days=7))
    assert left_for("unicef", seen) == []
    assert left_for("unhcr", seen) == [
        "Fri 2027-10-22 reminder inputs-due-14",
        "Tue 2027-11-02 last-reminder inputs-due-3",
    ]


@pytest.mark.parametrize("kind", ["refusal", "dispute"])
def test_fu_8_a_no_or_a_dispute_goes_to_a_person(installation: Installation, kind: str):
    lived(installation, CALLED, CALLED)
    on = day("Mon 2027-10-11")
    answered(installation, on, "who", kind, reason="our board decided otherwise")
    seen = lived(installation, on, INPUTS_DUE)
    assert left_for("who", seen) == []
    assert left_for("secretariat", seen)[0] == "Mon 2027-10-11 for-decision answer-1-of-who"
    with reading(installation.engine) as session:
        asked = session.get_one(Notice, f"{CYCLE}:for-decision:answer-1-of-who:secretariat:email")
        assert json.loads(asked.matter)["answer"]["reason"] == "our board decided otherwise"
        items = [i for i in open_items(session, installation, INPUTS_DUE) if i.kind is ItemKind.REPLY]
    assert [(i.record, i.people, i.late_days) for i in items] == [(CYCLE, ("secretariat",), 25)]


def test_fu_9_nobody_is_touched_while_the_ball_is_with_us_and_the_new_day_is_kept(installation: Installation):
    lived(installation, CALLED, CALLED)
    asked_on = day("Mon 2027-10-11")
    until = day("Mon 2027-11-22")
    answered(installation, asked_on, "who", "more-time", reason="our board meets late", until=until)
    waiting = lived(installation, asked_on, day("Thu 2027-10-28"))
    assert left_for("who", waiting) == []
    replied(installation, day("Fri 2027-10-29"), "who", until)
    after = lived(installation, day("Fri 2027-10-29"), day("Thu 2027-11-25"))
    assert left_for("who", after) == [
        "Mon 2027-11-08 reminder inputs-due-14@2027-11-22",
        "Fri 2027-11-19 last-reminder inputs-due-3@2027-11-22",
    ]


def test_a_declined_request_for_time_leaves_the_first_day_in_force(installation: Installation):
    lived(installation, CALLED, CALLED)
    on = day("Mon 2027-10-11")
    answered(installation, on, "who", "more-time", reason="busy", until=day("Mon 2027-11-22"))
    replied(installation, on, "who")
    assert left_for("who", lived(installation, on, INPUTS_DUE)) == [
        "Fri 2027-10-22 reminder inputs-due-14",
        "Tue 2027-11-02 last-reminder inputs-due-3",
    ]


def test_who_says_not_me_is_left_alone_and_the_other_is_asked(installation: Installation):
    lived(installation, CALLED, CALLED)
    on = day("Mon 2027-10-11")
    answered(installation, on, "who", "not-me", instead="fund-office")
    seen = lived(installation, on, INPUTS_DUE)
    assert left_for("who", seen) == []
    assert left_for("fund-office", seen) == [
        "Mon 2027-10-11 call-for-inputs call-for-inputs",
        "Fri 2027-10-22 reminder inputs-due-14",
        "Tue 2027-11-02 last-reminder inputs-due-3",
    ]


def test_fu_10_at_the_end_of_the_ladder_a_named_person_gets_it_once_with_the_whole_history(
    installation: Installation,
):
    lived(installation, CALLED, CALLED)
    for person in directory(installation).actors["network-members"]:
        if person not in ("unicef", "who"):
            answered(installation, CALLED, person, "document")
    seen = lived(installation, CALLED + timedelta(days=1), day("Fri 2027-11-19"))
    handed = [each for each in seen if "hand-over" in each]
    assert handed == ["Mon 2027-11-08 hand-over inputs-due+2 secretariat"]
    with reading(installation.engine) as session:
        key = f"{CYCLE}:hand-over:inputs-due+2:secretariat:email"
        message, _ = message_of(session, installation, key, INPUTS_DUE, at(INPUTS_DUE))
        handed_over = session.get_one(Notice, key)
    text = " ".join(message.text.split())
    assert "Outstanding inputs" in text
    for who in ("UNICEF focal point", "WHO focal point"):
        for what in (
            "call for inputs, 8 October 2027",
            "reminder, 22 October 2027",
            "final reminder, 2 November 2027",
        ):
            assert f"{who}: {what}" in text
    assert [owing["name"] for owing in json.loads(handed_over.matter)["owing"]] == [
        "UNICEF focal point",
        "WHO focal point",
        "Stakeholders' list",
    ]


def test_fu_11_each_touch_can_be_read_back_byte_for_byte(installation: Installation):
    way_out = Listed()
    lived(installation, CALLED, CALLED, way_out)
    [left] = [mail for mail in way_out.mails if "unicef" in mail.notice_keys[0]]
    with reading(installation.engine) as session:
        notice = session.get_one(Notice, left.notice_keys[0])
        assert notice.letter == left.message_id
        assert letter_of(session, notice.letter) == left.content
        assert [t.state for t in transitions(session, notice.notice_key)] == ["entered", "claimed", "sent"]


def test_fu_13_of_five_items_one_arrives_one_is_declined_one_exceeds_the_cap(installation: Installation):
    """The pass test: five items of three kinds, each ends as it should."""
    lived(installation, CALLED, CALLED)
    everybody = directory(installation).actors["network-members"] + ("stakeholders",)
    for person in set(everybody) - {"unicef", "who", "unhcr"}:
        answered(installation, CALLED, person, "nil-return")
    midway = day("Mon 2027-10-25")
    seen = lived(installation, CALLED + timedelta(days=1), midway - timedelta(days=1))
    answered(installation, midway, "unicef", "document")
    answered(installation, midway, "who", "refusal", reason="no mandate")
    seen += lived(installation, midway, day("Fri 2027-12-03"))
    assert left_for("unicef", seen) == ["Fri 2027-10-22 reminder inputs-due-14"]
    assert left_for("who", seen) == ["Fri 2027-10-22 reminder inputs-due-14"]
    assert left_for("unhcr", seen) == [
        "Fri 2027-10-22 reminder inputs-due-14",
        "Tue 2027-11-02 last-reminder inputs-due-3",
    ]
    to_officer = [e for e in left_for("secretariat", seen) if "for-decision" in e or "hand-over" in e]
    assert to_officer == [
        "Mon 2027-10-25 for-decision answer-1-of-who",
        "Mon 2027-11-08 hand-over inputs-due+2",
    ]
    with reading(installation.engine) as session:
        mine = [i for i in open_items(session, installation, day("Fri 2027-12-03")) if i.record == CYCLE]
        handed = json.loads(
            session.get_one(Notice, f"{CYCLE}:hand-over:inputs-due+2:secretariat:email").matter
        )
    assert [owing["name"] for owing in handed["owing"]] == ["UNHCR focal point"]
    assert [(item.kind, item.people) for item in mine] == [
        (ItemKind.COMPLETION, ("coordinator-office",)),
        (ItemKind.REPLY, ("secretariat",)),
        (ItemKind.INPUT, ("unhcr",)),
    ]
