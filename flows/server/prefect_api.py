"""What the supervisor asks of the Prefect server, over its HTTP interface.

Not through Prefect's client: importing that reads the caller's profile and writes into their home folder.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import httpx

from flows.server.environment import HOST
from flows.server.second_line import NAME, second_line

TAG = "mandate-keeper"
"""Marks the deployments that prefect.yaml declares."""

_PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds before a busy server is asked again."""

_ANSWER_WITHIN = 120.0  # seconds: a slow machine that is also starting a worker needs many
_HEALTH_WITHIN = 5.0

_LONGEST_RUN = timedelta(hours=6)
_UNDER_WAY = {"state": {"type": {"any_": ["RUNNING", "PENDING", "CANCELLING"]}}}
_ENDED = {"COMPLETED", "FAILED", "CANCELLED", "CRASHED"}


class RunState(NamedTuple):
    """Where a run stands, in Prefect's words."""

    type: str
    message: str

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.type in _ENDED


class Schedule(NamedTuple):
    """A schedule of a deployment; `slug` is what prefect.yaml calls it, None where a person made it."""

    id: str
    slug: str | None
    active: bool


class Deployed(NamedTuple):
    """A deployment as it stands on the server."""

    id: str
    name: str
    paused: bool
    schedules: Sequence[Schedule]


class Server:
    """A Prefect server, by default on this machine. Methods raise `httpx.HTTPError` when it answers badly."""

    def __init__(self, port: int, auth: str | None = None, *, url: str | None = None) -> None:
        self.url = (url or f"http://{HOST}:{port}").removesuffix("/").removesuffix("/api")
        user, _, password = (auth or "").partition(":")
        self._http = httpx.Client(
            base_url=f"{self.url}/api",
            timeout=_ANSWER_WITHIN,
            trust_env=bool(url),
            auth=(user, password) if auth else None,
            headers={"Prefect-Csrf-Client": str(uuid4())},
        )

    def healthy(self) -> bool:
        """Whether it answers."""
        try:
            return self._http.get("/health", timeout=_HEALTH_WITHIN).is_success
        except httpx.HTTPError:
            return False

    def ensure_pool(self, name: str, template: Mapping[str, Any]) -> None:
        """Create the work pool for local processes, or give the one that is there this job template."""
        job = {"base_job_template": template}
        answer = self._ask("POST", "/work_pools/", {"name": name, "type": "process"} | job)
        if answer.status_code == httpx.codes.CONFLICT:
            answer = self._ask("PATCH", f"/work_pools/{name}", job)
        answer.raise_for_status()

    def crash_abandoned_runs(self) -> int:
        """Mark runs as crashed that were under way when an earlier server died. Nobody else ever would."""
        message = "The automation server stopped during this run. The next run does what it left undone."
        return self._end_runs(self._runs(_UNDER_WAY), "CRASHED", message)

    def crash_dead_runs(self, alive: Callable[[int], bool], before: datetime) -> int:
        """Mark runs as crashed whose process on this machine is gone, or that got none `before` then."""
        message = "The process of this run died and nobody noticed. The next run does what it left undone."
        dead = [run for run in self._runs(_UNDER_WAY) if _is_dead(run, alive, before)]
        return self._end_runs(dead, "CRASHED", message)

    def crash_stale_runs(self, now: datetime) -> int:
        """Mark runs as crashed that were under way for six hours, wherever they run: ours take minutes."""
        message = "This run was under way for six hours. The next run does what it left undone."
        stale = [run for run in self._runs(_UNDER_WAY) if _since(run) < now - _LONGEST_RUN]
        return self._end_runs(stale, "CRASHED", message)

    def cancel_missed_runs(self, now: datetime) -> int:
        """Cancel scheduled runs whose time passed while no server ran: the first run does their work."""
        missed = {
            "state": {"type": {"any_": ["SCHEDULED"]}},
            "expected_start_time": {"before_": now.isoformat()},
        }
        runs = [run for run in self._runs(missed) if run["auto_scheduled"]]
        message = "Its time passed while the automation server was down. The first run after it did the work."
        return self._end_runs(runs, "CANCELLED", message)

    def deployments(self) -> list[Deployed]:
        """Our deployments as they stand on the server, by name."""
        ours = self._read("/deployments/filter", {"deployments": {"tags": {"all_": [TAG]}}})
        return sorted((_deployed(item) for item in ours), key=lambda deployed: deployed.name)

    def delete_deployment(self, deployment: Deployed) -> None:
        """Delete a deployment: its schedules stop."""
        self._ask("DELETE", f"/deployments/{deployment.id}").raise_for_status()

    def pause_deployment(self, deployment: Deployed) -> None:
        """Pause all schedules of a deployment at once."""
        self._ask("POST", f"/deployments/{deployment.id}/pause_deployment").raise_for_status()

    def delete_schedule(self, deployment: Deployed, schedule: Schedule) -> None:
        """Delete one schedule of a deployment."""
        self._ask("DELETE", f"/deployments/{deployment.id}/schedules/{schedule.id}").raise_for_status()

    def ensure_second_line(self, enforce: Deployed, watch: Deployed) -> None:
        """Let the server itself run `watch` when no `enforce` has completed for too long."""
        wanted = second_line(enforce.id, watch.id)
        found = self._read("/automations/filter", {"automations": {"name": {"any_": [NAME]}}})
        for spare in found[1:]:
            self._ask("DELETE", f"/automations/{spare['id']}").raise_for_status()
        if found:
            self._ask("PUT", f"/automations/{found[0]['id']}", wanted).raise_for_status()
        else:
            self._ask("POST", "/automations/", wanted).raise_for_status()

    def run(self, deployment: str, by: str, reason: str) -> str:
        """Ask for a run of `deployment`, such as `enforce/daily`, now; returns the run's id."""
        found = self._ask("GET", f"/deployments/name/{deployment}").raise_for_status().json()
        parameters = {**found["parameters"], "by": by, "reason": reason}
        once = {"tags": ["start-up"], "idempotency_key": str(uuid4()), "parameters": parameters}
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

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        # 503 is how Prefect says that its database was locked and that the same may be asked again. A server
        # that has just started may also be silent for too long. Whatever we ask may be asked twice.
        for pause in _PAUSES:
            with suppress(httpx.TimeoutException):
                answer = self._send(method, path, body)
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    return answer
            time.sleep(pause)
        return self._send(method, path, body)

    def _send(self, method: str, path: str, body: Mapping[str, Any] | None) -> httpx.Response:
        answer = self._http.request(method, path, json=body)
        if answer.status_code == httpx.codes.FORBIDDEN and "csrf" in answer.text.lower():
            client = self._http.headers["Prefect-Csrf-Client"]
            token = self._http.get("/csrf-token", params={"client": client}).raise_for_status()
            self._http.headers["Prefect-Csrf-Token"] = token.json()["token"]
            return self._http.request(method, path, json=body)
        return answer


def _deployed(item: dict[str, Any]) -> Deployed:
    schedules = [Schedule(each["id"], each["slug"], each["active"]) for each in item["schedules"]]
    return Deployed(item["id"], item["name"], item["paused"], schedules)


def _is_dead(run: dict[str, Any], alive: Callable[[int], bool], before: datetime) -> bool:
    process = run["infrastructure_pid"] or ""
    if process.isdigit():
        return not alive(int(process))
    return _since(run) < before


def _since(run: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(run["state"]["timestamp"])
