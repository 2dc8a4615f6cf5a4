"""Two calls for inputs to one person, as they travel in one letter."""

from dataclasses import replace
from datetime import date

from tests.notifications.contents import NOTICES
from tests.policies.network import PACK

REVIEW_CALL, CALLED = NOTICES["call-for-inputs"]
MEETING_CALL = replace(
    REVIEW_CALL,
    notice_key="annual-meeting/2026/call-for-inputs/call-for-inputs/iom/mail",
    obligation="annual-meeting",
    title=PACK.obligation("annual-meeting").title,
    provision="REV-3",
    says=PACK.provisions["REV-3"].says,
    cycle="annual-meeting/2026",
    asked=PACK.obligation("annual-meeting").asked,
    opens_on=date(2026, 1, 1),
    due_on=date(2026, 12, 31),
    inputs_due_on=date(2026, 11, 5),
    next_step_on=date(2026, 11, 5),
    steps=(),
)
