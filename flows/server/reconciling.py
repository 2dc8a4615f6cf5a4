"""Reconciling the server with prefect.yaml: what left the file leaves it, what people paused stays paused."""

from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Protocol

from flows.server.deployments import ENFORCE, WATCH
from flows.server.prefect_api import Deployed, Schedule

Say = Callable[[str], None]


class ObligationStatus(Protocol):
    """A server with deployments on it."""

    def deployments(self) -> Iterable[Deployed]:
        """Our deployments as they stand."""

    def delete_deployment(self, deployment: Deployed) -> None:
        """Delete a deployment."""

    def pause_deployment(self, deployment: Deployed) -> None:
        """Pause all its schedules."""

    def delete_schedule(self, deployment: Deployed, schedule: Schedule) -> None:
        """Delete one schedule."""

    def ensure_second_line(self, enforce: Deployed, watch: Deployed) -> None:
        """Let the server watch over itself."""


def reconcile(
    server: ObligationStatus, declared: Mapping[str, AbstractSet[str]], deploy: Callable[[], None], say: Say
) -> None:
    """Deploy what is declared and take away what is not; say what people changed, and leave it so.

    Deploying again switches on what somebody paused as a whole, so that is paused again.
    """
    paused = {deployed.name for deployed in server.deployments() if deployed.paused}
    deploy()
    standing = {deployed.name: deployed for deployed in server.deployments()}
    for name, deployed in standing.items():
        if name not in declared:
            server.delete_deployment(deployed)
            say(f"Deployment {name} is no longer in prefect.yaml: deleted, its schedules have ended.")
            continue
        if name in paused:
            server.pause_deployment(deployed)
            say(f"Deployment {name} is paused by somebody: left so. Nothing runs by it until it is resumed.")
        _reconcile_schedules(server, deployed, declared[name], say)
    if ENFORCE in standing and WATCH in standing:
        server.ensure_second_line(standing[ENFORCE], standing[WATCH])


def _reconcile_schedules(
    server: ObligationStatus, deployed: Deployed, declared: AbstractSet[str], say: Say
) -> None:
    for schedule in deployed.schedules:
        called = schedule.slug or "without a slug"
        if schedule.slug not in declared:
            server.delete_schedule(deployed, schedule)
            say(f"Schedule {called} of {deployed.name} is not in prefect.yaml: deleted.")
        elif not schedule.active:
            say(f"Schedule {called} of {deployed.name} is switched off by somebody: left so.")
