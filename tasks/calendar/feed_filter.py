"""What a calendar feed is asked to show."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FeedFilter:
    """What a feed shows (one obligation, the duties an actor has a part in, or all), and its language.

    It reaches from `first` to `last`; where these are not given, from the year before to the fifth year
    ahead, by whole years.
    """

    obligation: str | None = None
    actor: str | None = None
    language: str = "en"
    first: date | None = None
    last: date | None = None
