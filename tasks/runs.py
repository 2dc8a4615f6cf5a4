"""Runs: who asked for one and why, and the heartbeat that each leaves in the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from records.database import writing
from records.runs import record_run
from tasks.workplace import Workplace


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


def leave_heartbeat(
    workplace: Workplace,
    flow: str,
    as_of: date,
    now: datetime,
    changed: Mapping[str, int],
    asked: Asked = BY_A_SCHEDULE,
) -> None:
    """Record that a run did its work, who asked for it and what it changed."""
    with writing(workplace.engine) as session:
        record_run(session, flow, as_of, now, {**changed, **asked.summary()}, asked.by)
