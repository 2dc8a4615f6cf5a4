"""What readers were given: kept on each database, never changed, and asked for by reader and by cycle."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from records.chain.audit import breaks
from records.database import DatabaseError, reading, writing
from records.published import Published, PublishedEntry, first_uid, publish, published_about, published_to
from tests.installations import TODAY, at, workplace_in

DUE = Published("mail:iom", "due.a.1@x", "a/1", 0, "0" * 64, at(TODAY), "{}")
MOVED = replace(DUE, sequence=1, stamped_at=at(TODAY, 9))
OTHER = replace(DUE, reader="mail:ilo", uid="due.a.2@x", cycle="a/2")
FED = replace(DUE, reader="feed:1")


@pytest.mark.usefixtures("each_database")
def test_the_last_of_each_entry_is_what_a_reader_has(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        with writing(installation.engine) as session:
            assert first_uid(session) is None
            publish(session, [DUE, OTHER, FED], at(TODAY), "a test")
        with writing(installation.engine) as session:
            publish(session, [MOVED], at(TODAY, 9), "a test")
        with reading(installation.engine) as session:
            assert published_to(session, "mail:iom") == {DUE.uid: MOVED}
            assert published_to(session, "mail:iom", at(TODAY, 8)) == {DUE.uid: DUE}
            assert published_to(session, "mail:iom", at(TODAY) - timedelta(1)) == {}
            assert published_to(session, "mail:iom", cycles=["a/2"]) == {}
            assert published_about(session, ["a/1", "a/2"], "mail:") == {
                "a/1": {"mail:iom": {DUE.uid: MOVED}},
                "a/2": {"mail:ilo": {OTHER.uid: OTHER}},
            }
            assert first_uid(session) == DUE.uid
            assert list(breaks(session)) == []


@pytest.mark.usefixtures("each_database")
def test_no_number_is_given_twice_and_nothing_that_was_given_is_changed(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        with writing(installation.engine) as session:
            publish(session, [DUE], at(TODAY), "a test")
        with pytest.raises(DatabaseError), writing(installation.engine) as session:
            publish(session, [replace(DUE, content="another")], at(TODAY), "a test")
        with pytest.raises(DatabaseError), writing(installation.engine) as session:
            session.query(PublishedEntry).update({"content": "another"})
