"""Other versions: records as an earlier one left them, and a program of another edition."""

import shutil
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Table, select, text
from sqlalchemy.orm import class_mapper

from records.chain import audit
from records.chain.audit import AuditLink
from records.database import Session
from records.personal.columns import raw_columns
from records.runs import Run
from tasks.enforcement.editions import ENGINE
from tasks.installation.installation import Installation
from tasks.installation.settings import ROOT

SEALED_RUNS = ("run_seals", "editions")
"""What the version 0021 did not have."""


def another_program(
    installation: Installation, folder: Path, file: str = "policies/enforcement/owed.py"
) -> Installation:
    """Return the installation as a program has it whose source has a comment more in one file."""
    for room in ENGINE:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__", "packs"))
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write("\n# A comment.\n")
    return replace(installation, program=folder)


def take_out(session: Session, tables: Collection[str]) -> None:
    """Take all rows of some tables out of a record on SQLite, with their links."""
    triggers = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars()
    for trigger in list(triggers):
        session.execute(text(f"DROP TRIGGER {trigger}"))
    for table in tables:
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 (a name that a test gives)
    session.query(AuditLink).filter(AuditLink.table.in_(tables)).delete()
    session.expire_all()


def seal_anew(session: Session) -> None:
    """Derive the chain anew; of the rows it seals, runs may say something else than they did."""
    session.flush()
    links = session.query(AuditLink).order_by(AuditLink.position).all()
    runs = class_mapper(Run).local_table
    assert isinstance(runs, Table)
    rows = {row["id"]: dict(row) for row in session.execute(select(*raw_columns(runs))).mappings()}
    previous = audit.ORIGIN
    for number, link in enumerate(links):
        if link.table == "runs":
            link.digest = audit.digest_of_row(runs, rows[link.row])
        link.previous = f"to come {number}"
    session.flush()
    for link in links:
        link.previous, link.chain = previous, audit._chain(previous, link.digest)
        previous = link.chain
        session.flush()


def as_version_0021(session: Session) -> None:
    """Leave a record on SQLite as the version before runs were sealed would have left it."""
    take_out(session, SEALED_RUNS)
    seal_anew(session)
