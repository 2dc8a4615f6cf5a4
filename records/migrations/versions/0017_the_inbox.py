"""What came to us, and what became of it; secrets of the installation."""

import os

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0017"
down_revision = "0016"

RECORDED = ("incoming_items", "item_fates")


def upgrade() -> None:
    """Bring the schema forward."""
    secrets = op.create_table(
        "secrets",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_secrets")),
    )
    op.bulk_insert(secrets, [{"name": "letters", "value": os.urandom(32)}])
    op.create_table(
        "incoming_items",
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("stranger", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incoming_items")),
        sa.UniqueConstraint("place", name=op.f("uq_incoming_items_place")),
    )
    op.create_index(op.f("ix_incoming_items_sha256"), "incoming_items", ["sha256"], unique=False)
    op.create_table(
        "item_fates",
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
        sa.Column("cycles", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["item"], ["incoming_items.id"], name=op.f("fk_item_fates_item_incoming_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item_fates")),
    )
    op.create_index(op.f("ix_item_fates_item"), "item_fates", ["item"], unique=False)
    only_added(RECORDED)


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index(op.f("ix_item_fates_item"), table_name="item_fates")
    op.drop_table("item_fates")
    op.drop_index(op.f("ix_incoming_items_sha256"), table_name="incoming_items")
    op.drop_table("incoming_items")
    op.drop_table("secrets")
