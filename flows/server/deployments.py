"""What prefect.yaml declares."""

from collections.abc import Mapping
from typing import Any

import yaml

from flows.checkout import ROOT

POOL = "mandates"
JOB_TEMPLATE: Mapping[str, Any] = {
    "job_configuration": {"stream_output": True},
    "variables": {"type": "object", "properties": {}, "additionalProperties": False},
}
"""What the worker starts a run with. Nothing of it can be chosen by who asks for the run.

Command, environment and folder are left out rather than given: Prefect adds to an environment that is given
whatever a run brings along, and what is left out it makes for itself.
"""
FIRST_RUN = "enforce/daily"
"""Does everything that is owed, whatever was missed: asked for when the automation server starts."""

SECOND_RUN = "assemble/assemble"
"""Builds every package that is owed, whatever was missed: asked for when the automation server starts."""

ENFORCE, WATCH = "daily", "watch"
"""The deployment whose silence is trouble, and the one that says so."""


def declared() -> Mapping[str, set[str]]:
    """The deployments in prefect.yaml by name, each with the slugs of its schedules."""
    document = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    return {
        deployment["name"]: {schedule["slug"] for schedule in deployment.get("schedules", [])}
        for deployment in document["deployments"]
    }
