"""Who is who, as facts."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0013"
down_revision = "0012"

# The columns of each table: name, type, and whether it may be empty.
_TABLES: dict[str, list[tuple[str, sa.types.TypeEngine[Any], bool]]] = {
    "people": [
        ("person", sa.String(), False),
        ("name", sa.String(), False),
        ("names", sa.String(), False),
        ("since_on", sa.Date(), False),
        ("source", sa.String(), False),
    ],
    "contacts": [
        ("person", sa.String(), False),
        ("since_on", sa.Date(), False),
        ("address", sa.String(), True),
        ("language", sa.String(), True),
        ("channels", sa.String(), True),
        ("station", sa.String(), True),
        ("source", sa.String(), False),
    ],
    "appointments": [
        ("person", sa.String(), False),
        ("actor", sa.String(), False),
        ("since_on", sa.Date(), False),
        ("until", sa.Date(), True),
        ("place", sa.Integer(), False),
        ("source", sa.String(), False),
    ],
    "departures": [
        ("person", sa.String(), False),
        ("left_on", sa.Date(), False),
        ("actor", sa.String(), True),
        ("role", sa.String(), True),
        ("source", sa.String(), False),
    ],
    "successions": [
        ("person", sa.String(), False),
        ("successor", sa.String(), False),
        ("since_on", sa.Date(), False),
        ("source", sa.String(), False),
    ],
    "absences": [
        ("person", sa.String(), False),
        ("first", sa.Date(), False),
        ("last", sa.Date(), False),
        ("source", sa.String(), False),
    ],
    "delegations": [
        ("person", sa.String(), False),
        ("delegate", sa.String(), False),
        ("first", sa.Date(), False),
        ("last", sa.Date(), False),
        ("source", sa.String(), False),
    ],
    "program_roles": [
        ("person", sa.String(), False),
        ("role", sa.String(), False),
        ("since_on", sa.Date(), False),
        ("until", sa.Date(), True),
        ("source", sa.String(), False),
    ],
    "senders": [
        ("name", sa.String(), False),
        ("address", sa.String(), False),
        ("since_on", sa.Date(), False),
        ("source", sa.String(), False),
    ],
    "quiet_hours": [
        ("station", sa.String(), False),
        ("before", sa.String(), False),
        ("after", sa.String(), False),
        ("free_days", sa.Boolean(), False),
        ("since_on", sa.Date(), False),
        ("source", sa.String(), False),
    ],
    "confirmations": [
        ("confirmed_on", sa.Date(), False),
        ("source", sa.String(), False),
    ],
}
_BY_PERSON = ("people", "contacts")


def upgrade() -> None:
    """Bring the schema forward."""
    for name, columns in _TABLES.items():
        op.create_table(
            name,
            *(sa.Column(column, kind, nullable=empty) for column, kind, empty in columns),
            sa.Column("id", sa.Integer(), nullable=False),
            sa.Column("recorded_at", sa.DateTime(), nullable=False),
            sa.Column("recorded_by", sa.String(), nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
        )
    for name in _BY_PERSON:
        op.create_index(op.f(f"ix_{name}_person"), name, ["person"])
    only_added(_TABLES)


def downgrade() -> None:
    """Bring the schema back."""
    for name in _BY_PERSON:
        op.drop_index(op.f(f"ix_{name}_person"), name)
    for name in reversed(_TABLES):
        op.drop_table(name)
