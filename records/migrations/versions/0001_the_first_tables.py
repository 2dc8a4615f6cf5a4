"""The first tables."""

import sqlalchemy as sa
from alembic import op

from records.migrations.only_added import only_added

revision = "0001"
down_revision = None

RECORDED = (
    "announced_dates",
    "audit_links",
    "breaches",
    "completions",
    "corrections",
    "event_dates",
    "explanations",
    "extensions",
    "notice_transitions",
    "opened_cycles",
    "packages",
    "roster_entries",
    "runs",
)


def upgrade() -> None:
    """Bring the schema forward."""
    op.create_table(
        "audit_links",
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("table", sa.String(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("chain", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_links")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_links_previous")),
    )
    op.create_table(
        "completions",
        sa.Column("obligation", sa.String(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.Column("counts_for", sa.String(), nullable=True),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_completions")),
    )
    op.create_index(op.f("ix_completions_obligation"), "completions", ["obligation"], unique=False)
    op.create_table(
        "corrections",
        sa.Column("fact", sa.String(), nullable=False),
        sa.Column("fact_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
    )
    op.create_table(
        "event_dates",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_dates")),
    )
    op.create_table(
        "explanations",
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("explained_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanations")),
    )
    op.create_index(op.f("ix_explanations_cycle"), "explanations", ["cycle"], unique=False)
    op.create_table(
        "extensions",
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extensions")),
    )
    op.create_index(op.f("ix_extensions_cycle"), "extensions", ["cycle"], unique=False)
    op.create_table(
        "opened_cycles",
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("obligation", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opened_cycles")),
        sa.UniqueConstraint("cycle", name=op.f("uq_opened_cycles_cycle")),
    )
    op.create_index(op.f("ix_opened_cycles_obligation"), "opened_cycles", ["obligation"], unique=False)
    op.create_table(
        "runs",
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("summary", sa.JSON(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
    )
    op.create_index(op.f("ix_runs_flow"), "runs", ["flow"], unique=False)
    op.create_table(
        "announced_dates",
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["opened_cycles.cycle"], name=op.f("fk_announced_dates_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announced_dates")),
    )
    op.create_index(op.f("ix_announced_dates_cycle"), "announced_dates", ["cycle"], unique=False)
    op.create_table(
        "breaches",
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["opened_cycles.cycle"], name=op.f("fk_breaches_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_breaches")),
        sa.UniqueConstraint("cycle", "due_on", name=op.f("uq_breaches_cycle_due_on")),
    )
    op.create_table(
        "notices",
        sa.Column("notice_key", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("rung", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("notice_class", sa.String(), nullable=False),
        sa.Column("send_on", sa.Date(), nullable=False),
        sa.Column("matter", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", sa.DateTime(), nullable=True),
        sa.Column("not_before_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["cycle"], ["opened_cycles.cycle"], name=op.f("fk_notices_cycle")),
        sa.PrimaryKeyConstraint("notice_key", name=op.f("pk_notices")),
    )
    op.create_index(op.f("ix_notices_cycle"), "notices", ["cycle"], unique=False)
    op.create_index(op.f("ix_notices_state"), "notices", ["state"], unique=False)
    op.create_table(
        "packages",
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["opened_cycles.cycle"], name=op.f("fk_packages_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_packages")),
    )
    op.create_index(op.f("ix_packages_cycle"), "packages", ["cycle"], unique=False)
    op.create_table(
        "roster_entries",
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["cycle"], ["opened_cycles.cycle"], name=op.f("fk_roster_entries_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_entries")),
        sa.UniqueConstraint("cycle", "actor", "person", name=op.f("uq_roster_entries_cycle_actor_person")),
    )
    op.create_table(
        "notice_transitions",
        sa.Column("notice_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notice_key"], ["notices.notice_key"], name=op.f("fk_notice_transitions_notice_key")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_transitions")),
    )
    op.create_index(
        op.f("ix_notice_transitions_notice_key"), "notice_transitions", ["notice_key"], unique=False
    )
    only_added(RECORDED)


def downgrade() -> None:
    """Bring the schema back."""
    op.drop_index(op.f("ix_notice_transitions_notice_key"), table_name="notice_transitions")
    op.drop_table("notice_transitions")
    op.drop_table("roster_entries")
    op.drop_index(op.f("ix_packages_cycle"), table_name="packages")
    op.drop_table("packages")
    op.drop_index(op.f("ix_notices_state"), table_name="notices")
    op.drop_index(op.f("ix_notices_cycle"), table_name="notices")
    op.drop_table("notices")
    op.drop_table("breaches")
    op.drop_index(op.f("ix_announced_dates_cycle"), table_name="announced_dates")
    op.drop_table("announced_dates")
    op.drop_index(op.f("ix_runs_flow"), table_name="runs")
    op.drop_table("runs")
    op.drop_index(op.f("ix_opened_cycles_obligation"), table_name="opened_cycles")
    op.drop_table("opened_cycles")
    op.drop_index(op.f("ix_extensions_cycle"), table_name="extensions")
    op.drop_table("extensions")
    op.drop_index(op.f("ix_explanations_cycle"), table_name="explanations")
    op.drop_table("explanations")
    op.drop_table("event_dates")
    op.drop_table("corrections")
    op.drop_index(op.f("ix_completions_obligation"), table_name="completions")
    op.drop_table("completions")
    op.drop_table("audit_links")
