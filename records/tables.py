"""Every table, known together: opening the database imports them all, and with them the audit chain."""

from records import (
    answers,
    audit,
    cycles,
    facts,
    feeds,
    incidents,
    letters,
    meetings,
    notices,
    packages,
    passes,
    proposals,
    rolls,
    runs,
    statements,
    submissions,
    triggers,
)
from records.schema import Base

__all__ = [
    "answers",
    "audit",
    "cycles",
    "facts",
    "feeds",
    "incidents",
    "letters",
    "meetings",
    "notices",
    "packages",
    "passes",
    "proposals",
    "rolls",
    "runs",
    "statements",
    "submissions",
    "triggers",
]

TABLES = Base.metadata.sorted_tables
