"""The ways a message leaves. Apprise is the only one behind them, and is loaded with the first channel."""

from notifications.channels.channel import (
    Channel,
    Takes,
    UnusableChannelError,
    open_channel,
    takes,
    way_in_words,
)
from notifications.channels.verdict import Answer, Outcome, Verdict

__all__ = [
    "Answer",
    "Channel",
    "Outcome",
    "Takes",
    "UnusableChannelError",
    "Verdict",
    "open_channel",
    "takes",
    "way_in_words",
]
