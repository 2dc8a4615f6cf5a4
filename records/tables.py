"""Every table, known together: opening the database imports them all, and with them the audit chain."""

from records import audit, cycles, feeds, incidents, packages, passes, places, runs, statements, submissions
from records.facts import answers, facts, meetings, proposals, triggers
from records.facts import membership as rolls
from records.ledger import deliveries, letters, notices, outages
from records.schema import Base

__all__ = [
    "answers",
    "audit",
    "cycles",
    "deliveries",
    "facts",
    "feeds",
    "incidents",
    "letters",
    "meetings",
    "notices",
    "outages",
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
