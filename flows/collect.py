"""Collect: take what contributors put into the drop folder and sent to the mailbox."""

from collections.abc import Callable
from functools import partial

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import Artifact, collection_artifacts, publish
from flows.pluralise import pluralise
from flows.run_context import run_context_in
from tasks.inputs import collecting
from tasks.inputs.collected import Collected
from tasks.installation.installation import Installation, open_installation
from tasks.installation.runs import RunContext


def take_and_show(
    run_context: RunContext,
    take: Callable[[RunContext], Collected],
    publish: Callable[[list[Artifact]], None],
) -> str:
    """Take what came and show what became of it. Returns one line for people."""
    found = take(run_context)
    publish(collection_artifacts(found, run_context))
    return (
        f"{run_context.as_of}: {pluralise(found.rows, 'file')} came, {pluralise(found.findings, 'finding')}."
    )


# Not tried again here: what could not be taken now is there for the next run.
@task(name="take what came", cache_policy=NO_CACHE)
def take(installation: Installation, run_context: RunContext) -> Collected:
    """Take everything that waits, in one batch."""
    return collecting.collect(installation, run_context.as_of, run_context.now)


@flow(name="collect")
def collect() -> State:
    """Take everything that contributors put into the drop folder or sent to the mailbox."""
    with open_installation() as installation:
        line = take_and_show(run_context_in(installation.zone), partial(take, installation), publish)
    return Completed(message=line)
