"""When a task that failed is worth another try."""

from prefect.client.schemas.objects import State

PAUSES: list[float] = [5, 30, 120, 480]
"""Seconds before each further try: a database that is gone for ten minutes is back before the last."""


def may_pass(_task: object, _task_run: object, state: State) -> bool:
    """Whether what failed may pass when tried again: what was looked up in vain will be missing again."""
    return not isinstance(state.data, LookupError)
