"""Enforce: derive what is owed, write it down, then send what was entered."""

from collections.abc import Callable
from datetime import date

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from flows.artifacts import Artifact, board_link, dispatch_artifacts, enforcement_artifacts, publish
from flows.dispatch import send
from flows.naming import run_name
from flows.opening import opened
from flows.pluralise import pluralise
from flows.retrying import PAUSES, may_pass
from flows.run_context import run_context_in
from tasks.dispatch.dispatching import Dispatching
from tasks.enforcement.enforcement import Enforcement
from tasks.installation.installation import Installation
from tasks.installation.runs import BY_A_SCHEDULE, Asked, RunContext
from tasks.operations import day
from tasks.operations.metrics import write_figures


def enforce_then_send(
    run_context: RunContext,
    obligation: str | None,
    decide: Callable[[RunContext, str | None], Enforcement],
    send: Callable[[RunContext], Dispatching],
    publish: Callable[[list[Artifact]], None],
) -> str:
    """Decide what is owed and show it; send it unless this is a rehearsal. Returns one line for people."""
    decided = decide(run_context, obligation)
    publish(enforcement_artifacts(decided, obligation, run_context))
    obligations = pluralise(decided.rows, "obligation")
    line = f"{run_context.as_of}: {obligations}, {pluralise(decided.entered, 'notice')}"
    if run_context.rehearsal:
        return f"{line} would be entered. A rehearsal: nothing was written or sent."
    sent = send(run_context)
    publish(dispatch_artifacts(sent, run_context))
    findings = pluralise(decided.findings + sent.findings, "finding")
    return f"{line} entered, {pluralise(sent.rows, 'delivery', 'deliveries')}, {findings}."


# Entering a notice twice is impossible (its key is unique), so trying again is safe.
@task(
    name="decide what is owed",
    cache_policy=NO_CACHE,
    retries=len(PAUSES),
    retry_delay_seconds=PAUSES,
    retry_condition_fn=may_pass,
)
def decide(
    installation: Installation,
    run_context: RunContext,
    obligation: str | None,
    asked: Asked = BY_A_SCHEDULE,
    confirmed: date | None = None,
) -> Enforcement:
    """Derive and write down what is owed, all of it in one batch."""
    return day.decide(installation, run_context, obligation, confirmed=confirmed, asked=asked)


@flow(name="enforce", flow_run_name=run_name)
def enforce(
    obligation: str | None = None,
    *,
    as_of: date | None = None,
    dry_run: bool = False,
    force: bool = False,
    confirm_day: date | None = None,
    by: str = "",
    reason: str = "",
) -> State:
    """Decide what is owed, write it down, and send it. Running it again for the same day sends nothing new.

    Args:
        obligation: Only this obligation, by its id, such as working-arrangements-review. Empty: all of them.
        as_of: The day to act for, as YYYY-MM-DD. Empty: today, where the institution is. Any other day is a
            rehearsal that writes and sends nothing, unless forced.
        dry_run: Rehearse: show what would be entered, write and send nothing.
        force: Act in earnest although as_of is not today.
        confirm_day: The day to act for, once more, as YYYY-MM-DD: says that it is the right one, where a run
            was held because the clock may be wrong.
        by: Who asks for this run by hand. Recorded with what it changed.
        reason: Why. Recorded too.
    """
    asked = Asked(by, reason)
    with opened() as installation:
        run_context = run_context_in(installation.zone, as_of, dry_run=dry_run, force=force)
        line = enforce_then_send(
            run_context,
            obligation,
            lambda run_context, obligation: decide(installation, run_context, obligation, asked, confirm_day),
            lambda run_context: send(installation, run_context, asked),
            publish,
        )
        publish([board_link(installation.settings.board, obligation)])
        write_figures(installation, run_context.as_of)
    return Completed(message=asked.said(line))
