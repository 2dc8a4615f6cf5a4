"""A record of the version before: nothing is lost, and its chain proves what it did."""

import json
import zlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import pytest
from alembic.command import downgrade
from alembic.config import Config
from sqlalchemy import text

from records.chain.audit import breaks
from records.database import MIGRATIONS, Engine, migrate, open_database, reach_database, reading, writing
from records.facts.answers import Answer
from records.facts.facts import in_force, read_facts
from records.ledger.comparing import ledger_breaks
from records.ledger.letters import letter_of
from records.ledger.notices import transitions
from records.ledger.release import notice_named
from records.personal.forgetting import forget_keys, keys_of
from records.submissions import submissions_for
from tasks.installation.settings import Settings

RECORDED_AT = datetime(2026, 11, 23, 9, 30, 0, 125, UTC)
CYCLE = "annual-meeting/2026"
KEY = f"{CYCLE}:receipt:inputs-due:ilo:email"
REASON = "Zahra Aydın is on leave; write to zahra.aydin@ilo.example.org"
LETTER = b"To: zahra.aydin@ilo.example.org\r\nSubject: Input\r\n\r\nDear Zahra Ayd\xc4\xb1n,\r\n"
MATTER = {
    "kind": "receipt",
    "owing": [],
    "touches": [{"name": "Zahra Aydın", "kind": "reminder", "on": None}],
}


@pytest.fixture
def older(tmp_path: Path, each_database: str) -> Iterator[Engine]:
    """A database as version 0012 left it, with rows that hold what people said themselves."""
    settings = Settings(home=tmp_path)
    if each_database == "sqlite":
        Path(tmp_path, "mandates.db").touch()
    engine = reach_database(settings.database)
    as_of_version_0012(engine)
    with engine.execution_options(writes=True).begin() as connection:
        for table, row in OLD:
            columns = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            number = connection.scalar(
                text(f"INSERT INTO {table} ({columns}) VALUES ({values}) RETURNING id"),  # noqa: S608 (our own)
                {name: stored(value) for name, value in row.items()},
            )
            link(connection, table, {**row, "id": number})
        connection.execute(
            text(
                "INSERT INTO notices (notice_key, cycle, kind, rung, person, channel, notice_class, "
                "send_on, matter, state, cause, attempts) VALUES (:key, :cycle, 'receipt', 'inputs-due', "
                "'ilo', 'email', 'routine', '2026-11-23', :matter, 'withheld', :cause, 0)"
            ),
            {
                "key": KEY,
                "cycle": CYCLE,
                "matter": json.dumps(MATTER, ensure_ascii=False),
                "cause": "withheld by Amal Haddad: by telephone",
            },
        )
        move = stamped(notice_key=KEY, state="withheld", cause="withheld by Amal Haddad: by telephone")
        connection.execute(
            text(
                "INSERT INTO notice_transitions (id, notice_key, state, cause, recorded_at, recorded_by) "
                "VALUES (1, :notice_key, :state, :cause, :recorded_at, :recorded_by)"
            ),
            {name: stored(value) for name, value in move.items()},
        )
        link(connection, "notice_transitions", {**move, "id": 1})
    yield engine
    engine.dispose()


