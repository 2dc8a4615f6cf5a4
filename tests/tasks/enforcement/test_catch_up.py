"""After a gap: everything owed is done in one run, and much of it is reported before it is sent."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from policies.plans.notices import ALWAYS_SAID, NoticeState
from records.database import reading, writing
from records.ledger.notices import READY, notices_of
from records.ledger.release import release, withhold
from tasks.dispatch.dispatching import dispatch
from tasks.dispatch.messages import held_keys
from tasks.enforcement.catch_up import AFTER_UPGRADE
from tasks.enforcement.enforcement import Enforcement, enforce
from tasks.installation.installation import Installation
from tests.days import day
from tests.earlier import another_program, as_version_0021
from tests.installations import TODAY, Listed, at, workplace_in

BACK_ON = day("Fri 2027-10-08")  # the calls for inputs of four yearly duties come on this day


def asleep(home: Path) -> Installation:
    installation = workplace_in(home)
    for on in (TODAY, day("Mon 2027-01-04")):
        enforce(installation, on, at(on))
        dispatch(installation, on, at(on) + timedelta(days=2), Listed().open_channels)
    return installation


def back(installation: Installation, obligation: str | None = None) -> Enforcement:
    return enforce(installation, BACK_ON, at(BACK_ON), obligation=obligation)


def to_leave(done: Enforcement, *, late: bool) -> list[str]:
    """Return what is to leave: that a date has passed (`late`), or everything else."""
    entered = [n for n in done.notices if n.state == NoticeState.ENTERED]
    return sorted(n.notice_key for n in entered if (n.kind in ALWAYS_SAID) is late)


def test_much_after_a_gap_is_reported_first_and_leaves_a_day_later(tmp_path: Path):
    way_out = Listed()
    with asleep(tmp_path) as installation:
        done = back(installation)
        leaving = to_leave(done, late=False)
        assert len(leaving) == 45
        assert done.findings[0].startswith(
            "the first run after a gap of 277 days: 45 notices are held until 2027-10-09 06:00 UTC"
        )
        dispatch(installation, BACK_ON, at(BACK_ON, 20), way_out.open_channels)
        at_once = to_leave(done, late=True)
        assert len(at_once) == 7
        assert sorted(way_out.keys) == at_once
        dispatch(
            installation,
            BACK_ON + timedelta(days=1),
            at(BACK_ON) + timedelta(hours=24),
            way_out.open_channels,
        )
        assert sorted(way_out.keys) == sorted(at_once + leaving)


def test_a_person_lets_what_is_held_leave_at_once_or_withholds_one(tmp_path: Path):
    way_out = Listed()
    with asleep(tmp_path) as installation:
        done = back(installation)
        keys = held_keys(installation, at(BACK_ON))
        assert sorted(keys) == to_leave(done, late=False)
        with writing(installation.engine) as session:
            withhold(session, keys[0], "told by telephone", "Amal Haddad", at(BACK_ON))
            for key in keys[1:]:
                release(session, key, "Amal Haddad", at(BACK_ON))
        dispatch(installation, BACK_ON, at(BACK_ON), way_out.open_channels)
        assert sorted(way_out.keys) == sorted(keys[1:] + to_leave(done, late=True))


def test_the_first_run_after_a_gap_does_the_work_of_all_whichever_it_was_asked_for(tmp_path: Path):
    with asleep(tmp_path / "a") as one, asleep(tmp_path / "b") as all_of_them:
        single, whole = back(one, "annual-meeting"), back(all_of_them)
    assert {n.notice_key for n in single.notices} == {n.notice_key for n in whole.notices}
    assert len(single.rows) == len(whole.rows)


@pytest.mark.parametrize(("gap_days", "hold_above"), [(300, 1), (3, 500)])
def test_a_short_gap_or_little_to_send_holds_nothing(tmp_path: Path, gap_days: int, hold_above: int):
    with asleep(tmp_path) as installation:
        rule = installation.pack.catch_up
        assert rule is not None
        easier = rule.model_copy(update={"gap_days": gap_days, "hold_above": hold_above})
        back(replace(installation, pack=replace(installation.pack, catch_up=easier)))
        with reading(installation.engine) as session:
            assert {n.not_before_at for n in notices_of(session, states=READY)} == {None}


NEXT = TODAY + timedelta(days=1)
HELD = (
    "the first run after an upgrade of the program: what is newly owed, {} notices, is held until a person "
    "releases it; see it with mandates notices --state awaiting-release, let it leave with "
    "mandates notices release --held, or withhold one"
)


def begun(home: Path) -> Installation:
    """One day that one obligation alone was enforced on: what the others owe is newly owed on the next."""
    installation = workplace_in(home)
    enforce(installation, TODAY, at(TODAY), obligation="annual-meeting")
    dispatch(installation, TODAY, at(TODAY, 7), Listed().open_channels)
    return installation


def test_what_is_newly_owed_after_an_upgrade_waits_until_a_person_releases_it(tmp_path: Path):
    way_out = Listed()
    with begun(tmp_path / "home") as installation:
        newer = another_program(installation, tmp_path / "newer")
        done = enforce(newer, NEXT, at(NEXT))
        held = sorted(n.notice_key for n in done.notices if n.cause.endswith(AFTER_UPGRADE))
        assert len(held) > 10
        assert done.findings[0] == HELD.format(len(held))
        assert {f"{key}: awaits release by a named person" for key in held} <= set(done.findings)
        assert sorted(held_keys(newer, at(NEXT))) == held
        for on in (NEXT, NEXT + timedelta(days=1)):
            enforce(newer, on, at(on))
            dispatch(newer, on, at(on, 20), way_out.open_channels)
        assert set(way_out.keys).isdisjoint(held)
        with writing(newer.engine) as session:
            withhold(session, held[0], "told by telephone", "Amal Haddad", at(NEXT, 21))
            for key in held[1:]:
                release(session, key, "Amal Haddad", at(NEXT, 21))
        dispatch(newer, on, at(on, 22), way_out.open_channels)
        assert set(held[1:]) <= set(way_out.keys)
        assert held[0] not in way_out.keys


def test_the_first_run_after_an_upgrade_does_the_work_of_all_so_that_all_of_it_is_held(tmp_path: Path):
    with begun(tmp_path / "home") as installation:
        newer = another_program(installation, tmp_path / "newer")
        done = enforce(newer, NEXT, at(NEXT), obligation="annual-meeting")
        assert len(done.rows) == len(newer.pack.obligations)
        assert to_leave(done, late=False) == []


def test_that_a_date_has_passed_is_said_after_an_upgrade_all_the_same(tmp_path: Path):
    with workplace_in(tmp_path / "home") as installation:
        enforce(installation, day("Mon 2026-11-30"), at(day("Mon 2026-11-30")))
        newer = another_program(installation, tmp_path / "newer")
        passed_on = day("Mon 2026-12-07")
        done = enforce(newer, passed_on, at(passed_on))
        assert to_leave(done, late=True) != []
        assert to_leave(done, late=False) == []


def test_the_same_program_again_and_a_comment_in_what_decides_nothing_hold_nothing(tmp_path: Path):
    with begun(tmp_path / "home") as installation:
        same = another_program(installation, tmp_path / "same", "records/migrations/env.py")
        assert to_leave(enforce(same, NEXT, at(NEXT)), late=False) != []
        assert held_keys(same, at(NEXT)) == []


def test_a_record_of_the_version_before_was_enforced_by_another_program(tmp_path: Path):
    with begun(tmp_path / "home") as installation:
        with writing(installation.engine) as session:
            as_version_0021(session)
        done = enforce(installation, NEXT, at(NEXT))
        assert to_leave(done, late=False) == []
        assert len(held_keys(installation, at(NEXT))) > 10


def test_what_came_too_late_to_help_is_skipped_and_says_so(tmp_path: Path):
    with asleep(tmp_path) as installation:
        late = day("Tue 2027-11-02")
        done = enforce(installation, late, at(late))
    skipped = {n.notice_key: n.cause for n in done.notices if n.state == NoticeState.SKIPPED}
    assert (
        skipped["annual-meeting/2027:reminder:inputs-due-14:unicef:email"]
        == "11 days late, and no help after 10"
    )
