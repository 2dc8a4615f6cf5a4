"""`mandates record`: one fact at a time, of every kind there is."""

from cli.record import answers, completions, corrections, decisions, meetings, membership
from cli.record.recording import app

__all__ = ["answers", "app", "completions", "corrections", "decisions", "meetings", "membership"]
