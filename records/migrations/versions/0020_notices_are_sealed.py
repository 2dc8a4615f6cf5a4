"""What notices hold is sealed: in their moves from now on, and once for those that are there."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added
from records.migrations.sealing_notices import seal_notices

revision = "0020"
down_revision = "0017"


def upgrade() -> None:
    """Bring the schema forward, and seal what the notices hold that are there."""
    op.create_table(
        "notice_seals",
        sa.Column("notice_key", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("held", sa.String(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_seals")),
    )
    op.create_index(op.f("ix_notice_seals_notice_key"), "notice_seals", ["notice_key"], unique=False)
    op.add_column("notice_transitions", sa.Column("made", sa.String(), nullable=True))
    op.add_column("letters", sa.Column("carries", sa.String(), nullable=True))
    op.add_column("submissions", sa.Column("text_sha256", sa.String(), nullable=True))
    seal_notices(op.get_bind(), by="migration 0020")
    only_added(("notice_seals",))


def downgrade() -> None:
    """Bring the schema back, where nothing was sealed by it yet.

    Raises:
        LookupError: moves say what they made; without that their seals would be broken.
    """
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM notice_transitions WHERE made IS NOT NULL")):
        raise LookupError("sealed moves are on record; restore the backup from before the migration 0020")
    op.drop_column("submissions", "text_sha256")
    op.drop_column("letters", "carries")
    op.drop_column("notice_transitions", "made")
    op.drop_index(op.f("ix_notice_seals_notice_key"), table_name="notice_seals")
    op.drop_table("notice_seals")
