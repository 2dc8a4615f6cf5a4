"""The database: migrated as the models say, forward and back; a rehearsal leaves no trace."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, func, inspect, select, text

from records.chain.audit import breaks
from records.copying import counts
from records.database import HEAD, MIGRATIONS, NewerDatabaseError, migrate, open_database, reading, writing
from records.runs import Run, record_run
from records.schema import Base
from tasks.enforcement.enforcement import enforce
from tasks.installation.settings import Settings
from tests.installations import TODAY, at, workplace_in


def url(folder: Path) -> str:
    return Settings(home=folder / "new").database


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


def test_a_migration_whose_seals_would_break_does_not_go_back_and_nothing_is_lost(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY))
        with reading(installation.engine) as session:
            before = counts(session)
        made = config()
        with installation.engine.execution_options(writes=True).begin() as connection:
            made.attributes["connection"] = connection
            with pytest.raises(LookupError, match="restore the backup from before the migration"):
                downgrade(made, "0017")
            connection.rollback()
        with reading(installation.engine) as session:
            assert (counts(session), list(breaks(session))) == (before, [])


def test_four_writers_at_once_go_one_after_the_other_and_make_one_chain(tmp_path: Path):
    engine = open_database(url(tmp_path))

    def record_ten(writer: int) -> None:
        for count in range(10):
            with writing(engine) as session:
                seen = session.scalar(select(func.count()).select_from(Run))
                record_run(session, f"writer {writer}", TODAY, at(TODAY), {"count": count, "seen": seen})

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(record_ten, range(4)))
    with reading(engine) as session:
        assert list(breaks(session)) == []
        assert [run.summary["seen"] for run in session.scalars(select(Run).order_by(Run.id))] == list(
            range(40)
        )
    engine.dispose()


def test_a_reader_sees_one_moment_however_long_it_reads(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with reading(engine) as reader:
        before = list(reader.scalars(select(Run.id)))
        with writing(engine) as session:
            record_run(session, "enforce", TODAY, at(TODAY), {})
        assert list(reader.scalars(select(Run.id))) == before
    engine.dispose()


@pytest.mark.parametrize("each_database", ["postgresql"], indirect=True)
def test_a_server_that_went_away_and_came_back_is_used_again(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with reading(engine) as session:
        session.execute(text("SELECT 1"))
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
    other = create_engine(url(tmp_path))
    with other.connect() as connection:
        connection.exec_driver_sql(f"{others} AND datname = current_database()")
    other.dispose()
    with reading(engine) as session:
        assert session.scalar(text("SELECT 1")) == 1
    engine.dispose()


@pytest.mark.parametrize("each_database", ["postgresql"], indirect=True)
def test_the_address_of_postgresql_needs_no_driver(tmp_path: Path):
    engine = open_database(url(tmp_path).replace("postgresql+psycopg:", "postgresql:"))
    assert engine.dialect.driver == "psycopg"
    engine.dispose()


def test_a_rehearsal_leaves_no_trace(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with writing(engine, keep=False) as session:
        record_run(session, "enforce", TODAY, at(TODAY), {})
    with reading(engine) as session:
        assert list(session.scalars(select(Run))) == []
    engine.dispose()


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
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
