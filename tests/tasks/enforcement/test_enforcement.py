"""Enforcement: once for a day, whole or not at all, whoever runs it and however late."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from policies.pack.pack import UnknownObligationError
from policies.plans.notice_key import NoticeKey
from policies.plans.notices import NoticeState
from records.cycles import opened_cycles
from records.database import reading, writing
from records.facts.facts import correct_fact
from records.ledger.notices import notices_of
from records.ledger.release import notice_named
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tests.days import day
from tests.installations import FORUM, TODAY, Listed, at, directory, record, workplace_in
from tests.patience import ended_by_itself, run_to_its_end

pytestmark = pytest.mark.usefixtures("each_database")


def enforced(installation: Installation, on: date) -> list[str]:
    return sorted(notice.notice_key for notice in enforce(installation, on, at(on)).notices)


def enforced_and_sent(installation: Installation, on: date) -> list[str]:
    keys = enforced(installation, on)
    dispatch(installation, on, at(on), Listed().open_channels)
    return keys


def counted(installation: Installation) -> int:
    with reading(installation.engine) as session:
        return len(notices_of(session))


def test_the_same_day_again_enters_nothing(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        assert enforced(installation, TODAY)
        assert enforced(installation, TODAY) == []


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)  # it takes two
def test_one_obligation_then_all_is_the_same_as_all_at_once(tmp_path: Path):
    with workplace_in(tmp_path / "a") as one, workplace_in(tmp_path / "b") as all_:
        apart = [
            notice.notice_key
            for obligation in sorted(one.pack.obligations, reverse=True)
            for notice in enforce(one, TODAY, at(TODAY), obligation=obligation).notices
        ]
        assert sorted(apart) == enforced(all_, TODAY)


def test_a_rehearsal_says_the_same_and_writes_nothing(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        rehearsed = enforce(installation, TODAY, at(TODAY), dry_run=True)
        assert counted(installation) == 0
        real = enforce(installation, TODAY, at(TODAY))
        assert [n.notice_key for n in rehearsed.notices] == [n.notice_key for n in real.notices]
        assert rehearsed.rows == real.rows


def test_going_live_opens_what_runs_and_escalates_nothing(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        done = enforce(installation, TODAY, at(TODAY))
    assert sorted(done.opened) == [
        "annual-meeting/2026",
        "annual-workplan/2026",
        "executive-committee-membership-update/2026",
        "fund-board-review/2026",
        "secretary-general-review/2026",
        "working-arrangements-review/since-2025-11-10",
        "working-group-review/2026",
    ]
    assert {notice.kind for notice in done.notices} == {"opening"}
    assert sorted(done.breached) == [
        "secretary-general-review/2026",
        "working-arrangements-review/since-2025-11-10",
    ]


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)  # it takes two
def test_after_an_outage_one_run_does_everything_owed_and_folds_the_reminders(tmp_path: Path):
    with workplace_in(tmp_path / "a") as asleep, workplace_in(tmp_path / "b") as awake:
        back_on = day("Fri 2027-01-29")
        for installation in (asleep, awake):
            enforced(installation, TODAY)
        daily = [enforced(awake, TODAY + timedelta(days=n)) for n in range(1, (back_on - TODAY).days + 1)]
        every_day = {key for keys in daily for key in keys}
        done = enforce(asleep, back_on, at(back_on))
        at_once = {n.notice_key: n for n in done.notices}
        assert set(at_once) <= every_day
        assert "annual-meeting/2027" in done.opened
        folded = [n.notice_key for n in done.notices if n.state == NoticeState.SKIPPED]
        chased = [k for k in at_once if ":iom:" not in k and "working-arrangements" in k and k not in folded]
        reasons = ("folded into", "inputs were due", "days late, and no help")
        assert [k for k in folded if not any(reason in at_once[k].cause for reason in reasons)] == []
        assert "annual-meeting/2026:last-reminder:due-7:secretariat:email" in folded
        assert chased == sorted(chased)
        assert enforced(asleep, back_on) == []


def test_chasing_stops_in_the_run_in_which_the_completion_is_known(tmp_path: Path):
    done_on = day("Mon 2026-11-30")
    with workplace_in(tmp_path) as installation:
        enforced(installation, TODAY)
        waiting = enforce(installation, day("Tue 2026-11-24"), at(TODAY)).notices
        assert [(n.kind, n.state) for n in waiting] == [("escalation", "awaiting-release")]
        review = {
            "obligation": "working-arrangements-review",
            "completed_on": done_on,
            "evidence": "report 26",
        }
        record(installation, {"completions": [review]}, done_on)
        done = enforce(installation, done_on, at(done_on))
        about = [n.notice_key for n in done.notices if "since-2025-11-10" in n.notice_key]
        assert {NoticeKey.parse(key).kind for key in about} == {"receipt"}
        assert [key for key in done.superseded if "since-2025-11-10" in key] == [waiting[0].notice_key]
        assert enforce(installation, day("Tue 2026-12-01"), at(TODAY)).opened == [
            "working-arrangements-review/since-2026-11-30"
        ]


def test_a_date_that_moves_is_told_to_everybody_with_a_part_in_it(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforced_and_sent(installation, TODAY)
        earlier = {
            "obligation": "working-group-review",
            "completed_on": date(2022, 12, 20),
            "evidence": "decision",
        }
        record(installation, {"completions": [earlier]}, TODAY)
        moved = [n for n in enforce(installation, TODAY, at(TODAY)).notices if n.kind == "change-of-date"]
        assert {n.cycle for n in moved} == {"working-group-review/2026"}
        with reading(installation.engine) as session:
            content = json.loads(notice_named(session, moved[0].notice_key).matter)
        assert (content["previous_due_on"], content["due_on"]) == ("2026-12-06", "2026-12-20")
        assert {"secretariat", "coordinator-office", "working-group-chairs", "unicef"} <= {
            n.person for n in moved
        }
        assert enforced(installation, TODAY) == []


def test_a_date_that_moves_again_and_back_is_told_every_time(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforced_and_sent(installation, TODAY)
        told = []
        for number, reviewed_on in enumerate((date(2022, 12, 20), date(2022, 12, 27))):
            review = {"obligation": "working-group-review", "completed_on": reviewed_on}
            record(installation, {"completions": [review | {"evidence": "decision"}]}, TODAY)
            told.append(enforced_and_sent(installation, TODAY))
            assert enforced(installation, TODAY) == []
            assert len(told[number]) == len(told[0]) > 0
        for fact in (6, 5):
            with writing(installation.engine) as session:
                correct_fact(session, "completion", fact, "a mistake", "an officer", at(TODAY))
            told.append(enforced_and_sent(installation, TODAY))
    keys = [key for keys in told for key in keys]
    assert len(keys) == len(set(keys)) == 4 * len(told[0])
    assert {NoticeKey.parse(key).kind for key in keys} == {"change-of-date"}


def test_the_roster_is_that_of_the_day_of_opening(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforced(installation, TODAY)
        left = {"left_on": day("Tue 2026-11-24"), "actor": "network-members", "source": "a note"}
        others = [p for p in directory(installation).standing_for("network-members") if p != "iom"]
        record(installation, {"departures": [{"person": p, **left} for p in others]}, TODAY)
        on = day("Thu 2027-10-07")
        fewer = directory(installation, on)
        assert fewer.standing_for("network-members") == ("iom",)
        called = [n.person for n in enforce(installation, on, at(on)).notices if n.kind == "call-for-inputs"]
        with reading(installation.engine) as session:
            members = opened_cycles(session)["annual-meeting/2026"].roster["network-members"]
        assert len(members) == 17
        assert set(called) - {"iom", "working-group-chairs", "fund-board-members", "stakeholders"} <= set(
            fewer.actors["executive-committee"]
        )


def test_an_extension_holds_back_what_chases_a_late_cycle(tmp_path: Path):
    cycle = "working-arrangements-review/since-2025-11-10"
    extension = {"cycle": cycle, "until": date(2027, 3, 31), "authority": "the Executive Committee"}
    with workplace_in(tmp_path) as installation:
        record(installation, {"extensions": [extension]}, TODAY)
        enforced(installation, TODAY)
        assert [k for k in enforced(installation, day("Tue 2026-12-29")) if k.startswith(cycle)] == []
        after = enforced(installation, day("Thu 2027-04-01"))
        assert f"{cycle}:escalation:due+14:coordinator-office:email" in after


def test_an_unknown_obligation_is_said_to_be_one(tmp_path: Path):
    with (
        workplace_in(tmp_path) as installation,
        pytest.raises(UnknownObligationError, match="annual-meeting"),
    ):
        enforce(installation, TODAY, at(TODAY), obligation="anual-meeting")


def test_two_enforcements_at_once_enter_each_notice_once(tmp_path: Path):
    workplace_in(tmp_path).engine.dispose()
    script = (
        "import sys; from pathlib import Path; from tests.installations import *;"
        "from tasks.enforcement.enforcement import enforce;"
        "w = open_installation(Settings(home=Path(sys.argv[1])));"
        "print(len(enforce(w, TODAY, at(TODAY)).notices))"
    )
    both = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in both:
        ended_by_itself(process, "an enforcement")
    entered = [int(process.communicate()[0]) for process in both]
    with open_installation(Settings(home=tmp_path)) as installation:
        assert sum(entered) == counted(installation)
        assert min(entered) == 0
        assert [process.returncode for process in both] == [0, 0]


def test_a_kill_in_the_middle_of_an_enforcement_leaves_nothing_half_done(tmp_path: Path):
    workplace_in(tmp_path).engine.dispose()
    script = (
        "import os, signal, sys; from pathlib import Path; from tests.installations import *;"
        "from tasks.enforcement.enforcement import enforce_within; from records.database import writing;"
        "w = open_installation(Settings(home=Path(sys.argv[1])));"
        "s = writing(w.engine).__enter__(); enforce_within(s, w, TODAY, at(TODAY));"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = run_to_its_end([sys.executable, "-c", script, str(tmp_path)])
    assert killed.returncode == -9
    with open_installation(Settings(home=tmp_path)) as installation:
        assert counted(installation) == 0
        assert len(enforce(installation, TODAY, at(TODAY)).opened) == 7


def test_a_forum_without_dates_opens_nothing(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        done = enforce(installation, TODAY, at(TODAY))
    assert not [key for key in done.opened if key.startswith(("working-group", "working-arr", "general"))]
    assert any(f"{FORUM} 2026" in finding for finding in done.findings)


def test_a_cycle_that_rested_on_a_mistake_is_withdrawn_with_what_waited_to_leave(tmp_path: Path):
    on = day("Tue 2026-11-24")
    with workplace_in(tmp_path) as installation:
        enforced(installation, TODAY)
        waiting = enforced(installation, on)
        with writing(installation.engine) as session:
            correct_fact(session, "completion", 1, "it was the 12th", "an officer", at(on))
        right = {"obligation": "working-arrangements-review", "completed_on": date(2025, 11, 12)}
        record(installation, {"completions": [right | {"evidence": "report 25"}]}, on)
        done = enforce(installation, on, at(on))
    assert done.opened == ["working-arrangements-review/since-2025-11-12"]
    assert set(waiting) <= set(done.superseded)
    lost = "working-arrangements-review/since-2025-11-10: was opened, and no longer follows from the facts"
    assert lost in done.findings
