"""Calendar feeds and published statements."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0005"
down_revision = "0004"

RECORDED = ("feed_grants", "feed_revocations", "statements")


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "feed_grants",
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("obligation", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("token_sha256", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_grants")),
        sa.UniqueConstraint("token_sha256", name=op.f("uq_feed_grants_token_sha256")),
    )
    op.create_index(op.f("ix_feed_grants_reader"), "feed_grants", ["reader"], unique=False)
    op.create_table(
        "feed_revocations",
        sa.Column("grant", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["grant"], ["feed_grants.id"], name=op.f("fk_feed_revocations_grant")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_revocations")),
        sa.UniqueConstraint("grant", name=op.f("uq_feed_revocations_grant")),
    )
    op.create_table(
        "statements",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_statements_name_version")),
    )
    op.create_index(op.f("ix_statements_name"), "statements", ["name"], unique=False)
    only_added(RECORDED)


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index(op.f("ix_statements_name"), table_name="statements")
    op.drop_table("statements")
    op.drop_table("feed_revocations")
    op.drop_index(op.f("ix_feed_grants_reader"), table_name="feed_grants")
    op.drop_table("feed_grants")
