"""What each reader of a calendar was sent."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "published_entries",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_entries")),
        sa.UniqueConstraint(
            "reader", "uid", "sequence", name=op.f("uq_published_entries_reader_uid_sequence")
        ),
    )
    op.create_index(op.f("ix_published_entries_cycle"), "published_entries", ["cycle"], unique=False)
    only_added(("published_entries",))


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index(op.f("ix_published_entries_cycle"), table_name="published_entries")
    op.drop_table("published_entries")
