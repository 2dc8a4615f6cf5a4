"""A notice that was entered, for tests that only look at it."""

from records.ledger.notices import Entered

REMINDER = Entered(
    notice_key="annual-meeting/2026/reminder/1/coordinator/email",
    cycle="annual-meeting/2026",
    kind="reminder",
    scheduled="1",
    person="coordinator",
    notice_class="routine",
    state="entered",
    cause="owed since 2026-11-20",
)
