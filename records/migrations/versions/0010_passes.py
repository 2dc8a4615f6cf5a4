"""Who may read the board: links, sessions and tokens, each by the SHA-256 of its secret."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0010"
down_revision = "0008"

RECORDED = ("passes", "pass_ends")


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "passes",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("secret_sha256", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("link", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["link"], ["passes.id"], name=op.f("fk_passes_link")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passes")),
        sa.UniqueConstraint("link", name=op.f("uq_passes_link")),
        sa.UniqueConstraint("secret_sha256", name=op.f("uq_passes_secret_sha256")),
    )
    op.create_index(op.f("ix_passes_reader"), "passes", ["reader"], unique=False)
    op.create_table(
        "pass_ends",
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["of"], ["passes.id"], name=op.f("fk_pass_ends_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pass_ends")),
        sa.UniqueConstraint("of", name=op.f("uq_pass_ends_of")),
    )
    only_added(RECORDED)


def downgrade() -> None:
    """Bring the schema back."""
    for table in reversed(RECORDED):
        op.drop_table(table)
