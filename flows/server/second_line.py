"""The second line: an automation in Prefect that runs `watch` when no enforcement has completed for too long.

It sees what `mandates watch` cannot be told by a timer that was never installed: a worker that is alive and
schedules that no longer fire. It cannot see that the server itself is dead; that is the timer's part. Prefect
opens its windows when it looks: it may speak as late as three of them after the last completion.
"""

from typing import Any

NAME = "mandates: enforcement has stopped"
HOURS = 26


def second_line(enforce: str, watch: str) -> dict[str, Any]:
    """Return the automation, as Prefect's interface takes it; the two are ids of deployments."""
    return {
        "name": NAME,
        "description": f"Runs the deployment watch when enforce/daily has not completed for {HOURS} hours.",
        "enabled": True,
        "trigger": {
            "type": "event",
            "posture": "Proactive",
            "match": {"prefect.resource.id": "prefect.flow-run.*"},
            "match_related": {
                "prefect.resource.id": f"prefect.deployment.{enforce}",
                "prefect.resource.role": "deployment",
            },
            "expect": ["prefect.flow-run.Completed"],
            "threshold": 1,
            "within": HOURS * 3600,
        },
        "actions": [{"type": "run-deployment", "source": "selected", "deployment_id": watch}],
    }
