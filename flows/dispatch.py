"""Dispatch: send the notices that were entered and are due to leave."""

from collections.abc import Callable

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import Artifact, board_link, dispatch_artifacts, publish
from flows.naming import run_name
from flows.opening import opened
from flows.pluralise import pluralise
from flows.run_context import run_context_in
from tasks.dispatch.dispatching import Dispatching
from tasks.installation.installation import Installation
from tasks.installation.runs import BY_A_SCHEDULE, Asked, RunContext
from tasks.operations import day


def send_and_show(
    run_context: RunContext,
    send: Callable[[RunContext], Dispatching],
    publish: Callable[[list[Artifact]], None],
) -> str:
    """Send what is owed by now and show what became of it. Returns one line for people."""
    sent = send(run_context)
    publish(dispatch_artifacts(sent, run_context))
    deliveries = pluralise(sent.rows, "delivery", "deliveries")
    return f"{run_context.as_of}: {deliveries}, {pluralise(sent.findings, 'finding')}."


# Not tried again here: what failed for now waits for the next run, what nobody knows for a person.
@task(name="send what is owed", cache_policy=NO_CACHE)
def send(installation: Installation, run_context: RunContext, asked: Asked = BY_A_SCHEDULE) -> Dispatching:
    """Send what was entered, all of it in one batch."""
    return day.send(installation, run_context, asked=asked)


@flow(name="dispatch", flow_run_name=run_name)
def dispatch(*, by: str = "", reason: str = "") -> State:
    """Send every notice that was entered, is due to leave and has not left.

    Args:
        by: Who asks for this run by hand. Recorded with what it changed.
        reason: Why. Recorded too.
    """
    asked = Asked(by, reason)
    with opened() as installation:
        line = send_and_show(
            run_context_in(installation.zone),
            lambda run_context: send(installation, run_context, asked),
            publish,
        )
        publish([board_link(installation.settings.board, None)])
    return Completed(message=asked.said(line))
