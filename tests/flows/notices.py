"""A notice in the ledger, for tests that only look at it."""

from records.notices import Notice
from tests.days import day

REMINDER = Notice(
    notice_key="annual-meeting/2026/reminder/1/coordinator/email",
    cycle="annual-meeting/2026",
    kind="reminder",
    rung="1",
    person="coordinator",
    channel="email",
    notice_class="routine",
    send_on=day("Mon 2026-11-23"),
    matter="{}",
    state="entered",
    cause="owed since 2026-11-20",
)
