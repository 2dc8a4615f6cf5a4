"""Assemble: build the input packages that reviewers are handed."""

from collections.abc import Callable
from datetime import date

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import Artifact, assembly_artifacts, board_link, publish
from flows.naming import run_name
from flows.opening import opened
from flows.pluralise import pluralise
from flows.retrying import PAUSES, may_pass
from flows.run_context import run_context_in
from tasks.installation.installation import Installation
from tasks.installation.runs import BY_A_SCHEDULE, Asked, RunContext
from tasks.operations import day
from tasks.packages.assembly import Assembly


def build_and_show(
    run_context: RunContext,
    cycle: str | None,
    build: Callable[[RunContext, str | None], Assembly],
    publish: Callable[[list[Artifact]], None],
) -> str:
    """Build the packages whose day has come and show them. Returns one line for people."""
    built = build(run_context, cycle)
    publish(assembly_artifacts(built, run_context))
    packages, findings = pluralise(built.rows, "package"), pluralise(built.findings, "finding")
    if run_context.rehearsal:
        return (
            f"{run_context.as_of}: {packages} would be built, {findings}. A rehearsal: nothing was written."
        )
    return f"{run_context.as_of}: {packages} built, {findings}."


# The same inputs give the same bytes, so trying again is safe.
@task(
    name="build input packages",
    cache_policy=NO_CACHE,
    retries=len(PAUSES),
    retry_delay_seconds=PAUSES,
    retry_condition_fn=may_pass,
)
def build(
    installation: Installation, run_context: RunContext, cycle: str | None, asked: Asked = BY_A_SCHEDULE
) -> Assembly:
    """Build the packages that are owed, all of them in one batch."""
    return day.build(installation, run_context, cycle=cycle, asked=asked)


@flow(name="assemble", flow_run_name=run_name)
def assemble(
    cycle: str | None = None,
    *,
    as_of: date | None = None,
    dry_run: bool = False,
    force: bool = False,
    by: str = "",
    reason: str = "",
) -> State:
    """Build the input packages whose day has come or whose inputs have changed.

    Args:
        cycle: Only this cycle, by its key, such as secretary-general-review/2026. Empty: all that are owed.
        as_of: The day to act for, as YYYY-MM-DD. Empty: today, where the institution is. Any other day is a
            rehearsal that writes nothing, unless forced.
        dry_run: Rehearse: show what would be built, write nothing.
        force: Act in earnest although as_of is not today.
        by: Who asks for this run by hand. Recorded with what it changed.
        reason: Why. Recorded too.
    """
    asked = Asked(by, reason)
    with opened() as installation:
        run_context = run_context_in(installation.zone, as_of, dry_run=dry_run, force=force)
        line = build_and_show(
            run_context,
            cycle,
            lambda run_context, cycle: build(installation, run_context, cycle, asked),
            publish,
        )
        publish([board_link(installation.settings.board, None)])
    return Completed(message=asked.said(line))
