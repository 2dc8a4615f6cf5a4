"""A real server, a real worker, and a run that a schedule created."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from flows.deployments import declared

pytestmark = pytest.mark.e2e

MANDATES = str(Path(sys.executable).with_name("mandates"))


@dataclass
class Running:
    """`mandates up` on a home of its own."""

    process: subprocess.Popen[bytes]
    home: Path
    port: int
    environment: dict[str, str]

    @property
    def output(self) -> str:
        return (self.home / "output.txt").read_text()

    def api(self, method: str, path: str, body: object = None) -> Any:
        url = f"http://127.0.0.1:{self.port}/api{path}"
        for _ in range(20):
            answer = httpx.request(method, url, json=body, timeout=30, trust_env=False)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:  # the database was locked: ask again
                break
            time.sleep(0.5)
        return answer.raise_for_status().json() if answer.content else None

    def wait_for(self, what: str, found: Callable[[], Any], seconds: float = 90) -> Any:
        """The first true answer of `found`; fails with everything that was logged."""
        deadline = time.monotonic() + seconds
        while not (answer := found()):
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{what}: not within {seconds} s.\n{self.output}\n{self.logs()}")
            time.sleep(0.5)
        return answer

    def logs(self) -> str:
        return "\n".join(f"{log}\n{log.read_text()[-3000:]}" for log in (self.home / "logs").glob("*.log"))


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {
        "HOME": str(tmp_path / "user"),
        "MANDATES_HOME": str(tmp_path / "home"),
        "MANDATES_PORT": str(port),
        "MANDATES_PORTAL_PORT": str(free_port()),
    }
    (tmp_path / "home").mkdir()
    with (tmp_path / "home" / "output.txt").open("wb") as output:
        process = subprocess.Popen([MANDATES, "up"], env=environment, stdout=output, stderr=output)
    with process:
        yield Running(process, tmp_path / "home", port, environment)
        process.terminate()


def test_a_schedule_makes_a_run_and_ctrl_c_leaves_nothing_behind(running: Running):
    running.wait_for("start", lambda: "The automation server is up." in running.output, seconds=120)

    assert "First run completed." in running.output
    assert deployment_names(running) == declared()

    daily = schedule_every_few_seconds(running, "enforce/daily")
    run = running.wait_for("a scheduled run", lambda: completed_run_of_a_schedule(running, daily))
    assert "table" in {artifact["type"] for artifact in artifacts_of(running, run)}

    second = subprocess.run(
        [MANDATES, "up"], env=running.environment, capture_output=True, text=True, check=False
    )
    assert second.returncode != 0
    assert (
        f"already running on {running.home} (process {running.process.pid})" in second.stdout + second.stderr
    )

    family = descendants(running.process.pid)
    assert len(family) >= 2
    began = time.monotonic()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(timeout=20) == 0
    assert time.monotonic() - began < 10
    assert [pid for pid in family if alive(pid)] == []
    assert is_free(running.port)
    assert not (running.home.parent / "user" / ".prefect").exists()


def deployment_names(running: Running) -> set[str]:
    return {item["name"] for item in running.api("POST", "/deployments/filter", {})}


def schedule_every_few_seconds(running: Running, deployment: str) -> str:
    """Add a schedule to the deployment, as a person would in the interface; returns the deployment's id."""
    found = running.api("GET", f"/deployments/name/{deployment}")
    added = {"slug": "every-few-seconds", "schedule": {"interval": 5}, "active": True}
    kept = [{name: old[name] for name in ("slug", "schedule", "active")} for old in found["schedules"]]
    running.api("PATCH", f"/deployments/{found['id']}", {"schedules": [*kept, added]})
    return str(found["id"])


def completed_run_of_a_schedule(running: Running, deployment_id: str) -> dict[str, Any] | None:
    runs = running.api("POST", "/flow_runs/filter", {"deployments": {"id": {"any_": [deployment_id]}}})
    done = [run for run in runs if run["auto_scheduled"] and run["state_type"] == "COMPLETED"]
    return done[0] if done else None


def artifacts_of(running: Running, run: dict[str, Any]) -> list[dict[str, Any]]:
    body = {"artifacts": {"flow_run_id": {"any_": [run["id"]]}}}
    found: list[dict[str, Any]] = running.api("POST", "/artifacts/filter", body)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def descendants(ancestor: int) -> set[int]:
    table = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = {int(pid): int(parent) for pid, parent in (line.split() for line in table.splitlines())}
    found = {ancestor}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    return found - {ancestor}


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
