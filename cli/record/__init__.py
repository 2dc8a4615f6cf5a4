"""`mandates record`: one fact at a time, of every kind there is."""

from cli.record import corrections, particular
from cli.record.commands import add_commands
from cli.record.recording import app

add_commands(app, besides=particular.COMMANDS)
__all__ = ["app", "corrections"]
