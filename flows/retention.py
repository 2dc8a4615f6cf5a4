"""Retention: end what has been kept long enough, in the home, in the record and in Prefect's own history."""

from datetime import timedelta

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.history import end_runs
from flows.run_context import run_context_in
from tasks.installation.clock_guard import require_forward
from tasks.installation.installation import Installation, open_installation
from tasks.installation.runs import RunContext
from tasks.operations.retention import Ended, end_what_is_over


@task(name="end what is over", cache_policy=NO_CACHE)
def end(installation: Installation, run_context: RunContext) -> Ended:
    """End what is kept beyond its period, in one batch."""
    require_forward(installation, run_context.as_of, run_context.now)
    return end_what_is_over(installation, run_context.as_of, run_context.now)


@flow(name="retention")
def retention() -> State:
    """End what has been kept long enough: letters, refused files, logs, Prefect's runs."""
    with open_installation() as installation:
        run_context = run_context_in(installation.zone)
        done = end(installation, run_context)
        before = run_context.now - timedelta(days=installation.pack.retention.runs.days)
        done.counts["runs of Prefect"] = end_runs(before)
    return Completed(message=f"{run_context.as_of}: {done}.")
