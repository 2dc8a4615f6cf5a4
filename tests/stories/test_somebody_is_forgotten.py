"""Months of letters, replies and files; then one person is forgotten, and nothing of them is found."""

import shutil
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

import pytest
from sqlalchemy import select, text

from records.chain.audit import breaks
from records.database import reading, writing
from records.editions import Edition
from records.facts.facts import read_facts
from records.ledger.comparing import ledger_breaks
from records.ledger.deliveries import DeliveryReport, record_report
from records.ledger.letters import letter_of
from records.ledger.notices import notices_of
from records.personal.forgetting import forgotten_people
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.enforcement.proof import proof_of
from tasks.enforcement.verdicts import Verdict
from tasks.inputs.collecting import collect
from tasks.installation.installation import Installation
from tasks.installation.last_good import keep_last_good
from tasks.installation.who import directory_at
from tasks.operations.backing_up import back_up, restore
from tasks.operations.forgetting import forget
from tasks.operations.held import UnknownPersonError, export, held_about, who
from tasks.operations.keys_apart import keys_file, read_keys
from tasks.packages.assembly import assemble
from tasks.status.forgotten import forgotten_findings, forgotten_said
from tests.input_packages.files import word
from tests.installations import TODAY, TWO_LANGUAGES, at, record, workplace_in
from tests.tasks.sent import sent

