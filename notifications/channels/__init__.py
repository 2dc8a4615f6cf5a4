"""The ways a message leaves. Apprise is the only one behind them, and is loaded with the first channel."""

from notifications.channels.channel import Channel, UnusableChannelError, open_channel
from notifications.channels.verdict import Outcome, Verdict

__all__ = ["Channel", "Outcome", "UnusableChannelError", "Verdict", "open_channel"]
