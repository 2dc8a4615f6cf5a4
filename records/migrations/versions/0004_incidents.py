"""Incidents that people were told of."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "incidents",
        sa.Column("incident", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incidents")),
    )
    op.create_index(op.f("ix_incidents_incident"), "incidents", ["incident"], unique=False)
    only_added(("incidents",))


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index(op.f("ix_incidents_incident"), table_name="incidents")
    op.drop_table("incidents")
