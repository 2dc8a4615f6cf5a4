"""What became of letters after they left, attempts that reached nobody, and whom the watch told."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0011"
down_revision = "0010"

RECORDED = ("channel_tries", "delivery_reports", "mended_addresses")


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "channel_tries",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_tries")),
    )
    op.create_index(op.f("ix_channel_tries_channel"), "channel_tries", ["channel"], unique=False)
    op.create_table(
        "delivery_reports",
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("copy", sa.Boolean(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_reports")),
    )
    op.create_index(op.f("ix_delivery_reports_letter"), "delivery_reports", ["letter"], unique=False)
    op.create_index(op.f("ix_delivery_reports_address"), "delivery_reports", ["address"], unique=False)
    op.create_table(
        "mended_addresses",
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mended_addresses")),
    )
    op.create_index(op.f("ix_mended_addresses_address"), "mended_addresses", ["address"], unique=False)
    op.add_column("incidents", sa.Column("told", sa.String(), nullable=True))
    only_added(RECORDED)


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_column("incidents", "told")
    for table, column in (
        ("mended_addresses", "address"),
        ("delivery_reports", "address"),
        ("delivery_reports", "letter"),
        ("channel_tries", "channel"),
    ):
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in reversed(RECORDED):
        op.drop_table(table)
