"""What the record is used for, and where."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "record_uses",
        sa.Column("use", sa.String(), nullable=False),
        sa.Column("place", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_uses")),
    )
    only_added(("record_uses",))


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_table("record_uses")
