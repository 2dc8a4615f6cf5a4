"""`mandates record`: one fact at a time, of every kind there is."""

from cli.record import answers, decisions, duties, kept, meetings  # each adds its commands to `app`
from cli.record.recording import app

__all__ = ["answers", "app", "decisions", "duties", "kept", "meetings"]
