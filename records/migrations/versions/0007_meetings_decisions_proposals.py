"""Meetings before and after they are held, what becomes of decisions, and the ladder without consensus."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0007"
down_revision = "0006"

_ADDED: dict[str, dict[str, sa.types.TypeEngine[Any]]] = {
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
# The column by which the rows of each table are found.
_TABLES = {
    "convenings": "meeting",
    "cancellations": "meeting",
    "papers": "meeting",
    "progress": "decision",
    "proposals": "proposal",
    "positions": "proposal",
    "proposal_steps": "proposal",
}


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "convenings",
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convenings")),
    )
    op.create_table(
        "cancellations",
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("cancelled_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cancellations")),
    )
    op.create_table(
        "papers",
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("confidentiality", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
    )
    op.create_table(
        "progress",
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress")),
    )
    op.create_table(
        "proposals",
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("proposed_on", sa.Date(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_table(
        "positions",
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("stance", sa.String(), nullable=False),
        sa.Column("stated_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_positions")),
    )
    op.create_table(
        "proposal_steps",
        sa.Column("proposal", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_steps")),
    )
    for table, column in _TABLES.items():
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    for table, columns in _ADDED.items():
        for added, kind in columns.items():
            op.add_column(table, sa.Column(added, kind, nullable=True))
    only_added(_TABLES)


def downgrade() -> None:
    """Bring the schema back."""
    for table, columns in _ADDED.items():
        for added in columns:
            op.drop_column(table, added)
    for table, column in _TABLES.items():
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
        op.drop_table(table)
