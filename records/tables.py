"""Every table, known together: opening the database imports them all, and with them the audit chain.

The tables of facts are found by `records.facts.facts`: each module of that room is one of them.
"""

from records import audit, cycles, feeds, incidents, packages, runs, statements, submissions
from records.facts import facts
from records.ledger import letters, notices
from records.schema import Base

__all__ = [
    "audit",
    "cycles",
    "facts",
    "feeds",
    "incidents",
    "letters",
    "notices",
    "packages",
    "runs",
    "statements",
    "submissions",
]

TABLES = Base.metadata.sorted_tables
