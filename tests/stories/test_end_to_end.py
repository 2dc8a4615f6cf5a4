"""A real server, a real worker, a run that a schedule created, and everything killed."""

import os
import signal
import subprocess
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.clock import today
from flows.deployments import declared
from policies.notices import NoticeKind
from records.audit import breaks
from records.database import reading
from records.notices import notices_of
from records.runs import ENFORCE, Run, last_run
from tasks.settings import Settings
from tasks.workplace import open_workplace
from tests.flows.running import MANDATES, Running, alive, is_free, kill_all, processes, running

pytestmark = pytest.mark.e2e


def test_a_schedule_makes_a_run_and_ctrl_c_leaves_nothing_behind(tmp_path: Path):
    with running(tmp_path / "home") as server:
        server.wait_for("start", server.is_up, seconds=120)

        assert "First run completed." in server.output
        assert {item["name"] for item in server.api("POST", "/deployments/filter", {})} == set(declared())

        schedule_every_few_seconds(server, "enforce/daily")
        run = server.wait_for("a scheduled run", lambda: completed_run_of_a_schedule(server))
        assert "table" in {artifact["type"] for artifact in artifacts_of(server, run)}

        second = subprocess.run(
            [MANDATES, "up"], env=server.environment, capture_output=True, text=True, check=False
        )
        assert second.returncode != 0
        said = f"already running on {server.home} (process {server.process.pid})"
        assert said in second.stdout + second.stderr

        family = processes(server.process.pid)
        assert len(family) >= 2
        began = time.monotonic()
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=20) == 0
        assert time.monotonic() - began < 10
        assert [pid for pid in family if alive(pid)] == []
        assert is_free(server.port)
        assert not (tmp_path / "user" / ".prefect").exists()


def test_children_that_are_killed_come_back_and_a_run_by_hand_leaves_who_and_why(tmp_path: Path):
    with running(tmp_path / "home") as server:
        server.wait_for("start", server.is_up, seconds=120)
        for command in ("worker", "server"):
            killed = server.child(command)
            os.kill(killed, signal.SIGKILL)
            server.wait_for(f"another {command}", lambda: server.child(command) != killed)  # noqa: B023 (asked at once)
        server.wait_for("health", server.healthy)

        run = server.ask_for(
            "enforce/annual-meeting", obligation="annual-meeting", by="Amal", reason="a trial"
        )
        message = server.completed(run)
    assert "0 notices entered" in message
    assert message.endswith("Asked for by Amal: a trial.")
    record = last_enforcement(tmp_path / "home")
    assert (record.recorded_by, record.summary["reason"]) == ("Amal", "a trial")
    assert record.summary["entered"] == 0


def test_after_a_power_cut_and_ten_days_one_enforcement_does_everything_owed_once(tmp_path: Path):
    home = tmp_path / "home"
    with running(home) as before:
        before.wait_for("start", before.is_up, seconds=120)
        cut = before.ask_for("enforce/daily")
        before.wait_for("a run under way", lambda: before.state(cut)["type"] in {"PENDING", "RUNNING"})
        kill_all([*processes(before.process.pid), before.process.pid])
    waiting = keys_in(home)

    with running(home, later=timedelta(days=10), port=before.port) as after:
        after.wait_for("start", after.is_up, seconds=240)
        assert "First run completed." in after.output
        assert after.state(cut)["type"] == "CRASHED"
        missed = Counter(run["state_type"] for run in after.runs("enforce/daily") if run["auto_scheduled"])
        assert missed["CANCELLED"] == 3
        assert set(missed) <= {"CANCELLED", "SCHEDULED"}
        caught_up = keys_in(home)
        again = after.completed(after.ask_for("enforce/daily"))
    assert "0 notices entered" in again
    assert set(keys_in(home)) == set(caught_up) > set(waiting)
    assert last_enforcement(home).as_of >= today("Europe/Zurich") + timedelta(days=9)
    with open_workplace(Settings(home=home)) as workplace, reading(workplace.engine) as session:
        assert list(breaks(session)) == []


def last_enforcement(home: Path) -> Run:
    with open_workplace(Settings(home=home)) as workplace, reading(workplace.engine) as session:
        found = last_run(session, ENFORCE)
    assert found is not None
    return found


def keys_in(home: Path) -> list[str]:
    """What enforcement entered; packages are announced by another run, whenever it comes."""
    with open_workplace(Settings(home=home)) as workplace, reading(workplace.engine) as session:
        return [n.notice_key for n in notices_of(session) if n.kind != NoticeKind.PACKAGE_READY]


def schedule_every_few_seconds(server: Running, deployment: str) -> None:
    """Add a schedule to the deployment, as a person would in the interface."""
    found = server.deployment(deployment)
    added = {"slug": "every-few-seconds", "schedule": {"interval": 5}, "active": True}
    kept = [{name: old[name] for name in ("slug", "schedule", "active")} for old in found["schedules"]]
    server.api("PATCH", f"/deployments/{found['id']}", {"schedules": [*kept, added]})


def completed_run_of_a_schedule(server: Running) -> dict[str, Any] | None:
    runs = server.runs("enforce/daily")
    done = [run for run in runs if run["auto_scheduled"] and run["state_type"] == "COMPLETED"]
    return done[0] if done else None


def artifacts_of(server: Running, run: dict[str, Any]) -> list[dict[str, Any]]:
    body = {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}}
    found: list[dict[str, Any]] = server.api("POST", "/artifacts/filter", body)
    return found
