"""The record copied to another database: every row, the chain, and the counting that goes on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from records.copying import OccupiedDatabaseError, UnlikeCopyError, breaks_in, copy_record, copy_sqlite
from records.database import Engine, open_database, reading, writing
from records.runs import record_run
from tasks.enforcement.enforcement import enforce
from tests.installations import TODAY, at, workplace_in


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Engine]:
    with workplace_in(tmp_path / "source") as installation:
        enforce(installation, TODAY, at(TODAY))
        yield installation.engine


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        engine = open_database(f"sqlite:///{tmp_path / 'target.db'}")
        yield engine
        engine.dispose()
    else:
        with request.getfixturevalue("postgres").database() as url:
            engine = open_database(url)
            yield engine
            engine.dispose()


def test_every_row_arrives_and_the_chain_goes_on(source: Engine, target: Engine):
    rows = copy_record(source, target)
    assert min(rows["notices"], rows["audit_links"], rows["opened_cycles"]) > 0
    with writing(target) as session:
        record_run(session, "enforce", TODAY, at(TODAY), {})
    assert breaks_in(target) == []


def test_nothing_is_copied_onto_rows_that_are_there(source: Engine, target: Engine):
    copy_record(source, target)
    with pytest.raises(OccupiedDatabaseError, match="must be empty; it holds: "):
        copy_record(source, target)


def test_a_record_that_was_tampered_with_arrives_as_it_is(source: Engine, target: Engine):
    with writing(source) as session:
        if source.dialect.name == "postgresql":
            session.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            session.execute(text("DROP TRIGGER completions_no_update"))
        session.execute(text("UPDATE completions SET evidence = 'another'"))
    copy_record(source, target)
    assert breaks_in(target) == breaks_in(source) != []


def test_a_copy_that_differs_is_not_kept(source: Engine, target: Engine):
    with writing(target) as session:
        if target.dialect.name == "postgresql":
            session.execute(
                text(
                    "CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS "
                    "$$ BEGIN NEW.evidence := 'spoilt'; RETURN NEW; END $$"
                )
            )
            session.execute(
                text(
                    "CREATE TRIGGER spoiling BEFORE INSERT ON completions "
                    "FOR EACH ROW EXECUTE FUNCTION spoil()"
                )
            )
        else:
            session.execute(
                text(
                    "CREATE TRIGGER spoiling AFTER INSERT ON completions BEGIN "
                    "DELETE FROM audit_links WHERE position = 1; END"
                )
            )
            session.execute(text("DROP TRIGGER audit_links_no_delete"))
    with pytest.raises(UnlikeCopyError, match="the copy differs in "):
        copy_record(source, target)
    with reading(target) as session:
        assert session.scalar(text("SELECT count(*) FROM runs")) == 0


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
def test_sqlite_is_copied_while_somebody_writes(source: Engine, tmp_path: Path):
    with writing(source) as session:
        record_run(session, "enforce", TODAY, at(TODAY), {"copied": "no"})
        copy_sqlite(source, tmp_path / "copy.db")
    copy = open_database(f"sqlite:///{tmp_path / 'copy.db'}")
    assert breaks_in(copy) == []
    with reading(copy) as session:
        assert session.scalar(text("SELECT count(*) FROM runs WHERE flow = 'enforce'")) == 1
    copy.dispose()
