"""How a due date follows from its anchors: one small file per clock."""

from typing import Annotated

from pydantic import Field

from policies.clocks.after_event import AfterEvent
from policies.clocks.before_event import BeforeEvent
from policies.clocks.earliest_of import EarliestOf
from policies.clocks.fixed_grid import FixedGrid
from policies.clocks.latest_of import LatestOf
from policies.clocks.on_term import OnTerm
from policies.clocks.per_period import PerPeriod
from policies.clocks.per_trigger import PerTrigger
from policies.clocks.rolling_ceiling import RollingCeiling
from policies.clocks.standing_duty import StandingDuty

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

Clock = Annotated[
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
