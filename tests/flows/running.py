"""`mandates up` in a process of its own, looked at from outside."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.patience import PATIENCE, ended_by_itself, wait_until

MANDATES = str(Path(sys.executable).with_name("mandates"))
_COMMANDS = {
    "server": "flows.server.stop_with_parent flows.server.serving ",
    "worker": "flows.server.stop_with_parent prefect worker ",
}
ANOTHER_DAY = Path(__file__).with_name("another_day")


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

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def auth(self) -> str:
        return (self.home / "prefect.auth").read_text().strip()

    def api(self, method: str, path: str, body: object = None) -> Any:
        answer = self.ask(method, path, body)
        return answer.raise_for_status().json() if answer.content else None

    def ask(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Ask as one who knows the password, and with the token that tells a request from a forged one."""
        user, _, password = self.auth.partition(":")
        # A server that was killed can be silent for more than a minute after it is started again.
        with httpx.Client(
            base_url=f"{self.url}/api", auth=(user, password), timeout=PATIENCE, trust_env=False
        ) as client:
            for _ in range(20):
                answer = client.request(method, path, json=body, headers=_token(client, method))
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:  # the database was locked
                    break
                time.sleep(0.5)
        return answer

    def wait_for(self, what: str, found: Callable[[], Any]) -> Any:
        """The first true answer of `found`; fails with everything that was logged."""

        def why() -> str:
            return f"{what}: did not come.\n{self.output}\n{self.logs()}"

        def found_or_over() -> Any:
            return found() or (pytest.fail(why()) if self.process.poll() is not None else None)

        return wait_until(found_or_over, lambda: self.output, why=why, pause=0.5)

    def logs(self) -> str:
        return "\n".join(f"{log}\n{log.read_text()[-3000:]}" for log in (self.home / "logs").glob("*.log"))

    def is_up(self) -> bool:
        return "The automation server is up." in self.output

    def healthy(self) -> bool:
        try:
            return self.api("GET", "/health") is True
        except httpx.HTTPError:
            return False

    def deployment(self, name: str) -> dict[str, Any]:
        found: dict[str, Any] = self.api("GET", f"/deployments/name/{name}")
        return found

    def runs(self, deployment: str) -> list[dict[str, Any]]:
        body = {"deployments": {"id": {"any_": [self.deployment(deployment)["id"]]}}}
        found: list[dict[str, Any]] = self.api("POST", "/flow_runs/filter", body)
        return found

    def ask_for(self, deployment: str, **parameters: str) -> str:
        """Ask for a run as the button in the interface does; returns its id."""
        body = {"parameters": parameters}
        return str(
            self.api("POST", f"/deployments/{self.deployment(deployment)['id']}/create_flow_run", body)["id"]
        )

    def state(self, run: str) -> dict[str, Any]:
        found: dict[str, Any] = self.api("GET", f"/flow_runs/{run}")["state"]
        return found

    def completed(self, run: str) -> str:
        """Wait until a run is completed, and return its message."""
        self.wait_for(f"run {run}", lambda: self.state(run)["type"] in {"COMPLETED", "FAILED", "CRASHED"})
        assert self.state(run)["type"] == "COMPLETED", self.logs()
        return str(self.state(run)["message"])

    def child(self, command: str) -> int:
        """The process of a child, by its command: `server` or `worker`."""
        return self.wait_for(command, lambda: next(iter(self._children(command)), None))  # type: ignore[no-any-return]

    def _children(self, command: str) -> list[int]:
        return [pid for pid, words in processes(self.process.pid).items() if _COMMANDS[command] in words]


def _token(client: httpx.Client, method: str) -> dict[str, str]:
    if method == "GET":
        return {}
    token = client.get("/csrf-token", params={"client": "tests"}).raise_for_status().json()["token"]
    return {"Prefect-Csrf-Client": "tests", "Prefect-Csrf-Token": token}


@contextmanager
def running(home: Path, *, later: timedelta | None = None, port: int | None = None) -> Iterator[Running]:
    """Start the automation server, as if it were so much `later`, and stop it afterwards."""
    port = port or free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment |= {
        "HOME": str(home.parent / "user"),
        "MANDATES_HOME": str(home),
        "MANDATES_PORT": str(port),
        "MANDATES_PORTAL_PORT": str(free_port()),
    }
    if later:
        environment |= {"PYTHONPATH": str(ANOTHER_DAY), "SECONDS_FROM_NOW": str(later.total_seconds())}
    home.mkdir(exist_ok=True)
    with (home / "output.txt").open("wb") as output:
        command = [MANDATES, "up"]
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, process_group=0)
    with process:
        try:
            yield Running(process, home, port, environment)
        finally:
            end(process)


def end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and everything below it, and wait until none of them is left."""
    family = processes(process.pid)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    ended_by_itself(process, "mandates up")
    wait_until(lambda: not any(map(alive, family)), why=lambda: "a child of mandates up lives on")


def processes(ancestor: int) -> dict[int, str]:
    """Every process below one, with its command."""
    listed = subprocess.run(
        ["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    table = {int(pid): (int(parent), words) for pid, parent, words in rows}
    found = {ancestor}
    while grown := {pid for pid, (parent, _) in table.items() if parent in found} - found:
        found |= grown
    return {pid: table[pid][1] for pid in found - {ancestor} if pid in table}


def kill_all(pids: Sequence[int]) -> None:
    """Cut the power of these processes, all at the same moment."""
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in pids:
            os.kill(pid, number)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0
