"""Answers, replies, pauses; the letters that notices travelled in; the day on which dates were announced."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0003"
down_revision = "0002"

RECORDED = ("answers", "letters", "pauses", "replies")


def upgrade() -> None:
    """Bring the schema forward."""
    _about_cycles(
        "answers",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("instead", sa.String(), nullable=True),
    )
    _about_cycles(
        "pauses",
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=True),
    )
    _about_cycles(
        "replies",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
    )
    op.create_table(
        "letters",
        sa.Column("letter", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        *_recorded("letters"),
    )
    op.create_index(op.f("ix_letters_letter"), "letters", ["letter"], unique=False)
    op.add_column("announced_dates", sa.Column("announced_on", sa.Date(), nullable=True))
    op.add_column("notices", sa.Column("tried_at", sa.DateTime(), nullable=True))
    op.add_column("notices", sa.Column("letter", sa.String(), nullable=True))
    op.add_column("notices", sa.Column("again", sa.String(), nullable=True))
    only_added(RECORDED)


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_column("notices", "again")
    op.drop_column("notices", "letter")
    op.drop_column("notices", "tried_at")
    op.drop_column("announced_dates", "announced_on")
    op.drop_index(op.f("ix_letters_letter"), table_name="letters")
    for table_name in RECORDED[::-1]:
        if table_name != "letters":
            op.drop_index(op.f(f"ix_{table_name}_cycle"), table_name=table_name)
        op.drop_table(table_name)


def _about_cycles(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(table, sa.Column("cycle", sa.String(), nullable=False), *columns, *_recorded(table))
    op.create_index(op.f(f"ix_{table}_cycle"), table, ["cycle"], unique=False)


def _recorded(table: str) -> tuple[sa.Column[Any] | sa.PrimaryKeyConstraint, ...]:
    return (
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
