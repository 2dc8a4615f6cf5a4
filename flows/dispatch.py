"""Dispatch: send the notices that were entered and are due to leave."""

from collections.abc import Callable
from functools import partial

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import Artifact, board_link, dispatch_artifacts, publish
from flows.counted import counted
from flows.naming import run_name
from flows.occasion import Occasion, occasion_in
from tasks import dispatching
from tasks.dispatching import Dispatching
from tasks.workplace import Workplace, open_workplace


def send_and_show(
    occasion: Occasion, send: Callable[[Occasion], Dispatching], publish: Callable[[list[Artifact]], None]
) -> str:
    """Send what is owed by now and show what became of it. Returns one line for people."""
    sent = send(occasion)
    publish(dispatch_artifacts(sent, occasion))
    deliveries = counted(sent.rows, "delivery", "deliveries")
    return f"{occasion.as_of}: {deliveries}, {counted(sent.findings, 'finding')}."


# Not tried again here: what failed for now waits for the next run, what nobody knows for a person.
@task(name="send what is owed", cache_policy=NO_CACHE)
def send(workplace: Workplace, occasion: Occasion) -> Dispatching:
    """Send what was entered, all of it in one batch."""
    return dispatching.dispatch(workplace, occasion.as_of, occasion.now)


@flow(name="dispatch", flow_run_name=run_name)
def dispatch() -> State:
    """Send every notice that was entered, is due to leave and has not left."""
    with open_workplace() as workplace:
        line = send_and_show(occasion_in(workplace.zone), partial(send, workplace), publish)
        publish([board_link(workplace.settings.board, None)])
    return Completed(message=line)
