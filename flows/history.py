"""Prefect's own history: the runs of our deployments, with their artifacts, ended after their time."""

from datetime import datetime

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterEndTime,
)

from flows.server.prefect_api import TAG

_AT_ONCE = 200


def end_runs(before: datetime) -> int:
    """Delete the runs of our own deployments that ended before an instant; return how many those were.

    What they logged goes with them. Runs of other flows on the same server are not touched.
    """
    count = 0
    with get_client(sync_client=True) as client:
        while runs := client.read_flow_runs(
            deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG])),
            flow_run_filter=FlowRunFilter(end_time=FlowRunFilterEndTime.model_validate({"before_": before})),
            limit=_AT_ONCE,
        ):
            for run in runs:
                _end_artifacts(client, str(run.id))
                client.delete_flow_run(run.id)
            count += len(runs)
    return count


def _end_artifacts(client: SyncPrefectClient, run: str) -> None:
    body = {"artifacts": {"flow_run_id": {"any_": [run]}}}
    for artifact in client.request("POST", "/artifacts/filter", json=body).json():
        client.request("DELETE", "/artifacts/{id}", path_params={"id": artifact["id"]})