NAME, ADDRESS, SAID = "Zahra Aydın", "zahra.aydin@labour.example.org", "she looks after her mother"
NEEDLES = (NAME, "Zahra", ADDRESS, SAID)
CYCLE, OTHER = "working-group-review/2026", "annual-meeting/2026"
ON_SQLITE = pytest.mark.parametrize("each_database", ["sqlite"], indirect=True)
LAST = TODAY + timedelta(days=84)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A home on SQLite that was lived in, and a copy of its files to go back to."""
    home, saved = tmp_path_factory.mktemp("lived") / "home", tmp_path_factory.mktemp("saved") / "home"
    with begun(home) as opened:
        lived(opened)
    shutil.copytree(home, saved)
    return home, saved


@pytest.fixture
def installation(
    each_database: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Installation]:
    if each_database == "sqlite":
        home, saved = request.getfixturevalue("template")
        put_back(home, saved)
        with workplace_in(home, facts={}, languages=TWO_LANGUAGES) as opened:
            yield opened
        return
    with begun(tmp_path / "home") as opened:
        lived(opened)
        yield opened


def begun(home: Path) -> Installation:
    since = {"since_on": TODAY, "source": f"a note by {NAME}"}
    named = {
        "people": [{"id": "ilo", "name": NAME, "names": {"ar": NAME}, **since}],
        "contacts": [{"person": "ilo", "address": ADDRESS, **since}],
    }
    opened = workplace_in(home, languages=TWO_LANGUAGES)
    record(opened, named, TODAY)
    return opened


def put_back(home: Path, saved: Path) -> None:
    """Make a home as it was saved, its database in the same file: another one would be another place."""
    for each in home.iterdir():
        if each.is_dir():
            shutil.rmtree(each)
        elif each.name != "mandates.db":
            each.unlink()
    shutil.copytree(saved, home, dirs_exist_ok=True)


def lived(installation: Installation) -> None:
    """Live through three months, with what people send in them."""
    for week in (0, 1, 3, 6, 9, 12):
        on = TODAY + timedelta(days=7 * week)
        enforce(installation, on, at(on))
        if week in (0, 6, 12):
            assemble(installation, on, at(on))
        dispatch(installation, on, at(on))
        if week == 1:
            of_both(installation, on)
    keep_last_good(installation.settings)


def of_both(installation: Installation, on: date) -> None:
    sent(installation, CYCLE, "ilo", {f"{NAME}.docx": word("ILO view of " + NAME)}, on)
    sent(installation, CYCLE, "undp", {"undp.docx": word("UNDP view")}, on)
    answer = {"received_on": on, "source": "a mail", "kind": "more-time", "until": LAST}
    answers = [{"cycle": OTHER, "person": person, "reason": SAID, **answer} for person in ("ilo",)]
    answers += [{"cycle": OTHER, "person": "undp", "reason": "a reorganization", **answer}]
    record(installation, {"answers": answers}, on)
    shutil.rmtree(installation.settings.home / "sending")
    incoming = installation.settings.incoming / CYCLE / "ilo"
    incoming.mkdir(parents=True)
    (incoming / "Zahra.exe").write_bytes(b"MZ" + NAME.encode())
    collect(installation, on, at(on, 12))
    with writing(installation.engine) as session:
        [letter, *_] = [n.letter for n in notices_of(session) if n.person == "ilo" and n.letter]
        row = {"letter": letter, "address": ADDRESS, "fate": "failed", "status": "5.1.1"}
        said = f"<{ADDRESS}> is unknown here"
        record_report(
            session,
            DeliveryReport(
                recorded_at=at(on), recorded_by="mailbox", said=said, copy=False, message="<1@x.org>", **row
            ),
        )


def forgotten(installation: Installation) -> None:
    done = forget(installation, who(installation, "ilo"), "they asked for it", "Amal Haddad", at(LAST, 9))
    assert done.keys


def naming(folder: Path) -> list[str]:
    """Return every file below a folder in which something of them is, however it is packed."""
    return [
        f"{file.relative_to(folder)}{inner}: {needle}"
        for file in folder.rglob("*")
        if file.is_file()
        for inner, content in unpacked(file.read_bytes())
        for needle in NEEDLES
        if needle.encode() in content
    ]


def unpacked(content: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    yield name, content
    if content.startswith(b"PK"):
        try:
            with ZipFile(BytesIO(content)) as archive:
                for each in archive.namelist():
                    yield from unpacked(archive.read(each), f"{name}!{each}")
        except BadZipFile:
            return
    elif name.endswith(".eml") or b"MIME-Version" in content[:4000]:
        mail = message_from_bytes(content, policy=default)
        for part in mail.walk():
            if part.get_content_maintype() == "text":
                yield f"{name}!text", str(part.get_content()).encode()
        yield f"{name}!headers", " ".join(map(str, mail.values())).encode()


def in_tables(installation: Installation) -> list[str]:
    """Return the tables of the database in which something of them is in clear."""
    with installation.engine.connect() as connection:
        if installation.engine.dialect.name == "sqlite":
            names = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))
        else:
            names = connection.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        return [
            f"{name}: {needle}"
            for name in list(names.scalars())
            for needle in NEEDLES
            if needle in str(connection.execute(text(f'SELECT * FROM "{name}"')).all())  # noqa: S608 (our own)
        ]


def test_nothing_of_them_is_found_and_everybody_else_stays_proved(installation: Installation, tmp_path: Path):
    home = installation.settings.home
    assert naming(home)
    with reading(installation.engine) as session:
        before = {n.notice_key: n.letter for n in notices_of(session) if n.person == "undp" and n.letter}
        letters = {letter: letter_of(session, letter) for letter in before.values() if letter}

    forgotten(installation)
    keep_last_good(installation.settings)

    assert in_tables(installation) == []
    backup = tmp_path / "backups" / "after.zip"
    backup.parent.mkdir()
    back_up(installation.settings, backup, at(LAST, 10))
    assert naming(backup.parent) == []
    installation.engine.dispose()
    assert naming(home) == []
    with reading(installation.engine) as session:
        assert [*breaks(session), *ledger_breaks(session)] == []
        assert {letter: letter_of(session, letter) for letter in letters} == letters
        proof = proof_of(session, installation, TODAY, LAST)
        assert (proof.failures, proof.verdict) == ([], Verdict.ANEW)
        kept = [zlib.decompress(packed) for packed in session.scalars(select(Edition.packed))]
        assert not [needle for needle in NEEDLES for each in kept if needle.encode() in each]
        answers = {each.person: each.reason for each in read_facts(session).answers if each.reason}
        assert answers == {"ilo": f"forgotten on {LAST}", "undp": "a reorganization"}


@ON_SQLITE
def test_it_is_on_record_who_was_forgotten_when_by_whom_and_why(installation: Installation):
    forgotten(installation)
    with reading(installation.engine) as session:
        assert forgotten_people(session) == {"ilo": at(LAST, 9)}
        assert f"ilo, on {LAST} by Amal Haddad: they asked for it" in forgotten_said(session)


@ON_SQLITE
def test_nothing_is_sent_to_them_any_more_and_that_is_said(installation: Installation):
    forgotten(installation)
    on = LAST + timedelta(days=1)
    outbox = installation.settings.outbox
    before = set(outbox.iterdir())
    for day in (on, on + timedelta(days=30), on + timedelta(days=60)):
        enforce(installation, day, at(day))
        dispatch(installation, day, at(day))
    new = [message_from_bytes(file.read_bytes(), policy=default) for file in set(outbox.iterdir()) - before]
    assert new
    assert not [mail for mail in new if ADDRESS in f"{mail['To']} {mail['Cc']}"]
    with reading(installation.engine) as session:
        assert list(forgotten_findings(session, directory_at(session, on))) == []
        assert [*breaks(session), *ledger_breaks(session)] == []


@ON_SQLITE
def test_the_work_goes_on_without_their_file(installation: Installation):
    forgotten(installation)
    on = LAST + timedelta(days=1)
    enforce(installation, on, at(on))
    assert assemble(installation, on, at(on), cycle=CYCLE).rows


@ON_SQLITE
def test_what_is_held_about_somebody_is_written_out(installation: Installation, tmp_path: Path):
    with reading(installation.engine) as session:
        held = held_about(session, installation, who(installation, "ilo"))
    count = export(installation, held, tmp_path / "export", at(LAST))
    assert count == len([file for file in (tmp_path / "export").rglob("*") if file.is_file()])
    written = (tmp_path / "export" / "held.json").read_text(encoding="utf-8")
    assert all(needle in written for needle in NEEDLES)
    assert "a reorganization" not in written
    assert any("Zahra" in file.name for file in (tmp_path / "export").rglob("*"))


def test_a_backup_from_before_forgets_them_again_with_a_later_file_of_keys(
    installation: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    old, new = tmp_path / "old.zip", tmp_path / "new.zip"
    back_up(installation.settings, old, at(LAST, 8))
    forgotten(installation)
    back_up(installation.settings, new, at(LAST, 10))
    monkeypatch.delenv("MANDATES_DATABASE_URL", raising=False)
    elsewhere = type(installation.settings)(home=tmp_path / "elsewhere")
    restore(elsewhere, old, at(LAST, 11), read_keys(keys_file(new)))
    with workplace_in(elsewhere.home, facts={}) as restored, reading(restored.engine) as session:
        assert [*breaks(session), *ledger_breaks(session)] == []
        assert "ilo" in forgotten_people(session)
        answers = {each.person: each.reason for each in read_facts(session).answers if each.reason}
        assert answers == {"ilo": f"forgotten on {LAST}", "undp": "a reorganization"}


@ON_SQLITE
def test_who_was_forgotten_once_is_not_there_to_be_forgotten_again(installation: Installation):
    with (
        pytest.raises(UnknownPersonError, match="'Nobody At All' is in no row"),
        reading(installation.engine) as session,
    ):
        held_about(session, installation, who(installation, "Nobody At All"))
