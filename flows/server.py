"""What the supervisor asks of the Prefect server, over its HTTP interface.

Not through Prefect's client: importing that reads the caller's profile and writes into their home folder.
"""

import time
from datetime import datetime
from typing import Any, NamedTuple
from uuid import uuid4

import httpx

from flows.environment import HOST

TAG = "mandate-keeper"
"""Marks the deployments that prefect.yaml declares."""

_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before a busy server is asked again."""

_ENDED = {"COMPLETED", "FAILED", "CANCELLED", "CRASHED"}


class RunState(NamedTuple):
    """Where a run stands, in Prefect's words."""

    type: str
    message: str

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.type in _ENDED


class Server:
    """The Prefect server on a port of this machine. Methods raise `httpx.HTTPError` when it answers badly."""

    def __init__(self, port: int) -> None:
        self.url = f"http://{HOST}:{port}"
        self._http = httpx.Client(base_url=f"{self.url}/api", timeout=30, trust_env=False)

    def healthy(self) -> bool:
        """Whether it answers."""
        try:
            return self._http.get("/health").is_success
        except httpx.HTTPError:
            return False

    def ensure_pool(self, name: str) -> None:
        """Create the work pool for local processes, unless it is there."""
        answer = self._ask("POST", "/work_pools/", {"name": name, "type": "process"})
        if answer.status_code != httpx.codes.CONFLICT:
            answer.raise_for_status()

    def crash_abandoned_runs(self) -> int:
        """Mark runs as crashed that were under way when an earlier server died. Nobody else ever would."""
        under_way = {"state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}}
        message = "The automation server stopped during this run. The next run does what it left undone."
        return self._end_runs(self._runs(under_way), "CRASHED", message)

    def cancel_missed_runs(self, now: datetime) -> int:
        """Cancel scheduled runs whose time passed while no server ran: the first run does their work."""
        missed = {
            "state": {"type": {"any_": ["SCHEDULED"]}},
            "expected_start_time": {"before_": now.isoformat()},
        }
        runs = [run for run in self._runs(missed) if run["auto_scheduled"]]
        message = "Its time passed while the automation server was down. The first run after it did the work."
        return self._end_runs(runs, "CANCELLED", message)

    def prune_deployments(self, declared: set[str]) -> list[str]:
        """Delete our deployments that are no longer declared, so that their schedules stop; says which."""
        ours = self._read("/deployments/filter", {"deployments": {"tags": {"all_": [TAG]}}})
        stale = {item["name"]: item["id"] for item in ours if item["name"] not in declared}
        for identifier in stale.values():
            self._ask("DELETE", f"/deployments/{identifier}").raise_for_status()
        return sorted(stale)

    def run(self, deployment: str) -> str:
        """Ask for a run of `deployment`, such as `enforce/daily`, now; returns the run's id."""
        found = self._ask("GET", f"/deployments/name/{deployment}").raise_for_status().json()
        once = {"tags": ["start-up"], "idempotency_key": str(uuid4())}
        asked = self._ask("POST", f"/deployments/{found['id']}/create_flow_run", once)
        return str(asked.raise_for_status().json()["id"])

    def state_of(self, run_id: str) -> RunState:
        """Where the run stands."""
        run = self._ask("GET", f"/flow_runs/{run_id}").raise_for_status().json()
        return RunState(run["state"]["type"], run["state"]["message"] or "")

    def _runs(self, which: dict[str, Any]) -> list[dict[str, Any]]:
        return self._read("/flow_runs/filter", {"flow_runs": which})

    def _read(self, path: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._ask("POST", path, body).raise_for_status().json()
        return found

    def _end_runs(self, runs: list[dict[str, Any]], state: str, message: str) -> int:
        for run in runs:
            body = {"state": {"type": state, "message": message}, "force": True}
            self._ask("POST", f"/flow_runs/{run['id']}/set_state", body).raise_for_status()
        return len(runs)

    def _ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> httpx.Response:
        # 503 is how Prefect says that its database was locked and that the same may be asked again.
        for pause in _PAUSES:
            answer = self._http.request(method, path, json=body)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                return answer
            time.sleep(pause)
        return self._http.request(method, path, json=body)
