"""Taking facts into the record: all of a file, or none of it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from policies.entries.facts_file import FactsFile
from policies.entries.membership_forms import known_with
from policies.problems import parse
from records.cycles import people_on_rosters
from records.database import writing
from records.facts import answers, meetings, proposals, triggers
from records.facts import facts as recorded
from records.facts import membership as rolls
from records.facts.facts import FactRow, read_facts, record_fact
from tasks.installation.workplace import Workplace

if TYPE_CHECKING:
    from policies.recurrence.question import Strict
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Import:
    """How many facts were new, and how many were on record already."""

    new: int
    known: int


def take(
    workplace: Workplace, content: Mapping[str, Any], file: Path, by: str, now: datetime, today: date
) -> Import:
    """Record all facts of `content`, which came from `file`; those on record already are passed over.

    Raises:
        RefusedFileError: with every mistake of form and every contradiction to the rules; nothing was
            recorded.
    """
    with writing(workplace.engine) as session:
        return take_within(session, workplace, content, file, by, now, today)


def take_within(
    session: "Session",
    workplace: Workplace,
    content: Mapping[str, Any],
    file: Path,
    by: str,
    now: datetime,
    today: date,
) -> Import:
    """Do the work of `take` inside a transaction that is the caller's to keep or to drop."""
    people = {*people_on_rosters(session), *(person.id for person in workplace.directory.people)}
    known = known_with(workplace.pack, read_facts(session), today, content, people)
    facts = parse(FactsFile, content, file, known)
    new = [record_fact(session, row, history=history) for row, history in _rows(facts, by, now)]
    return Import(sum(new), len(new) - sum(new))


def _rows(facts: FactsFile, by: str, now: datetime) -> Iterator[tuple[FactRow, bool]]:
    """Yield each fact as a row, and whether it is history: a date the same file has a later word on."""
    stamp: dict[str, datetime | str] = {"recorded_at": now, "recorded_by": by}
    to_come = Counter((event.kind, event.edition) for event in facts.events)
    for event in facts.events:
        to_come[event.kind, event.edition] -= 1
        row = recorded.EventDate(**stamp, **event.columns())  # type: ignore[arg-type]  # by keyword
        yield row, to_come[event.kind, event.edition] > 0
    builders: list[tuple[Iterable[Strict], Callable[..., FactRow], dict[str, bool]]] = [
        (facts.completions, recorded.Completion, {"partial": facts.partial}),
        (facts.explanations, recorded.Explanation, {}),
        (facts.extensions, recorded.Extension, {}),
        (facts.answers, answers.Answer, {}),
        (facts.replies, answers.Reply, {}),
        (facts.pauses, answers.Pause, {}),
    ]
    for entries, build, more in builders:
        for entry in entries:
            yield build(**stamp, **entry.model_dump(), **more), False
    for kind, build in _NAMED.items():
        more = {"partial": facts.partial} if kind == "meetings" else {}
        for entry in getattr(facts, kind):
            yield build(**stamp, **entry.columns(), **more), False


_NAMED: dict[str, Callable[..., FactRow]] = {
    "convenings": meetings.Convening,
    "cancellations": meetings.Cancellation,
    "meetings": triggers.Meeting,
    "papers": meetings.Paper,
    "proposals": proposals.Proposal,
    "positions": proposals.Position,
    "steps": proposals.ProposalStep,
    "decisions": triggers.Decision,
    "progress": triggers.Progress,
    "terms": triggers.Term,
    "joinings": rolls.Joining,
    "leavings": rolls.Leaving,
    "groups": rolls.GroupDescription,
    "outcomes": rolls.GroupOutcome,
    "seats": rolls.Seat,
    "consultations": rolls.Consultation,
    "views": rolls.View,
    "leads": rolls.Lead,
    "attestations": rolls.Attestation,
}
