from pathlib import Path

import pytest

from records.database import open_database, reading, writing
from records.feeds import FeedGrant, UnknownFeedError, digest_of, feed_at, feeds, grant_feed, revoke_feeds
from tests.installations import TODAY, at


@pytest.fixture
def engine(tmp_path: Path):
    opened = open_database(f"sqlite:///{tmp_path / 'mandates.db'}")
    yield opened
    opened.dispose()


def grant(reader: str, token: str) -> FeedGrant:
    return FeedGrant(
        recorded_at=at(TODAY),
        recorded_by="a test",
        reader=reader,
        language="en",
        obligation=None,
        actor=None,
        token_sha256=digest_of(token),
    )


def test_the_secret_itself_is_nowhere_in_the_database(engine, tmp_path: Path):
    with writing(engine) as session:
        grant_feed(session, grant("ann", "the-secret-of-ann"))
    engine.dispose()
    assert all(b"the-secret-of-ann" not in file.read_bytes() for file in tmp_path.iterdir())


def test_every_address_of_a_reader_is_taken_back_and_nobody_elses(engine):
    with writing(engine) as session:
        for reader, token in (("ann", "1"), ("ann", "2"), ("bob", "3")):
            grant_feed(session, grant(reader, token))
        assert revoke_feeds(session, "ann", "left", "a test", at(TODAY)) == 2
    with reading(engine) as session:
        assert [feed.revoked is not None for feed in feeds(session)] == [True, True, False]
        found = feed_at(session, "3")
        assert found is not None
        assert found.grant.reader == "bob"
        assert feed_at(session, "4") is None


def test_what_nobody_has_cannot_be_taken_back(engine):
    with writing(engine) as session, pytest.raises(UnknownFeedError, match="mandates feed list"):
        revoke_feeds(session, "ann", "left", "a test", at(TODAY))
