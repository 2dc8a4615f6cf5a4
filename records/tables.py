"""Every table, known together: opening the database imports them all, and with them the audit chain."""

from records import audit, cycles, facts, incidents, notices, packages, runs, triggers
from records.schema import Base

__all__ = ["audit", "cycles", "facts", "incidents", "notices", "packages", "runs", "triggers"]

TABLES = Base.metadata.sorted_tables
