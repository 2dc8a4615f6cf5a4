"""What each enforcement derived as owed, sealed, with the editions of engine, rules and people it worked by.

An edition is kept once, under the SHA-256 of its content. So is each list of what was owed: a run on whose
day nothing new is owed names the lists of the run before.
"""

import zlib
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from math import inf

from sqlalchemy import ForeignKey, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from policies.facts.facts import WHO
from records.chain.audit import AuditLink, add_all, seal
from records.chain.known import UpTo, known_by, name_of
from records.facts.facts import KINDS, Correction
from records.runs import ENFORCE, last_run
from records.schema import Base, Packed, Recorded


class EditionOf(StrEnum):
    """What an edition is of; lists of what was owed are kept the same way."""

    ENGINE = "engine"
    RULES = "rules"
    PEOPLE = "people"
    OWED = "owed"


class Edition(Recorded, Base):
    """Something as it was when runs worked by it, compressed; `digest` is the SHA-256 of its content."""

    __tablename__ = "editions"
    __table_args__ = (UniqueConstraint("kind", "digest"),)

    kind: Mapped[str]
    digest: Mapped[str]
    packed: Mapped[bytes]


class RunSeal(Recorded, Base):
    """What an enforcement derived as owed: how many notices, the SHA-256 of their keys, and the lists.

    `moves_before` is the last move of a notice before the run began: the names of what is owed follow from
    the ledger as it was then.
    """

    __tablename__ = "run_seals"

    run: Mapped[int] = mapped_column(ForeignKey("runs.id"), unique=True)
    engine: Mapped[str]
    rules: Mapped[str]
    people: Mapped[str]
    moves_before: Mapped[int]
    owed: Mapped[int]
    digest: Mapped[str]
    lists: Mapped[list[str]] = mapped_column(Packed)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 under which a content is kept."""
    return sha256(content).hexdigest()


def listed(keys: Iterable[str]) -> bytes:
    """Return a list of keys as it is kept, and as the digest of all that a run owed is counted of it."""
    return "".join(f"{key}\n" for key in keys).encode()


def keep_edition(session: Session, kind: EditionOf, content: bytes, at: datetime) -> str:
    """Keep a content, unless it is kept already; return its digest."""
    digest = digest_of(content)
    asked = select(Edition.id).where(Edition.kind == str(kind), Edition.digest == digest)
    if session.scalar(asked) is None:
        row = {"kind": str(kind), "digest": digest, "packed": zlib.compress(content)}
        add_all(session, Edition, [{"recorded_at": at, "recorded_by": ENFORCE, **row}])
    return digest


def edition(session: Session, kind: EditionOf, digest: str) -> bytes | None:
    """Return the content that is kept under a digest; None where there is none, or another."""
    asked = select(Edition.packed).where(Edition.kind == str(kind), Edition.digest == digest)
    packed = session.scalar(asked)
    try:
        content = zlib.decompress(packed) if packed is not None else None
    except zlib.error:
        return None
    return content if content is not None and digest_of(content) == digest else None


def record_run_seal(session: Session, row: RunSeal) -> None:
    """Seal what a run derived as owed."""
    session.add(row)
    session.flush()


def run_seals(session: Session, runs: Collection[int]) -> dict[int, RunSeal]:
    """Return the seals of runs, by the numbers of the runs; runs of earlier versions have none."""
    return {row.run: row for row in session.scalars(select(RunSeal)) if row.run in runs}


def first_sealed(session: Session) -> float:
    """Return the number of the first run that was sealed; beyond all numbers where none was."""
    return session.scalar(select(func.min(RunSeal.run))) or inf


def last_engine(session: Session) -> str | None:
    """Return the edition of the engine that enforced last; None where nothing says which that was."""
    run = last_run(session, ENFORCE)
    return session.scalar(select(RunSeal.engine).where(RunSeal.run == run.id)) if run else None


def people_edition(session: Session, known: UpTo | None = None) -> bytes:
    """Return what stands for who is who by then: the last row of each kind of fact, and the digest of all.

    It holds no value of anybody: the rows have tokens in their place, and their digests are of those.
    """
    last = last_people(session, known)
    if known is None and (kept := _kept_last(session, last)):
        return kept
    seal(session)
    withdrawn = set(session.scalars(select(Correction.id).where(Correction.fact.in_([*WHO]))))
    asked = select(AuditLink.table, AuditLink.row, AuditLink.digest).where(AuditLink.table.in_([*last]))
    summed = {table: sha256() for table in last}
    for table, row, digest in session.execute(asked.order_by(AuditLink.position)):
        if row <= last[table] and (table != Correction.__tablename__ or row in withdrawn):
            summed[table].update(digest.encode())
    return "".join(f"{table} {last[table]} {summed[table].hexdigest()}\n" for table in sorted(last)).encode()


def last_people(session: Session, known: UpTo | None = None) -> dict[str, int]:
    """Return the last row by then of each table of facts about people, and of what withdraws them."""
    upto = known.to_people() if known else None
    tables = [KINDS[name] for name in WHO]
    asked = {name_of(table): select(func.max(table.id)).where(known_by(table, upto)) for table in tables}
    corrections = select(func.max(Correction.id)).where(Correction.fact.in_([*WHO]))
    asked[Correction.__tablename__] = corrections.where(known_by(Correction, upto))
    return {name: last for name, each in asked.items() if (last := session.scalar(each))}


def _kept_last(session: Session, last: Mapping[str, int]) -> bytes | None:
    """Return the edition of people that was kept last, where nothing was recorded of them since."""
    asked = select(Edition.digest).where(Edition.kind == str(EditionOf.PEOPLE)).order_by(Edition.id.desc())
    digest = session.scalar(asked.limit(1))
    content = edition(session, EditionOf.PEOPLE, digest) if digest else None
    lines = content.decode(errors="replace").splitlines() if content else []
    same = [line.rpartition(" ")[0] for line in lines] == [f"{table} {last[table]}" for table in sorted(last)]
    return content if same else None
