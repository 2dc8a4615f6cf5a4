"""The work-back plan in `mandates explain`: the day of each step, and what is said beside it."""

from cli.output import say
from language.catalogues import translations
from language.rolled_days import WHY_PROVISIONAL, remarks, remarks_on_due
from policies.plans.milestones import Milestone
from policies.status.status import Turn


def say_work_plan(turn: Turn, language: str) -> None:
    """Write the milestones of a cycle, each with what is said beside it."""
    for step in turn.milestones:
        say(f"{step.id}  {step.on:%a %Y-%m-%d}")
        for remark in remarks(step.rolled_from, language, provisional=step.provisional):
            say(f"  {remark}")
    if any(step.provisional for step in turn.milestones):
        say(translations(language).gettext(WHY_PROVISIONAL))


def say_beside_due(turn: Turn, language: str) -> None:
    """Write the last working day before a due date that falls on a day off."""
    for remark in remarks_on_due(turn.last_working_day, language):
        say(f"  {remark}")


def work_plan_json(turn: Turn) -> dict[str, object]:
    """Return the keys of `mandates explain --json` on working days (docs/command-line.md)."""
    last = turn.last_working_day
    return {
        "last_working_day_before": last.on.isoformat() if last else None,
        "last_working_day_provisional": bool(last and last.provisional),
        "milestones": [_milestone(step) for step in turn.milestones],
    }


def _milestone(step: Milestone) -> dict[str, object]:
    return {
        "id": step.id,
        "on": step.on.isoformat(),
        "rolled_from": step.rolled_from.isoformat() if step.rolled_from else None,
        "provisional": step.provisional,
    }
