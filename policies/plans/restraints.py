"""What keeps a routine reminder from leaving: a pause, a cap, and a distance to the last one."""

from collections.abc import Sequence
from datetime import date, timedelta

from policies.facts.answers import Pause
from policies.plans.notices import FOR_INPUTS, Rung, is_reminder
from policies.plans.work_back import WorkBackPlan


def restrained(rung: Rung, plan: WorkBackPlan, before: Sequence[date], pause: Pause | None) -> Rung:
    """Return the rung, skipped with the reason where its cycle is paused or it would be one too many.

    `before` are the days on which its recipient was reminded of the same thing in this cycle, `pause` is the
    pause in force for them. Only routine reminders are ever restrained.
    """
    if rung.skipped or not _is_reminder(rung):
        return rung
    if pause:
        return rung._replace(skipped=f"paused until {pause.last}: {pause.reason}")
    if len(before) >= plan.most_chasers:
        return rung._replace(skipped=f"chased {plan.most_chasers} times, and never more often")
    return rung


def apart_on(rung: Rung, plan: WorkBackPlan, before: Sequence[date], as_of: date) -> date | None:
    """Return the day before which a reminder must not leave, so that it keeps its distance to the last.

    None where it need not wait; what is no routine reminder never does.
    """
    if not _is_reminder(rung) or not before:
        return None
    on = max(before) + timedelta(days=plan.apart_days)
    return on if on > as_of else None


def _is_reminder(rung: Rung) -> bool:
    return is_reminder(rung.kind, for_inputs=rung.about in FOR_INPUTS)
