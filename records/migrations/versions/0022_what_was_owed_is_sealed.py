"""What each enforcement derived as owed, and the editions of engine, rules and people it worked by."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "editions",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editions")),
        sa.UniqueConstraint("kind", "digest", name=op.f("uq_editions_kind_digest")),
    )
    op.create_table(
        "run_seals",
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("rules", sa.String(), nullable=False),
        sa.Column("people", sa.String(), nullable=False),
        sa.Column("moves_before", sa.Integer(), nullable=False),
        sa.Column("owed", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("lists", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["run"], ["runs.id"], name=op.f("fk_run_seals_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run_seals")),
        sa.UniqueConstraint("run", name=op.f("uq_run_seals_run")),
    )
    only_added(("editions", "run_seals"))


def downgrade() -> None:
    """Bring the schema back, where no run was sealed yet.

    Raises:
        LookupError: one was; the chain would name tables that are not there.
    """
    for table in ("run_seals", "editions"):
        if op.get_bind().scalar(sa.text(f"SELECT count(*) FROM {table}")):  # noqa: S608 (our own)
            raise LookupError("sealed runs are on record; restore the backup from before the migration 0022")
        op.drop_table(table)
