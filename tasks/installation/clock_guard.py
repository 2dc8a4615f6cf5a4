"""Time goes forward, and not by leaps: for a day that cannot be the right one, nothing is decided."""

from datetime import date, datetime, timedelta

from policies.plans.work_back import CONFIRM_DAYS
from records.database import reading
from records.runs import ENFORCE, last_day_before, last_run
from tasks.installation.installation import Installation

_DIFFERENCE = timedelta(hours=1)
"""By how much the clocks of machines that share a record may differ."""


class HeldDayError(LookupError):
    """The day is not acted for until a person has confirmed it."""


class ClockBehindError(HeldDayError):
    """The clock is behind the record: by it, notices that are owed would be withdrawn as not owed yet."""


class DayAheadError(HeldDayError):
    """The day is far ahead of the last one: if it is wrong, what comes in between would be skipped."""


def require_forward(
    installation: Installation, as_of: date, now: datetime, confirmed: date | None = None
) -> None:
    """Let a decision be made for the day `as_of`, at the instant `now`.

    A person who has looked at the clock and at the calendar may have `confirmed` the day.

    Raises:
        ClockBehindError: the last enforcement was recorded later than `now`.
        DayAheadError: the day is further ahead of the last enforcement than the pack's `confirm_days`.
        HeldDayError: another day was confirmed than the one to act for.
    """
    if confirmed == as_of:
        return
    if confirmed:
        raise HeldDayError(
            f"the day confirmed is {confirmed}, but this run would act for {as_of}. Nothing was done. "
            "Confirm the day that the run acts for, or leave the confirmation out"
        )
    with reading(installation.engine) as session:
        last = last_run(session, ENFORCE)
        # A day that was enforced once was let through: its packages and its second run are not held again.
        before = last_day_before(session, ENFORCE, as_of + timedelta(days=1))
    if last and now < last.recorded_at - _DIFFERENCE:
        raise ClockBehindError(
            f"the clock says {now:%Y-%m-%d %H:%M} UTC, but the last enforcement was recorded at "
            f"{last.recorded_at:%Y-%m-%d %H:%M} UTC. Nothing was done. Set the clock right. If it is right "
            f"now and was wrong then, confirm the day: {_command(as_of)}"
        )
    rule = installation.pack.catch_up
    most = rule.confirm_days if rule else CONFIRM_DAYS
    if before and (as_of - before).days > most:
        raise DayAheadError(
            f"{as_of} is {(as_of - before).days} days after {before}, the last day that was enforced. More "
            f"than {most} days are held for a person, because the clock may be wrong. Nothing was done. If "
            f"it is wrong, set it right. If nothing ran for so long, confirm the day: {_command(as_of)}"
        )


def _command(as_of: date) -> str:
    return f"mandates enforce --confirm-day {as_of}"
