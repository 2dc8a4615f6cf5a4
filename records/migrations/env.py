"""Alembic's entry: the connection is handed over by records.database.migrate."""

from alembic import context

from records import tables
from records.schema import Base

assert tables.TABLES  # noqa: S101 (every table must be known here)
context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
