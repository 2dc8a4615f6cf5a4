"""A real server, a real worker, a run that a schedule created, and everything killed."""

import os
import resource
import signal
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect.settings import PREFECT_API_AUTH_STRING, PREFECT_API_URL, temporary_settings

from flows.clock import now, today
from flows.history import end_runs
from flows.server.deployments import declared
from policies.plans.notices import NoticeKind
from records.chain.audit import breaks
from records.database import reading
from records.ledger.notices import notices_of
from records.runs import ENFORCE, Run, runs_from
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings
from tests.flows.running import MANDATES, Running, alive, is_free, kill_all, processes, running
from tests.patience import ended_by_itself, run_to_its_end

pytestmark = pytest.mark.e2e

TEN_DAYS = timedelta(days=10)
SCHEDULED = "enforce/annual-meeting"  # not the daily one, whose missed runs are counted below


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A server that was started for the first time; the tests below tell one story of it, in their order."""
    with running(tmp_path_factory.mktemp("story") / "home") as started:
        started.wait_for("start", started.is_up)
        yield started


@dataclass(frozen=True)
class Outage:
    """A power cut in the middle of a run, and what the record held then."""

    run: str
    waiting: list[str]


@pytest.fixture(scope="module")
def outage(server: Running) -> Outage:
    run = server.ask_for("enforce/daily")
    server.wait_for("a run under way", lambda: server.state(run)["type"] in {"PENDING", "RUNNING"})
    kill_all([*processes(server.process.pid), server.process.pid])
    server.process.wait()
    return Outage(run, keys_in(server.home))


@pytest.fixture(scope="module")
def later(server: Running, outage: Outage) -> Iterator[Running]:
    """The same home, started again ten days after the power cut."""
    assert outage.run
    with running(server.home, later=TEN_DAYS, port=server.port) as started:
        started.wait_for("start", started.is_up)
        yield started


def test_a_first_start_deploys_everything_and_a_schedule_makes_a_run(server: Running):
    assert "First run completed." in server.output
    assert {item["name"] for item in server.api("POST", "/deployments/filter", {})} == set(declared())

    with every_few_seconds(server, SCHEDULED):
        run = server.wait_for("a scheduled run", lambda: completed_run_of_a_schedule(server))
    assert "table" in {artifact["type"] for artifact in artifacts_of(server, run)}


def test_a_second_server_on_the_same_home_is_refused(server: Running):
    second = run_to_its_end([MANDATES, "up"], env=server.environment)
    assert second.returncode != 0
    said = f"already running on {server.home} (process {server.process.pid})"
    assert said in second.stdout + second.stderr


def test_children_that_are_killed_come_back_and_a_run_by_hand_leaves_who_and_why(server: Running):
    for command in ("worker", "server"):
        killed = server.child(command)
        os.kill(killed, signal.SIGKILL)
        # Not by another user either, whom our own worker would tell the password.
        assert not can_be_taken(server.port)
        server.wait_for(f"another {command}", lambda: server.child(command) != killed)  # noqa: B023 (asked at once)
    server.wait_for("health", server.healthy)

    run = server.ask_for("enforce/annual-meeting", obligation="annual-meeting", by="Amal", reason="a trial")
    message = server.completed(run)
    assert "0 notices entered" in message
    assert message.endswith("Asked for by Amal: a trial.")
    [record] = [each for each in enforcements(server.home) if each.recorded_by == "Amal"]
    assert (record.summary["reason"], record.summary["entered"]) == ("a trial", 0)


def test_a_full_disk_stops_no_supervisor_and_all_goes_on_once_there_is_room(server: Running):
    killed = server.child("worker")
    with full_disk(server):
        os.kill(killed, signal.SIGKILL)
        server.wait_for("the death to be noticed", lambda: not alive(killed))
        assert server.process.poll() is None
    server.wait_for("another worker", lambda: server.child("worker") != killed)
    server.wait_for("health", server.healthy)

    run = server.ask_for("enforce/annual-meeting", obligation="annual-meeting")
    assert "1 obligation" in server.completed(run)
    assert "The worker ended by itself" in (server.home / "logs" / "up.log").read_text()


def test_after_a_power_cut_and_ten_days_one_enforcement_does_everything_owed_once(
    outage: Outage, later: Running
):
    assert "First run completed." in later.output
    assert later.state(outage.run)["type"] == "CRASHED"
    missed = Counter(run["state_type"] for run in later.runs("enforce/daily") if run["auto_scheduled"])
    assert missed["CANCELLED"] == 3
    assert set(missed) <= {"CANCELLED", "SCHEDULED"}
    caught_up = keys_in(later.home)
    again = later.completed(later.ask_for("enforce/daily"))
    assert "0 notices entered" in again
    assert set(keys_in(later.home)) == set(caught_up) > set(outage.waiting)
    assert enforcements(later.home)[-1].as_of >= today("Europe/Zurich") + TEN_DAYS - timedelta(days=1)
    with (
        open_installation(Settings(home=later.home)) as installation,
        reading(installation.engine) as session,
    ):
        assert list(breaks(session)) == []


def test_prefects_history_of_ours_ends_after_its_time_and_that_of_others_stays(later: Running):
    ours = [run for run in later.runs("enforce/daily") if run["end_time"]]
    assert ours
    flow = later.api("POST", "/flows/", {"name": "of somebody else"})
    theirs = later.api("POST", "/flow_runs/", {"flow_id": flow["id"], "state": {"type": "COMPLETED"}})

    with temporary_settings({PREFECT_API_URL: f"{later.url}/api", PREFECT_API_AUTH_STRING: later.auth}):
        assert end_runs(now() - TEN_DAYS) == 0
        assert end_runs(now() + 2 * TEN_DAYS) >= len(ours)

    assert [run for run in later.runs("enforce/daily") if run["end_time"]] == []
    assert [artifact for run in ours for artifact in artifacts_of(later, run)] == []
    assert later.state(theirs["id"])["type"] == "COMPLETED"


def test_ctrl_c_leaves_nothing_behind(later: Running):
    family = processes(later.process.pid)
    assert len(family) >= 2
    later.process.send_signal(signal.SIGINT)
    assert ended_by_itself(later.process, "mandates up") == 0
    assert [pid for pid in family if alive(pid)] == []
    assert is_free(later.port)
    assert not (later.home.parent / "user" / ".prefect").exists()


@contextmanager
def full_disk(server: Running) -> Iterator[None]:
    """Let nothing that belongs to the server write to a file; what it starts meanwhile neither."""
    _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    try:
        limit_all(server, (0, most))
        yield
    finally:
        limit_all(server, (most, most))


def limit_all(server: Running, limits: tuple[int, int]) -> None:
    for pid in (server.process.pid, *processes(server.process.pid)):
        with suppress(ProcessLookupError):  # it ended while we looked
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)


def can_be_taken(port: int) -> bool:
    with socket.socket() as impostor:
        impostor.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            impostor.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def enforcements(home: Path) -> list[Run]:
    """Return every recorded enforcement: a schedule's own may come between two that were asked for."""
    with open_installation(Settings(home=home)) as installation, reading(installation.engine) as session:
        return runs_from(session, {ENFORCE}, date.min)