def as_of_version_0012(engine: Engine) -> None:
    """Bring an empty database to the schema of the version before, forward or back."""
    migrate(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(writes=True).begin() as connection:
        config.attributes["connection"] = connection
        downgrade(config, "0012")


def stamped(**row: object) -> dict[str, object]:
    return {"recorded_at": RECORDED_AT, "recorded_by": "Amal Haddad", **row}


OLD: list[tuple[str, dict[str, object]]] = [
    ("opened_cycles", stamped(recorded_by="enforce", cycle=CYCLE, obligation="annual-meeting",
                              opened_on=date(2026, 1, 1))),
    (
        "answers",
        stamped(cycle=CYCLE, person="ilo", kind="more-time", received_on=date(2026, 11, 20), source="mail",
                reason=REASON, until=date(2026, 12, 1), instead=None),
    ),
    (
        "answers",
        stamped(cycle=CYCLE, person="undp", kind="refusal", received_on=date(2026, 11, 20), source="mail",
                reason="nothing to add", until=None, instead=None),
    ),
    (
        "submissions",
        stamped(cycle=CYCLE, person="ilo", item="views", part=None, title="Aydın views.pdf", sha256="0" * 64,
                size=7, kind="pdf", pages=1, refusals=[], way="mail", message="<1@ilo.example.org>",
                received_on=date(2026, 11, 20)),
    ),
    (
        "letters",
        stamped(recorded_by="dispatch", letter="<a@b>", person="ilo", channel="email",
                sha256=sha256(LETTER).hexdigest(), content=zlib.compress(LETTER)),
    ),
]  # fmt: skip
CHANGED = "the row was changed after it was recorded"


def stored(value: object) -> object:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return json.dumps(value) if isinstance(value, list) else value


def link(connection, table: str, row: dict[str, object]) -> None:
    """Seal a row as the version before did: the SHA-256 of all of it, without a salt."""
    plain = json.dumps(row, sort_keys=True, ensure_ascii=False, default=as_sealed, separators=(",", ":"))
    digest = sha256(plain.encode()).hexdigest()
    last = connection.scalar(text("SELECT chain FROM audit_links ORDER BY position DESC LIMIT 1"))
    previous = last or "0" * 64
    connection.execute(
        text(
            'INSERT INTO audit_links ("table", row, digest, previous, chain) '
            "VALUES (:table, :row, :digest, :previous, :chain)"
        ),
        {
            "table": table,
            "row": row["id"],
            "digest": digest,
            "previous": previous,
            "chain": sha256(f"{previous}{digest}".encode()).hexdigest(),
        },
    )


def as_sealed(value: object) -> str:
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    assert isinstance(value, date | datetime)
    return value.isoformat()


def found_in(engine: Engine) -> list[str]:
    with reading(engine) as session:
        return [str(each) for each in breaks(session)]


def behind_its_back(engine: Engine, *statements: str) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
            for name in list(names.scalars()):
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        for statement in statements:
            connection.execute(text(statement))


def test_nothing_is_lost_and_the_chain_holds(older: Engine):
    migrate(older)
    assert found_in(older) == []
    with reading(older) as session:
        asked, declined = in_force(session, Answer)
        assert (asked.reason, asked.recorded_by, asked.source) == (REASON, "Amal Haddad", "mail")
        assert declined.reason == "nothing to add"
        assert letter_of(session, "<a@b>") == LETTER
        [came] = submissions_for(session, CYCLE)
        assert (came.title, came.message) == ("Aydın views.pdf", "<1@ilo.example.org>")
        notice = notice_named(session, KEY)
        assert json.loads(notice.matter) == MATTER
        assert notice.cause == "withheld by Amal Haddad: by telephone"
        [move] = transitions(session, KEY)
        assert (move.cause, move.recorded_by) == (notice.cause, "Amal Haddad")


def test_its_ledger_is_sealed_as_it_was_found_and_a_change_is_found_from_then_on(older: Engine):
    migrate(older)
    with reading(older) as session:
        assert list(ledger_breaks(session)) == []
    behind_its_back(older, "UPDATE notices SET matter = '{}', attempts = 7")
    with reading(older) as session:
        assert [str(each) for each in ledger_breaks(session)] == [
            f"notices: {KEY} does not say what it was entered with",
            f"notices: {KEY}: its number of attempts is 7; its moves say 0",
        ]


def test_nothing_personal_is_left_in_the_rows(older: Engine):
    migrate(older)
    tables = ("answers", "submissions", "letters", "notices", "notice_transitions", "audit_links")
    with older.connect() as connection:
        for table in tables:
            said = str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 (our own)
            assert not [name for name in ("Zahra", "Aydın", "Amal", "ilo.example.org") if name in said]


def test_a_row_that_was_forged_before_is_still_found_and_left_as_it_is(older: Engine):
    behind_its_back(older, "UPDATE answers SET reason = 'Somebody Else wrote this' WHERE id = 1")
    forged = [f"answers 1: {CHANGED}"]
    migrate(older)
    assert found_in(older) == forged


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE answers SET until = '2027-01-01' WHERE id = 1",
            f"answers 1: {CHANGED}",
        ),
        (
            "UPDATE answers SET reason = 'x' WHERE id = 2",
            f"answers 2: {CHANGED}",
        ),
        (
            "UPDATE resealings SET after = '0' WHERE of_table = 'answers' AND of_row = 1",
            f"answers 1: {CHANGED}",
        ),
        (
            "DELETE FROM personal_values WHERE token = (SELECT reason FROM answers WHERE id = 1)",
            f"answers 1: {CHANGED}",
        ),
    ],
)
def test_what_is_forged_afterwards_is_found(older: Engine, statement: str, found: str):
    migrate(older)
    behind_its_back(older, statement)
    assert found in found_in(older)


def test_the_chain_holds_when_somebody_of_the_older_record_is_forgotten(older: Engine):
    migrate(older)
    with writing(older) as session:
        keys = keys_of(session, ["ilo", "Zahra Aydın"])
        forget_keys(session, keys, "ilo", "they asked for it", "Amal Haddad", RECORDED_AT)
    assert found_in(older) == []
    with reading(older) as session:
        asked, declined = in_force(session, Answer)
        assert (asked.reason, declined.reason) == ("forgotten on 2026-11-23", "nothing to add")
        assert letter_of(session, "<a@b>") == b"forgotten on 2026-11-23"
        assert "Zahra" not in notice_named(session, KEY).matter
        assert read_facts(session).answers


def test_a_forgotten_old_row_is_proved_by_what_was_recorded_when_it_moved(older: Engine):
    """Another block of such records, slipped in afterwards, proves nothing."""
    migrate(older)
    with writing(older) as session:
        forget_keys(
            session, keys_of(session, ["ilo"]), "ilo", "they asked for it", "Amal Haddad", RECORDED_AT
        )
    behind_its_back(older, "UPDATE answers SET until = '2027-01-01' WHERE id = 1")
    assert found_in(older) == [f"answers 1: {CHANGED}"]


def test_an_older_record_is_opened_as_any(older: Engine, tmp_path: Path):
    older.dispose()
    engine = open_database(Settings(home=tmp_path).database)
    assert found_in(engine) == []
    engine.dispose()
    if engine.dialect.name == "sqlite":
        held = b"".join(file.read_bytes() for file in tmp_path.glob("mandates.db*"))
        assert b"is on leave" not in held
