"""Meetings before and after they are held, what becomes of decisions, and the ladder without consensus."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0007"
down_revision = "0006"

Columns = Mapping[str, sa.types.TypeEngine[Any]]

_ADDED: Mapping[str, Columns] = {
    "meetings": {"began_on": sa.Date(), "place": sa.String(), "participants": sa.String()},
    "decisions": {
        "owners": sa.String(),
        "issued_by": sa.String(),
        "mandates_respected": sa.String(),
        "meeting": sa.String(),
        "proposal": sa.String(),
    },
    "completions": {"meeting": sa.String()},
}
# The rows of each are found by its first column.
_TABLES: Mapping[str, Columns] = {
    "convenings": {
        "meeting": sa.String(),
        "kind": sa.String(),
        "starts_on": sa.Date(),
        "title": sa.String(),
        "place": sa.String(),
        "source": sa.String(),
    },
    "cancellations": {"meeting": sa.String(), "cancelled_on": sa.Date(), "reason": sa.String()},
    "papers": {
        "meeting": sa.String(),
        "kind": sa.String(),
        "issued_on": sa.Date(),
        "reference": sa.String(),
        "languages": sa.String(),
        "confidentiality": sa.String(),
    },
    "progress": {
        "decision": sa.String(),
        "noted_on": sa.Date(),
        "status": sa.String(),
        "says": sa.String(),
        "evidence": sa.String(),
    },
    "proposals": {
        "proposal": sa.String(),
        "proposed_on": sa.Date(),
        "proposed_by": sa.String(),
        "title": sa.String(),
        "source": sa.String(),
    },
    "positions": {
        "proposal": sa.String(),
        "entity": sa.String(),
        "stance": sa.String(),
        "stated_on": sa.Date(),
        "source": sa.String(),
        "says": sa.String(),
    },
    "proposal_steps": {
        "proposal": sa.String(),
        "kind": sa.String(),
        "taken_on": sa.Date(),
        "by": sa.String(),
        "says": sa.String(),
        "source": sa.String(),
    },
}
_MAY_BE_EMPTY = {("convenings", "place"), ("progress", "evidence"), ("positions", "says")}


def upgrade() -> None:
    """Bring the schema forward."""
    for table, columns in _TABLES.items():
        own = [sa.Column(n, kind, nullable=(table, n) in _MAY_BE_EMPTY) for n, kind in columns.items()]
        op.create_table(
            table,
            *own,
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("recorded_at", sa.DateTime(), nullable=False),
            sa.Column("recorded_by", sa.String(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        )
        first = next(iter(columns))
        op.create_index(op.f(f"ix_{table}_{first}"), table, [first], unique=False)
    for table, columns in _ADDED.items():
        for added, kind in columns.items():
            op.add_column(table, sa.Column(added, kind, nullable=True))
    only_added(_TABLES)


def downgrade() -> None:
    """Bring the schema back."""
    for table, columns in _ADDED.items():
        for added in columns:
            op.drop_column(table, added)
    for table, columns in _TABLES.items():
        op.drop_index(op.f(f"ix_{table}_{next(iter(columns))}"), table_name=table)
        op.drop_table(table)
