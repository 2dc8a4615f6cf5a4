"""Where a record is: the same for whoever reads it there, another for every copy."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from records.database import Engine, open_database, reach_database, reading, writing
from records.places import Place, machine_at, place_of
from tests.postgres import Postgres


@contextmanager
def opened(url: str) -> Iterator[Engine]:
    engine = open_database(url)
    yield engine
    engine.dispose()


def place(url: str, machine: str = "here") -> Place:
    with opened(url) as engine, reading(engine) as session:
        return place_of(session, machine)


def test_a_file_is_in_one_place_until_it_is_moved_or_copied(tmp_path: Path):
    file = tmp_path / "mandates.db"
    before = place(f"sqlite:///{file}")
    assert place(f"sqlite:///{tmp_path}/../{tmp_path.name}/mandates.db") == before
    assert place(f"sqlite:///{file}", "there") != before
    shutil.copy2(file, tmp_path / "copy.db")
    assert place(f"sqlite:///{tmp_path / 'copy.db'}") != before
    (tmp_path / "copy.db").replace(file)
    assert place(f"sqlite:///{file}") != before


def test_a_database_loaded_anew_under_the_old_name_is_another_place(postgres: Postgres):
    with postgres.database() as url:
        before, again = place(url), place(url)
        assert before == again
        name = str(make_url(url).database)
        assert before.database.endswith(f"/{name}")
        with postgres.database() as other:
            assert place(other).identity != before.identity
            assert place(other).identity.split("/")[0] == before.identity.split("/")[0]


def test_who_may_not_ask_the_server_for_its_identity_still_has_a_place(postgres: Postgres):
    with postgres.database() as url:
        plain = f"plain_{make_url(url).database}"
        with opened(url) as engine, writing(engine) as session:
            for function in ("pg_control_system()", "pg_control_checkpoint()"):
                session.execute(text(f"REVOKE EXECUTE ON FUNCTION {function} FROM PUBLIC"))
            session.execute(text(f"CREATE ROLE {plain} LOGIN"))
        engine = reach_database(make_url(url).set(username=plain).render_as_string(hide_password=False))
        with reading(engine) as session:
            found = place_of(session, "here")
        engine.dispose()
        assert (found.database, found.identity.isdigit()) == (place(url).database, True)


def test_a_server_on_the_machine_itself_is_a_place_of_that_machine(postgres: Postgres):
    with postgres.database() as url:
        assert place(url, "here") != place(url, "there")


@pytest.mark.parametrize(
    ("host", "machine"),
    [("/run/postgresql", "here"), ("localhost", "here"), ("::1", "here"), ("db.example.org", "")],
)
def test_a_server_that_several_machines_reach_is_one_place_for_all(host, machine):
    assert machine_at(host, "here") == machine
