"""Tampering, each way by itself: who finds it, the doctor or an outsider, is what docs/tampering.md says."""

import re
import shutil
import sqlite3
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import Table

from records.chain.audit import recorded_tables
from records.chain.signing import signing_keys
from records.database import reading
from tasks.installation.installation import open_installation
from tasks.installation.seals import UnusableSealError
from tasks.installation.settings import Settings
from tasks.operations.backing_up import back_up
from tasks.operations.integrity import everything_amiss
from tasks.operations.verifying import verify
from tests.installations import at
from tests.lived import LATER, lived_in
from tests.tasks.operations.test_heads import recomputed

PAGE = Path(__file__).parents[2] / "docs" / "tampering.md"
ROWS = re.findall(r"^\| ([^|]+?) \| (yes|no) \| (yes|no) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
FILLED = {"INTEGER": 1, "BOOLEAN": 0, "DATE": "2026-01-01", "DATETIME": "2026-01-01 00:00:00", "JSON": "{}"}
Deed = Callable[[Path, Path], object]  # done to a home, and to what an outsider holds


def behind(home: Path, *statements: str) -> None:
    """Change the record by other means than the program, and put the guards back as they were."""
    with sqlite3.connect(home / "mandates.db") as opened:
        guards = opened.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            opened.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            opened.execute(statement)
        for _, guard in guards:
            opened.execute(guard)
    opened.close()


def sql(*statements: str) -> Deed:
    return lambda home, _: behind(home, *statements)


def of_table(table: Table) -> Deed:
    """Change the first row of a table, or slip one in where it has none."""
    columns = [column for column in table.columns if not column.nullable and column.key != "id"]
    values = [repr(FILLED.get(str(column.type.compile()).split("(")[0], "x")) for column in columns]
    names = ", ".join(f'"{column.key}"' for column in columns)
    slip = f'INSERT INTO "{table.name}" ({names}) SELECT {", ".join(values)}'
    where = f'NOT EXISTS (SELECT 1 FROM "{table.name}")'  # noqa: S608 (our own)
    change = f"UPDATE \"{table.name}\" SET recorded_at = '2001-01-01 00:00:00'"  # noqa: S608 (our own)
    return sql(f'{change} WHERE id = (SELECT min(id) FROM "{table.name}")', f"{slip} WHERE {where}")  # noqa: S608


def file(pattern: str) -> Deed:
    return lambda home, _: min(home.glob(pattern)).write_bytes(b"another")


def gone(pattern: str) -> Deed:
    return lambda home, _: min(home.glob(pattern)).unlink()


def held(pattern: str) -> Deed:
    return lambda _, holds: min(holds.glob(pattern)).write_bytes(b"another")


def emptied(home: Path, _: Path) -> None:
    for each in home.glob("mandates.db*"):
        each.unlink()


def repacked(_: Path, holds: Path) -> None:
    """Put another package into the backup, with the manifest computed anew."""
    archive = holds / "backup.zip"
    with ZipFile(archive) as old:
        contents = {name: old.read(name) for name in old.namelist()}
    name = next(name for name in contents if name.startswith("packages/"))
    before = sha256(contents[name]).hexdigest().encode()
    contents[name] = b"another"
    manifest = contents["MANIFEST.json"].replace(before, sha256(b"another").hexdigest().encode())
    with ZipFile(archive, "w") as new:
        for each, content in (contents | {"MANIFEST.json": manifest}).items():
            new.writestr(each, content)


LAST = "(SELECT max(position) FROM audit_links)"
OF_STATEMENTS = "FROM audit_links WHERE \"table\" = 'statements'"
CUT = (
    f"DELETE FROM statements WHERE id = (SELECT row {OF_STATEMENTS})",  # noqa: S608 (our own)
    f"DELETE FROM audit_links WHERE position >= (SELECT position {OF_STATEMENTS})",  # noqa: S608 (our own)
)
DEEDS: dict[str, Deed] = {
    **{f"a row of `{table.name}`": of_table(table) for table in recorded_tables()},
    "the state of a notice": sql("UPDATE notices SET state = 'skipped' WHERE state = 'sent'"),
    "what a notice says": sql("UPDATE notices SET matter = '{}'"),
    "a notice taken out": sql("DELETE FROM notices WHERE notice_key = (SELECT min(notice_key) FROM notices)"),
    "a value of a person": sql("UPDATE personal_values SET value = x'00'"),
    "a value of a person taken out": sql("DELETE FROM personal_values"),
    "the secret of letters": sql("UPDATE secrets SET value = x'00'"),
    "a link of the chain": sql(f"UPDATE audit_links SET digest = 'x' WHERE position = {LAST} - 1"),  # noqa: S608
    "the last links, with their rows": sql(*CUT),
    "a chain computed anew after a forgery": lambda home, _: recomputed(
        home, "UPDATE completions SET completed_on = '2025-11-09' WHERE id = 1"
    ),
    "everything, replaced by an empty record": emptied,
    "a guard taken away": lambda home, _: bare(home, "DROP TRIGGER runs_no_update"),
    "a guard that guards nothing": lambda home, _: bare(
        home,
        "DROP TRIGGER runs_no_delete",
        "CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs BEGIN SELECT 1; END",
    ),
    "a released package in the home": file("packages/*_v2.zip"),
    "a draft of a package": file("packages/working*.zip"),
    "a package that is gone": gone("packages/working*.zip"),
    "a published statement in the home": file("statements/*.html"),
    "an input": file("inputs/e4c28cb8*40750"),
    "the text that was read of an input": file("inputs/*.txt"),
    "a refused file": file("quarantine/*"),
    "a letter in the outbox": file("outbox/*secretariat*"),
    "a seal in the home": file("statements/*.seal"),
    "the heads": file("heads.jsonl"),
    "the heads, which are gone": gone("heads.jsonl"),
    "the statement that somebody holds": held("*.pdf"),
    "the seal that somebody holds": held("*.pdf.seal"),
    "a backup": held("backup.zip"),
    "a package within a backup, with its manifest": repacked,
}


def bare(home: Path, *statements: str) -> None:
    with sqlite3.connect(home / "mandates.db") as opened:
        for statement in statements:
            opened.execute(statement)
    opened.close()


@cache
def _prepared(folder: Path) -> tuple[Path, Path, str]:
    """Make a home, and what an outsider holds: a statement, a backup, their seals, a fingerprint."""
    home, holds = lived_in(folder / "home"), folder / "held"
    holds.mkdir()
    for each in home.glob("statements/*.pdf*"):
        shutil.copy(each, holds)
    back_up(Settings(home=home), holds / "backup.zip", at(LATER, 20))
    with open_installation(Settings(home=home)) as opened, reading(opened.engine) as session:
        return home, holds, signing_keys(session)[0].fingerprint


def outsider_finds(home: Path, holds: Path, fingerprint: str) -> bool:
    try:
        statement = verify(min(holds.glob("*.pdf")), None, fingerprint, home / "mandates.db")
        backup = verify(holds / "backup.zip", None, fingerprint, None)
    except UnusableSealError:
        return True
    return not (statement.holds and backup.holds)


def doctor_finds(home: Path) -> bool:
    with open_installation(Settings(home=home)) as opened, reading(opened.engine) as session:
        return bool(everything_amiss(session, opened.settings))


def test_the_page_says_of_each_way_who_finds_it_and_of_sixty_at_least():
    assert [name for name, _, _ in ROWS] == ["nothing", *DEEDS]
    assert len(DEEDS) >= 60


@pytest.mark.parametrize(("name", "outsider", "doctor"), ROWS, ids=[row[0] for row in ROWS])
def test_each_way_is_found_by_whom_the_page_says(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, name: str, outsider: str, doctor: str
):
    home, holds, fingerprint = _prepared(tmp_path_factory.getbasetemp())
    home, holds = shutil.copytree(home, tmp_path / "home"), shutil.copytree(holds, tmp_path / "held")
    if name in DEEDS:
        DEEDS[name](home, holds)
        if name.startswith("everything"):
            with open_installation(Settings(home=home)):
                pass  # the program makes an empty record by itself
    found = (outsider_finds(home, holds, fingerprint), doctor_finds(home))
    assert found == (outsider == "yes", doctor == "yes")
