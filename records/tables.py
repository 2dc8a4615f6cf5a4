"""Every table, known together: opening the database imports them all, and with them the audit chain."""

from records import audit, cycles, feeds, incidents, packages, passes, places, runs, statements, submissions
from records.facts import answers, facts, meetings, proposals, triggers
from records.facts import membership as rolls
from records.ledger import letters, notices
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
    "places",
    "proposals",
    "rolls",
    "runs",
    "statements",
    "submissions",
    "triggers",
]

TABLES = Base.metadata.sorted_tables
