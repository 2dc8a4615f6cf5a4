"""Every table, known together: opening the database imports them all, and with them the audit chain."""

from records import (
    answers,
    audit,
    cycles,
    facts,
    letters,
    notices,
    packages,
    runs,
    submissions,
    triggers,
)
from records.schema import Base

__all__ = [
    "answers",
    "audit",
    "cycles",
    "facts",
    "letters",
    "notices",
    "packages",
    "runs",
    "submissions",
    "triggers",
]

TABLES = Base.metadata.sorted_tables
