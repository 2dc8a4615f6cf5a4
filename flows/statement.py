"""Statement: publish how every mandate stood at the end of a month, on time, changed or not."""

from collections.abc import Callable
from datetime import date
from functools import partial

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import Artifact, board_link, publish, statement_artifacts
from flows.naming import run_name
from flows.pluralise import pluralise
from flows.retrying import PAUSES, may_pass
from flows.run_context import run_context_in
from tasks.installation.clock_guard import require_forward
from tasks.installation.installation import Installation, open_installation
from tasks.installation.runs import RunContext
from tasks.statement import publishing
from tasks.statement.publishing import Published


def state_and_show(
    run_context: RunContext,
    state: Callable[[RunContext], list[Published]],
    publish: Callable[[list[Artifact]], None],
) -> str:
    """Publish the statements that are owed and show them. Returns one line for people."""
    published = state(run_context)
    publish(statement_artifacts(published, run_context))
    line = f"{run_context.as_of}: {pluralise(published, 'statement')}"
    if run_context.rehearsal:
        return f"{line} would be published. A rehearsal: nothing was written."
    return f"{line} published."


# A month has one first version (its name and version are unique), so trying again is safe.
@task(
    name="publish statements",
    cache_policy=NO_CACHE,
    retries=len(PAUSES),
    retry_delay_seconds=PAUSES,
    retry_condition_fn=may_pass,
)
def state(installation: Installation, run_context: RunContext) -> list[Published]:
    """Publish the statement of every month that ended and has none."""
    if not run_context.rehearsal:
        require_forward(installation, run_context.as_of, run_context.now)
    return publishing.state_all_owed(
        installation, run_context.as_of, run_context.now, dry_run=run_context.rehearsal
    )


@flow(name="statement", flow_run_name=run_name)
def statement(*, as_of: date | None = None, dry_run: bool = False, force: bool = False) -> State:
    """Publish the statement of every month that ended since going live and has none yet.

    Args:
        as_of: The day to act for, as YYYY-MM-DD. Empty: today, where the institution is. Any other day is a
            rehearsal that writes nothing, unless forced.
        dry_run: Rehearse: show what would be published, write nothing.
        force: Act in earnest although as_of is not today.
    """
    with open_installation() as installation:
        run_context = run_context_in(installation.zone, as_of, dry_run=dry_run, force=force)
        line = state_and_show(run_context, partial(state, installation), publish)
        publish([board_link(installation.settings.board, None)])
    return Completed(message=line)
