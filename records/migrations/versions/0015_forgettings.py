"""Who was forgotten."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "forgettings",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(), nullable=True),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_forgettings")),
        sa.UniqueConstraint("token", name=op.f("uq_forgettings_token")),
    )
    op.create_index(op.f("ix_forgettings_key"), "forgettings", ["key"], unique=False)
    op.create_index(op.f("ix_forgettings_person"), "forgettings", ["person"], unique=False)
    only_added(("forgettings",))


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("forgettings")
