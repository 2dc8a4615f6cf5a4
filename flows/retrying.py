"""When a task that failed is worth another try."""

from prefect.client.schemas.objects import State

PAUSES: list[float] = [5, 30]
"""Seconds before the second and the third try: a locked database has recovered by then."""


def may_pass(_task: object, _task_run: object, state: State) -> bool:
    """Whether what failed may pass when tried again: what was looked up in vain will be missing again."""
    return not isinstance(state.data, LookupError)
