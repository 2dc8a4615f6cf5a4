"""Runs: who asked for one and why, and the heartbeat that each leaves in the record."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from records.database import writing
from records.runs import record_run
from tasks.installation.installation import Installation


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asked for a run, and why. Nobody, where a schedule did."""

    by: str = ""
    reason: str = ""

    def summary(self, **what: object) -> dict[str, Any]:
        """Return what the run's record says of its asking, with `what` else there is to say."""
        return {name: said for name, said in {**what, "reason": self.reason}.items() if said}

    def said(self, line: str) -> str:
        """Return `line` with who asked, and why."""
        words = [word for word in (f"by {self.by}" if self.by else "", self.reason) if word]
        return f"{line} Asked for {': '.join(words)}." if words else line


BY_A_SCHEDULE = Asked()


@dataclass(frozen=True, slots=True)
class RunContext:
    """The day acted for, the aware instant of acting, and whether to rehearse: to write and send nothing."""

    as_of: date
    now: datetime
    rehearsal: bool


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let no garbage be looked for meanwhile.

    Among the many things of a large enforcement looking takes a third of the time, and there is none to find.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def leave_heartbeat(
    installation: Installation,
    flow: str,
    as_of: date,
    now: datetime,
    changed: Mapping[str, int],
    asked: Asked = BY_A_SCHEDULE,
) -> None:
    """Record that a run did its work, who asked for it and what it changed."""
    with writing(installation.engine) as session:
        record_run(session, flow, as_of, now, {**changed, **asked.summary()}, asked.by)
