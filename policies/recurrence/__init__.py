"""How a due date follows from its anchors: one small file per clock."""

from typing import Annotated

from pydantic import Field

from policies.recurrence.after_event import AfterEvent
from policies.recurrence.before_event import BeforeEvent
from policies.recurrence.earliest_of import EarliestOf
from policies.recurrence.fixed_grid import FixedGrid
from policies.recurrence.latest_of import LatestOf
from policies.recurrence.on_term import OnTerm
from policies.recurrence.per_period import PerPeriod
from policies.recurrence.per_trigger import PerTrigger
from policies.recurrence.rolling_ceiling import RollingCeiling
from policies.recurrence.standing_duty import StandingDuty

__all__ = [
    "AfterEvent",
    "BeforeEvent",
    "Clock",
    "EarliestOf",
    "FixedGrid",
    "LatestOf",
    "OnTerm",
    "PerPeriod",
    "PerTrigger",
    "RollingCeiling",
    "StandingDuty",
]

Recurrence = Annotated[
    FixedGrid
    | RollingCeiling
    | PerPeriod
    | AfterEvent
    | BeforeEvent
    | EarliestOf
    | LatestOf
    | PerTrigger
    | OnTerm
    | StandingDuty,
    Field(discriminator="kind"),
]
