"""Meetings, decisions and terms of office."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0002"
down_revision = "0001"

RECORDED = ("decisions", "meetings", "terms")


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "decisions",
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index(op.f("ix_decisions_decision"), "decisions", ["decision"], unique=False)
    op.create_table(
        "meetings",
        sa.Column("meeting", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meetings")),
    )
    op.create_index(op.f("ix_meetings_meeting"), "meetings", ["meeting"], unique=False)
    op.create_table(
        "terms",
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
    )
    op.create_index(op.f("ix_terms_body"), "terms", ["body"], unique=False)
    only_added(RECORDED)


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index(op.f("ix_terms_body"), table_name="terms")
    op.drop_table("terms")
    op.drop_index(op.f("ix_meetings_meeting"), table_name="meetings")
    op.drop_table("meetings")
    op.drop_index(op.f("ix_decisions_decision"), table_name="decisions")
    op.drop_table("decisions")