def keys_in(home: Path) -> list[str]:
    """What enforcement entered; packages are announced by another run, whenever it comes."""
    with open_installation(Settings(home=home)) as installation, reading(installation.engine) as session:
        return [n.notice_key for n in notices_of(session) if n.kind != NoticeKind.PACKAGE_READY]


@contextmanager
def every_few_seconds(server: Running, deployment: str) -> Iterator[None]:
    """Add a schedule to a deployment, as a person would in the interface, and take it away again.

    Pausing takes away the runs that it made ahead: a slow worker would be at them for an hour.
    """
    found = server.deployment(deployment)
    added = {"slug": "every-few-seconds", "schedule": {"interval": 10}, "active": True}
    kept = [{name: old[name] for name in ("slug", "schedule", "active")} for old in found["schedules"]]
    server.api("PATCH", f"/deployments/{found['id']}", {"schedules": [*kept, added]})
    yield
    server.api("PATCH", f"/deployments/{found['id']}", {"schedules": kept})
    server.api("POST", f"/deployments/{found['id']}/pause_deployment")
    server.api("POST", f"/deployments/{found['id']}/resume_deployment")


def completed_run_of_a_schedule(server: Running) -> dict[str, Any] | None:
    runs = server.runs(SCHEDULED)
    done = [run for run in runs if run["auto_scheduled"] and run["state_type"] == "COMPLETED"]
    return done[0] if done else None


def artifacts_of(server: Running, run: dict[str, Any]) -> list[dict[str, Any]]:
    body = {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}}
    found: list[dict[str, Any]] = server.api("POST", "/artifacts/filter", body)
    return found
