"""The keys that the head of the chain is signed with."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "signing_keys",
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("endorsement", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_keys")),
    )
    op.create_index(op.f("ix_signing_keys_fingerprint"), "signing_keys", ["fingerprint"], unique=False)
    only_added(("signing_keys",))


def downgrade() -> None:
    """Bring the schema back, where no key is on record yet.

    Raises:
        LookupError: a key is; the chain would name a table that is not there.
    """
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM signing_keys")):
        raise LookupError("a signing key is on record; restore the backup from before the migration 0021")
    op.drop_index(op.f("ix_signing_keys_fingerprint"), table_name="signing_keys")
    op.drop_table("signing_keys")
