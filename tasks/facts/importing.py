"""Taking facts into the record: all of a file, or none of it."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policies.entries.facts_file import Entries, FactsFile
from policies.entries.membership import known_with
from policies.facts.facts import WHO
from policies.problems import parse
from records.cycles import people_on_rosters
from records.database import writing
from records.facts.facts import KINDS, read_facts, record_fact
from records.facts.rows import FactRow
from tasks.installation.installation import Installation
from tasks.installation.who import keep_people_copy

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Import:
    """How many facts were new, and how many were on record already."""

    new: int
    known: int


def take(
    installation: Installation, content: Mapping[str, Any], file: Path, by: str, now: datetime, today: date
) -> Import:
    """Record all facts of `content`, which came from `file`; those on record already are passed over.

    Raises:
        RefusedFileError: with every mistake of form and every contradiction to the rules; nothing was
            recorded.
    """
    with writing(installation.engine) as session:
        taken = take_within(session, installation, content, file, by, now, today)
    if any(kind.plural in content for kind in WHO.values()):
        keep_people_copy(installation, today)
    return taken


def take_within(
    session: "Session",
    installation: Installation,
    content: Mapping[str, Any],
    file: Path,
    by: str,
    now: datetime,
    today: date,
) -> Import:
    """Do the work of `take` inside a transaction that is the caller's to keep or to drop."""
    facts = read_facts(session)
    people = {*people_on_rosters(session), *(person.id for person in facts.who.people)}
    known = known_with(installation.pack, facts, today, content, people)
    filed = parse(FactsFile, content, file, known)
    new = [record_fact(session, row, history=history) for row, history in _rows(filed, by, now)]
    return Import(sum(new), len(new) - sum(new))


def _rows(file: Entries, by: str, now: datetime) -> Iterator[tuple[FactRow, bool]]:
    """Yield each fact as a row, and whether it is history: a date the same file has a later word on."""
    facts = list(file.facts())
    to_come = Counter((fact.kind, fact.edition) for kind, fact in facts if kind == "event")
    for kind, fact in facts:
        if kind == "event":
            to_come[fact.kind, fact.edition] -= 1
        row = KINDS[kind].keeping(fact, by, now)
        yield row, kind == "event" and to_come[fact.kind, fact.edition] > 0
