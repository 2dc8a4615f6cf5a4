"""What keeps a routine reminder from leaving: a pause, a cap, and a distance to the last one."""

from collections.abc import Sequence
from datetime import date, timedelta

from policies.facts.answers import Pause
from policies.plans.notices import FOR_INPUTS, ScheduledNotice, is_reminder
from policies.plans.work_back import WorkBackPlan


def restrained(
    scheduled: ScheduledNotice, plan: WorkBackPlan, before: Sequence[date], pause: Pause | None
) -> ScheduledNotice:
    """Return the notice, skipped with the reason where its cycle is paused or it would be one too many.

    `before` are the days on which its recipient was reminded of the same thing in this cycle, `pause` is the
    pause in force for them. Only routine reminders are ever restrained.
    """
    if scheduled.skipped or not _is_reminder(scheduled):
        return scheduled
    if pause:
        return scheduled._replace(skipped=f"paused until {pause.last}: {pause.reason}")
    if len(before) >= plan.most_chasers:
        return scheduled._replace(skipped=f"chased {plan.most_chasers} times, and never more often")
    return scheduled


def apart_on(
    scheduled: ScheduledNotice, plan: WorkBackPlan, before: Sequence[date], as_of: date
) -> date | None:
    """Return the day before which a reminder must not leave, so that it keeps its distance to the last.

    None where it need not wait; what is no routine reminder never does.
    """
    if not _is_reminder(scheduled) or not before:
        return None
    on = max(before) + timedelta(days=plan.apart_days)
    return on if on > as_of else None


def _is_reminder(scheduled: ScheduledNotice) -> bool:
    return is_reminder(scheduled.kind, for_inputs=scheduled.about in FOR_INPUTS)
