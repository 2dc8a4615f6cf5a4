"""Files that came, what a package's version changed, and who released it."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "submissions",
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("refusals", sa.JSON(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle"], ["opened_cycles.cycle"], name=op.f("fk_submissions_cycle_opened_cycles")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
    )
    op.create_index(op.f("ix_submissions_cycle"), "submissions", ["cycle"], unique=False)
    op.add_column("packages", sa.Column("facts_sha256", sa.String(), nullable=True))
    op.add_column("packages", sa.Column("changes", sa.JSON(), nullable=True))
    op.add_column("packages", sa.Column("released_by", sa.String(), nullable=True))
    op.add_column("packages", sa.Column("released_on", sa.Date(), nullable=True))
    only_added(("submissions",))


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_column("packages", "released_on")
    op.drop_column("packages", "released_by")
    op.drop_column("packages", "changes")
    op.drop_column("packages", "facts_sha256")
    op.drop_index(op.f("ix_submissions_cycle"), table_name="submissions")
    op.drop_table("submissions")
