"""What a calendar feed is asked to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedFilter:
    """What a feed shows (one obligation, the duties an actor has a part in, or all), and its language."""

    obligation: str | None = None
    actor: str | None = None
    language: str = "en"
