"""Every table, known together: opening the database imports them all, and with them the audit chain.

The tables of facts are found by `records.facts.facts`: each module of that room is one of them.
"""

from records import (
    cycles,
    editions,
    feeds,
    inbox,
    incidents,
    packages,
    passes,
    places,
    published,
    runs,
    secrets,
    statements,
    submissions,
)
from records.chain import audit, signing
from records.facts import facts, proposals
from records.facts import membership as rolls
from records.ledger import deliveries, letters, moves, notices, outages, resealing
from records.personal import tables as personal
from records.schema import Base

__all__ = [
    "audit",
    "cycles",
    "deliveries",
    "editions",
    "facts",
    "feeds",
    "inbox",
    "incidents",
    "letters",
    "moves",
    "notices",
    "outages",
    "packages",
    "passes",
    "personal",
    "places",
    "proposals",
    "published",
    "resealing",
    "rolls",
    "runs",
    "secrets",
    "signing",
    "statements",
    "submissions",
]

TABLES = Base.metadata.sorted_tables
