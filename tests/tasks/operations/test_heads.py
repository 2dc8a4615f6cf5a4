"""The record compared with signed heads: what the chain alone cannot show is found by them."""

from pathlib import Path

import pytest
from sqlalchemy import text

from records.database import reading, writing
from records.personal.columns import raw_columns
from records.schema import Base
from tasks.installation.installation import open_installation
from tasks.installation.settings import Settings
from tasks.operations.heads import head_breaks
from tasks.operations.integrity import everything_amiss
from tests.lived import lived_in
from tests.records.chain.test_audit import unguarding


def heads(home: Path) -> list[str]:
    with open_installation(Settings(home=home)) as opened, reading(opened.engine) as session:
        return list(head_breaks(session, opened.settings))


def behind_its_back(home: Path, *statements: str) -> None:
    with open_installation(Settings(home=home)) as opened, writing(opened.engine) as session:
        for statement in (*unguarding(session), "PRAGMA defer_foreign_keys = ON", *statements):
            session.execute(text(statement))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return lived_in(tmp_path / "home")


def test_an_honest_home_contains_every_head_and_each_file_that_left_has_its_seal(home: Path):
    assert heads(home) == []
    assert {file.name for file in home.glob("statements/*") if file.suffix != ".seal"} == {
        file.name.removesuffix(".seal") for file in home.glob("statements/*.seal")
    }
    assert [file.name for file in home.glob("packages/*.seal")] == [
        "secretary-general-review_2026_v2.zip.seal"  # the drafts did not leave
    ]


def test_a_record_that_was_replaced_by_an_empty_one_is_found(home: Path):
    for file in home.glob("mandates.db*"):
        file.unlink()
    assert any("is signed by a key that is not on record" in each for each in heads(home))


def test_a_tail_that_was_cut_with_its_seals_is_found(home: Path):
    last = "(SELECT max(position) FROM audit_links)"
    row = f"(SELECT row FROM audit_links WHERE position = {last})"  # noqa: S608 (our own)
    cut = [f"DELETE FROM signing_keys WHERE id = {row}", f"DELETE FROM audit_links WHERE position = {last}"]  # noqa: S608
    behind_its_back(home, *cut)
    assert heads(home)


def recomputed(home: Path, forgery: str) -> None:
    """Forge a row and derive the whole chain anew, as a careful forger would."""
    from records.chain.audit import AuditLink, _chain, digest_of_row  # noqa: PLC0415 (the forger knows the program)

    behind_its_back(home, forgery)
    with open_installation(Settings(home=home)) as opened, writing(opened.engine) as session:
        previous = "0" * 64
        for link in session.query(AuditLink).order_by(AuditLink.position).all():
            table = Base.metadata.tables[link.table]
            found = session.execute(
                table.select().with_only_columns(*raw_columns(table)).where(table.c.id == link.row)
            )
            link.digest = digest_of_row(table, dict(found.mappings().one()))
            link.previous, link.chain = previous, _chain(previous, link.digest)
            previous = link.chain


def test_a_chain_that_was_computed_anew_after_a_forgery_is_found_by_heads_and_seals(home: Path):
    recomputed(home, "UPDATE completions SET completed_on = '2025-11-09' WHERE id = 1")
    with open_installation(Settings(home=home)) as opened, reading(opened.engine) as session:
        amiss = everything_amiss(session, opened.settings)
    assert not [each for each in amiss if "was changed after it was recorded" in each]
    assert any("the chain is another at position" in each and "heads.jsonl" in each for each in amiss)
    assert any("the chain is another at position" in each and "statements/" in each for each in amiss)


def test_heads_that_are_gone_or_changed_are_named(home: Path):
    file = home / "heads.jsonl"
    line = file.read_text(encoding="ascii")
    file.write_text(line.replace('"position":', '"position":1'), encoding="ascii")
    assert heads(home)[0] == "heads.jsonl, line 1 is not as it was signed"
    file.write_text("nonsense\n", encoding="ascii")
    assert heads(home)[0].startswith("heads.jsonl, line 1 is no seal of Mandate Keeper")
    file.unlink()
    assert heads(home) == ["heads.jsonl is not there or empty, though a key is on record that signs heads"]


def test_a_statement_that_was_replaced_is_not_what_its_seal_is_of(home: Path):
    file = next(home.glob("statements/*.html"))
    file.write_text("another", encoding="utf-8")
    assert heads(home) == [f"statements/{file.name} is not the file that its seal is of"]
