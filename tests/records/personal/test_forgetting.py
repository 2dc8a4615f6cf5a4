"""Whatever is written of whomever is read back; who is forgotten is gone, the others and the chain stay."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st
from sqlalchemy import text

from records.chain.audit import breaks
from records.database import Session, open_database, reading, writing
from records.facts.answers import Answer
from records.facts.facts import record_fact
from records.personal.forgetting import forget_keys, forget_values, keys_of, locked_keys
from records.personal.keys import keys_in, put_keys, take_keys_out
from tasks.installation.settings import Settings
from tests.installations import TODAY, at

PEOPLE = ("ilo", "undp", "unhcr")
TEXT = st.text(max_size=60)
SAYINGS = st.lists(st.tuples(st.sampled_from(PEOPLE), TEXT, TEXT), min_size=1, max_size=12)


def url(folder: Path) -> str:
    return Settings(home=folder / "home").database


def say(session: Session, person: str, source: str, reason: str, by: str = "Amal Haddad") -> bool:
    row = Answer(
        recorded_at=at(TODAY), recorded_by=by, cycle="a/1", person=person, kind="refusal", received_on=TODAY,
        source=source, reason=reason, until=None, instead=None,
    )  # fmt: skip
    return record_fact(session, row)


def said(session: Session) -> list[tuple[str, str, str | None]]:
    return [(a.person, a.source, a.reason) for a in session.query(Answer).order_by(Answer.id)]


def lived(address: str, sayings: list[tuple[str, str, str]], gone: str) -> None:
    engine = open_database(address)
    with writing(engine) as session:
        for person, source, reason in sayings:
            say(session, person, source, reason)
    known = list(dict.fromkeys(sayings))
    with reading(engine) as session:
        assert (said(session), list(breaks(session))) == (known, [])
    with writing(engine) as session:
        forget_keys(session, keys_of(session, [gone]), gone, "asked", "Amal Haddad", at(TODAY))
    word = f"forgotten on {TODAY}"
    left = [(p, word, word) if p == gone else (p, source, reason) for p, source, reason in known]
    with reading(engine) as session:
        assert (said(session), list(breaks(session))) == (left, [])
    engine.dispose()


@pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
@trying(max_examples=25, deadline=None)
@given(sayings=SAYINGS, gone=st.sampled_from(PEOPLE))
def test_what_was_written_is_read_back_and_who_is_forgotten_alone_is_gone(sayings, gone):
    with TemporaryDirectory() as folder:
        lived(url(Path(folder)), sayings, gone)


def test_it_is_so_on_each_database(tmp_path: Path):
    lived(
        url(tmp_path),
        [("ilo", "a mail", "ill"), ("undp", "a mail", "~1.x~"), ("ilo", "a mail", "ill")],
        "ilo",
    )


def test_the_same_fact_is_recorded_once_and_a_dropped_transaction_leaves_no_key(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with writing(engine, keep=False) as session:
        assert say(session, "ilo", "a mail", "ill")
    with writing(engine) as session:
        assert say(session, "ilo", "a mail", "ill")
        assert not say(session, "ilo", "a mail", "ill")
    with writing(engine) as session:
        assert not say(session, "ilo", "a mail", "ill")
    with reading(engine) as session:
        assert list(breaks(session)) == []
    engine.dispose()


def test_another_process_that_has_read_a_value_no_longer_shows_it(tmp_path: Path):
    mine, other = open_database(url(tmp_path)), open_database(url(tmp_path))
    with writing(mine) as session:
        say(session, "ilo", "a mail", "ill")
    with reading(other) as session:
        assert said(session) == [("ilo", "a mail", "ill")]
    with writing(mine) as session:
        forget_keys(session, keys_of(session, ["ilo"]), "ilo", "asked", "Amal Haddad", at(TODAY))
    with reading(other) as session:
        assert said(session) == [("ilo", f"forgotten on {TODAY}", f"forgotten on {TODAY}")]
    mine.dispose()
    other.dispose()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("DELETE FROM personal_values", "was taken out, and nobody was forgotten"),
        ("UPDATE personal_values SET value = (SELECT max(value) FROM personal_values)", "was changed after"),
    ],
)
def test_a_value_changed_or_taken_out_behind_its_back_is_found(tmp_path: Path, statement: str, found: str):
    engine = open_database(url(tmp_path))
    with writing(engine) as session:
        say(session, "ilo", "a mail", "ill")
        session.execute(text(statement.replace("max(value)", "value").replace("values)", "values LIMIT 1)")))
    with reading(engine) as session:
        assert found in str(next(breaks(session)))
    engine.dispose()


def test_one_value_of_somebody_can_go_when_its_time_is_over(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with writing(engine) as session:
        say(session, "ilo", "a mail", "ill")
    with writing(engine) as session:
        token = session.scalar(text("SELECT reason FROM answers"))
        forget_values(session, [str(token)], "kept for 1 day", "retention", at(TODAY))
    with reading(engine) as session:
        assert said(session) == [("ilo", "a mail", f"forgotten on {TODAY}")]
        assert list(breaks(session)) == []
    engine.dispose()


def test_without_its_keys_a_record_is_whole_and_says_so_and_with_them_it_is_read(tmp_path: Path):
    engine = open_database(url(tmp_path))
    with writing(engine) as session:
        say(session, "ilo", "a mail", "ill")
    with writing(engine) as session:
        keys = keys_in(session)
        take_keys_out(session)
    with reading(engine) as session:
        assert list(breaks(session)) == []
        assert len(locked_keys(session)) == 2
    with writing(engine) as session:
        assert put_keys(session, keys, "mandates", at(TODAY)) == 0
    with reading(engine) as session:
        assert (said(session), locked_keys(session)) == ([("ilo", "a mail", "ill")], [])
    engine.dispose()
