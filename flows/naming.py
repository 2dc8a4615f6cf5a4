"""What runs are called, so that an operator finds one in a look."""

from prefect.runtime import flow_run


def run_name() -> str:
    """Return the name of the run under way: what it is about, and the day it was asked to act for."""
    asked = flow_run.parameters or {}
    about = asked.get("obligation") or asked.get("cycle") or "everything"
    day = asked.get("as_of") or f"{flow_run.scheduled_start_time:%Y-%m-%d %H:%M}"
    return named(flow_run.flow_name or "", str(about), str(day), dry_run=bool(asked.get("dry_run")))


def named(flow: str, about: str, day: str, *, dry_run: bool) -> str:
    """Return a run's name: `enforce annual-meeting 2026-11-23 04:21`."""
    return f"{flow} {about} {day}{' (dry run)' if dry_run else ''}"
