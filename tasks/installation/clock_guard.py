"""Time goes forward: nothing is decided by a clock that is behind the record."""

from datetime import datetime, timedelta

from records.database import reading
from records.runs import ENFORCE, last_run
from tasks.installation.workplace import Workplace

_DIFFERENCE = timedelta(hours=1)
"""By how much the clocks of machines that share a record may differ."""


class ClockBehindError(LookupError):
    """The clock is behind the record: by it, notices that are owed would be withdrawn as not owed yet."""


def require_forward(workplace: Workplace, now: datetime) -> None:
    """Let a decision be made at `now`.

    Raises:
        ClockBehindError: the last enforcement was recorded later than that.
    """
    with reading(workplace.engine) as session:
        last = last_run(session, ENFORCE)
    if last and now < last.recorded_at - _DIFFERENCE:
        raise ClockBehindError(
            f"the clock says {now:%Y-%m-%d %H:%M} UTC, but the last enforcement was recorded at "
            f"{last.recorded_at:%Y-%m-%d %H:%M} UTC. Nothing was done. Set the clock right; if the record's "
            "time was the wrong one, go on with: mandates enforce --force"
        )
