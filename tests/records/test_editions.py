"""Editions: kept once under the hash of their content, and found only as they were kept."""

from pathlib import Path

from sqlalchemy import select

from records.chain.audit import breaks
from records.chain.known import places_of
from records.database import reading, writing
from records.editions import Edition, EditionOf, edition, keep_edition, last_engine, people_edition, run_seals
from records.personal.forgetting import forget_keys, keys_of
from records.runs import ENFORCE, last_run, record_run
from tasks.enforcement.editions import engine_digest
from tasks.enforcement.enforcement import enforce
from tests.installations import TODAY, at, record, workplace_in

OTHER = {"person": "ilo", "address": "new@example.org", "since_on": TODAY, "source": "a letter"}
AWAY = {"person": "ilo", "first": TODAY, "last": TODAY, "source": "a letter"}


def test_a_content_is_kept_once_and_each_kind_by_itself(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        for kind in (EditionOf.OWED, EditionOf.OWED, EditionOf.RULES):
            with writing(installation.engine) as session:
                digest = keep_edition(session, kind, b"content", at(TODAY))
        with reading(installation.engine) as session:
            assert len(list(session.scalars(select(Edition)))) == 2
            assert edition(session, EditionOf.OWED, digest) == b"content"
            assert edition(session, EditionOf.PEOPLE, digest) is None
            assert edition(session, EditionOf.OWED, "0" * 64) is None
            assert list(breaks(session)) == []


def test_a_day_on_which_nothing_is_new_keeps_nothing_anew(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        counts = []
        for hour in (6, 7):
            enforce(installation, TODAY, at(TODAY, hour))
            with reading(installation.engine) as session:
                counts.append(len(list(session.scalars(select(Edition)))))
        with reading(installation.engine) as session:
            latest = last_run(session, ENFORCE)
            assert latest is not None
            seals = run_seals(session, range(latest.id + 1))
            assert len({seal.digest for seal in seals.values()}) == 1
            assert last_engine(session) == engine_digest(installation)
    assert counts == [4, 4]


def test_nothing_says_which_engine_ran_where_the_last_run_is_not_sealed(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        enforce(installation, TODAY, at(TODAY))
        with writing(installation.engine) as session:
            record_run(session, ENFORCE, TODAY, at(TODAY, 7), {})
        with reading(installation.engine) as session:
            assert last_engine(session) is None


def test_people_are_another_edition_once_something_about_them_is_recorded_or_withdrawn(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        seen, numbers = [], []
        for facts in ({}, {"contacts": [OTHER]}, {"contacts": [OTHER]}, {"absences": [AWAY]}):
            record(installation, dict(facts), TODAY)
            with writing(installation.engine) as session:
                seen.append(people_edition(session))
                keep_edition(session, EditionOf.PEOPLE, seen[-1], at(TODAY))
                numbers.append(record_run(session, ENFORCE, TODAY, at(TODAY), {}).id)
        with reading(installation.engine) as session:
            then = [people_edition(session, place) for place in places_of(session, numbers).values()]
    assert then == seen
    assert [seen.index(each) for each in seen] == [0, 1, 1, 3]


def test_the_edition_of_people_holds_nothing_of_them_and_stays_when_they_are_forgotten(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        with writing(installation.engine) as session:
            before = people_edition(session)
            forget_keys(session, keys_of(session, ["ilo"]), "ilo", "they asked", "Amal Haddad", at(TODAY))
        with reading(installation.engine) as session:
            assert people_edition(session) == before
    assert b"ilo" not in before
    assert {line.split(b" ")[0] for line in before.splitlines()} >= {b"people", b"contacts", b"appointments"}
