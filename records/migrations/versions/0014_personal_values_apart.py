"""Personal values apart from the seal: keys, values, and what was moved out of rows recorded before."""

import sqlalchemy as sa
from alembic import op

from records.migrations.moving_out import move_out
from records.migrations.only_added import only_added

revision = "0014"
down_revision = "0013"

# What is personal in rows from before, with its holder as records/personal/columns.py knows holders.
MOVED = {
    "answers": {"source": "person", "reason": "person", "instead": "itself"},
    "replies": {"reason": "person"},
    "pauses": {"reason": "person"},
    "submissions": {"title": "person", "message": "person"},
    "letters": {"content": "person"},
    "delivery_reports": {"address": "itself", "said": "within", "message": "itself"},
    "mended_addresses": {"address": "itself"},
    "channel_tries": {"what": "within"},
    "incidents": {"incident": "within", "what": "within", "told": "within"},
    "passes": {"reader": "itself"},
    "feed_grants": {"reader": "itself"},
    "packages": {"changes": "each", "released_by": "itself"},
    "leads": {"name": "itself", "decided_by": "itself"},
    "consultations": {"chosen_by": "itself"},
    "terms": {"holder": "itself"},
    "meetings": {"participants": "each"},
    "notice_transitions": {"cause": "recorder"},
}


def upgrade() -> None:
    """Bring the schema forward, and move what is personal out of the rows recorded before."""
    op.create_table(
        "personal_keys",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_personal_keys")),
        sa.UniqueConstraint("holder", name=op.f("uq_personal_keys_holder")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "personal_values",
        sa.Column("token", sa.String(), nullable=False),
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_personal_values")),
    )
    op.create_index(op.f("ix_personal_values_key"), "personal_values", ["key"], unique=False)
    op.create_table(
        "resealings",
        sa.Column("of_table", sa.String(), nullable=False),
        sa.Column("of_row", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resealings")),
    )
    move_out(op.get_bind(), MOVED, by="migration 0014")
    only_added(("resealings",))


def downgrade() -> None:
    """Bring the schema back, where no personal value was recorded yet.

    Raises:
        LookupError: there are some; without their tables nobody could read them any more.
    """
    if op.get_bind().scalar(sa.text("SELECT count(*) FROM personal_values")):
        raise LookupError("personal values are on record; restore the backup from before the migration 0014")
    op.drop_table("resealings")
    op.drop_index(op.f("ix_personal_values_key"), table_name="personal_values")
    op.drop_table("personal_values")
    op.drop_table("personal_keys")
