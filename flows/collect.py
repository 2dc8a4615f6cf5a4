"""Collect: take what contributors put into the drop folder and sent to the mailbox."""

from collections.abc import Callable
from functools import partial

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import Artifact, collection_artifacts, publish
from flows.counted import counted
from flows.run_context import occasion_in
from tasks.inputs import collecting
from tasks.inputs.collected import Collected
from tasks.installation.runs import Occasion
from tasks.installation.workplace import Workplace, open_workplace


def take_and_show(
    occasion: Occasion, take: Callable[[Occasion], Collected], publish: Callable[[list[Artifact]], None]
) -> str:
    """Take what came and show what became of it. Returns one line for people."""
    found = take(occasion)
    publish(collection_artifacts(found, occasion))
    return f"{occasion.as_of}: {counted(found.rows, 'file')} came, {counted(found.findings, 'finding')}."


# Not tried again here: what could not be taken now is there for the next run.
@task(name="take what came", cache_policy=NO_CACHE)
def take(workplace: Workplace, occasion: Occasion) -> Collected:
    """Take everything that waits, in one batch."""
    return collecting.collect(workplace, occasion.as_of, occasion.now)


@flow(name="collect")
def collect() -> State:
    """Take everything that contributors put into the drop folder or sent to the mailbox."""
    with open_workplace() as workplace:
        line = take_and_show(occasion_in(workplace.zone), partial(take, workplace), publish)
    return Completed(message=line)
