"""The database: migrated as the models say, forward and back; a rehearsal leaves no trace."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select

from records.database import HEAD, MIGRATIONS, NewerDatabaseError, migrate, open_database, reading, writing
from records.runs import Run, record_run
from records.schema import Base
from tests.workplaces import TODAY, at


def url(folder: Path) -> str:
    return f"sqlite:///{folder / 'new' / 'mandates.db'}"


def config() -> Config:
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    return made


def test_the_migrated_schema_is_that_of_the_models(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()


def test_the_head_named_in_the_code_is_the_newest_migration():
    assert ScriptDirectory.from_config(config()).get_current_head() == HEAD


def test_migrations_go_back_and_forward_again(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with engine.execution_options(writes=True).begin() as connection:
        made = config()
        made.attributes["connection"] = connection
        downgrade(made, "base")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    migrate(engine)
    assert "notices" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_rehearsal_leaves_no_trace(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with writing(engine, keep=False) as session:
        record_run(session, "enforce", TODAY, at(TODAY), {})
    with reading(engine) as session:
        assert list(session.scalars(select(Run))) == []
    engine.dispose()


def test_sqlite_keeps_foreign_keys_and_a_write_ahead_log(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(NewerDatabaseError, match="newer than this program"):
        open_database(url(tmp_path))
