"""Submitting: what somebody sends for an open cycle is read, kept and answered for, whatever it is."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from input_packages.reading.names import plain_name
from input_packages.reading.reader import Reader, Reading
from input_packages.reading.refusals import Refusal, sentence_for
from input_packages.reading.scanner import Clamd, no_scanner
from policies.answers import AnswerKind
from records.answers import Answer
from records.cycles import opened_cycles
from records.database import reading, writing
from records.facts import read_facts, record_fact
from records.packages import latest_package
from records.submissions import Submission, came_before, record_submission, submissions_for
from tasks.dockets import Docket, dockets
from tasks.receipts import enter_receipt
from tasks.standings import standings
from tasks.tabled import item_of
from tasks.vault import Vault
from tasks.workplace import Workplace

if TYPE_CHECKING:
    from records.database import Session


class UnplacedError(LookupError):
    """Something came for a cycle that is not open, from somebody nobody asked, or for what was not asked."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What one person sends at once for one cycle: files, each with the name it came with.

    `item` and `part` say what it is for, where that is not the one thing they were asked; `way` is how it
    came, `message` names the message it came in.
    """

    cycle: str
    person: str
    files: Sequence[tuple[Path, str]]
    way: str
    item: str | None = None
    part: str | None = None
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file; `remark` says what else a person should know."""

    title: str
    refusals: tuple[Refusal, ...] = ()
    remark: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether the file was taken."""
        return not self.refusals

    def __str__(self) -> str:
        """Return the outcome in one line for people."""
        if self.refusals:
            return f"{self.title}: refused: {' '.join(sentence_for(each, 'en') for each in self.refusals)}"
        return f"{self.title}: {self.remark or 'taken'}"


def reader_of(workplace: Workplace) -> Reader:
    """Return a reader that asks the scanner of the settings, if there is one."""
    address = workplace.settings.scanner
    return Reader(scanner=Clamd(address) if address else no_scanner)


def submit(
    workplace: Workplace, reader: Reader, sending: Sending, by: str, as_of: date, now: datetime
) -> list[Outcome]:
    """Take what was sent; each file has an outcome of its own. What is taken stops the chasing of its sender.

    Raises:
        UnplacedError: nobody asked this person for this; nothing was kept.
        OSError: a file cannot be read.
    """
    with reading(workplace.engine) as session:
        item = _placed(session, workplace, sending, as_of)
    vault = Vault(workplace.settings.inputs, workplace.settings.quarantine)
    read = [(plain_name(name), _kept(vault, reader, file)) for file, name in sending.files]
    with writing(workplace.engine) as session:
        rows = [_row(sending, item, title, found, by, as_of, now) for title, found in read]
        outcomes = list(_recorded(session, rows))
        if any(outcome.accepted for outcome in outcomes):
            _answer(session, sending, by, as_of, now)
        docket = docket_of(session, workplace, sending.cycle, as_of)
        enter_receipt(session, docket, sending.person, rows, now, by)
        return outcomes


def docket_of(session: "Session", workplace: Workplace, cycle: str, as_of: date) -> Docket:
    """Return the docket of an open cycle.

    Raises:
        UnplacedError: there is no such open cycle.
    """
    facts = read_facts(session)
    obligation = cycle.partition("/")[0]
    pack = workplace.pack
    known = standings(pack, facts, as_of, obligation) if obligation in pack.obligations else []
    found = (d for d in dockets(workplace, known, opened_cycles(session), facts) if d.turn.cycle.key == cycle)
    docket = next(found, None)
    if docket is None:
        raise UnplacedError(f"{cycle!r} is not an opened cycle; see: mandates status")
    return docket


def _placed(session: "Session", workplace: Workplace, sending: Sending, as_of: date) -> str:
    """Return the item a sending is for."""
    docket = docket_of(session, workplace, sending.cycle, as_of)
    givers = {item.from_ for item in docket.obligation.package if item.from_}
    actors = {*docket.obligation.actors, *givers, "secretariat"}
    people = {*docket.inputs, *(person for actor in actors for person in docket.people(actor))}
    if sending.person not in people:
        known = ", ".join(sorted(people))
        raise UnplacedError(f"{sending.person!r} has no part in {sending.cycle}; those who have: {known}")
    items = [item.id for item in docket.obligation.package]
    if sending.item and sending.item not in items:
        raise UnplacedError(f"{sending.cycle} has no item {sending.item!r}; it has: {', '.join(items)}")
    return sending.item or item_of(docket, sending.person)


def _kept(vault: Vault, reader: Reader, file: Path) -> Reading:
    found = reader.read(file)
    if found.sha256 and found.size:
        vault.keep(file, found.sha256, found.preview.text if found.preview and not found.refusals else None)
    return found


def _row(
    sending: Sending, item: str, title: str, found: Reading, by: str, as_of: date, now: datetime
) -> Submission:
    return Submission(
        recorded_at=now,
        recorded_by=by,
        cycle=sending.cycle,
        person=sending.person,
        item=item,
        part=sending.part,
        title=title,
        sha256=found.sha256,
        size=found.size,
        kind=found.kind,
        pages=found.preview.pages if found.preview else None,
        refusals=list(found.refusals),
        way=sending.way,
        message=sending.message,
        received_on=as_of,
    )


def _recorded(session: "Session", rows: Iterable[Submission]) -> Iterator[Outcome]:
    for row in rows:
        refusals = tuple(Refusal(each) for each in row.refusals)
        before = came_before(session, row)
        earlier = [each for each in submissions_for(session, row.cycle) if _same_place(each, row)]
        last = latest_package(session, row.cycle)
        if before is None or not _in_last_batch(before, earlier):
            record_submission(session, row)
        yield Outcome(row.title, refusals, _remark(before, earlier, released=last is not None and last.final))


def _same_place(one: Submission, other: Submission) -> bool:
    return one.accepted and (one.person, one.item, one.part) == (other.person, other.item, other.part)


def _in_last_batch(before: Submission, earlier: Sequence[Submission]) -> bool:
    return not before.accepted or (bool(earlier) and earlier[-1].recorded_at == before.recorded_at)


def _remark(before: Submission | None, earlier: Sequence[Submission], *, released: bool) -> str | None:
    if before is not None and before.accepted:
        return f"the very same file came on {before.received_on}; it counts once"
    said = [
        *(["taken; it replaces what came before, which is kept"] if earlier else []),
        *(["the package was released already; the next version will say what is new"] if released else []),
    ]
    return "; ".join(said) or None


def _answer(session: "Session", sending: Sending, by: str, as_of: date, now: datetime) -> None:
    record_fact(
        session,
        Answer(
            recorded_at=now,
            recorded_by=by,
            cycle=sending.cycle,
            person=sending.person,
            kind=AnswerKind.DOCUMENT,
            received_on=as_of,
            source=sending.message or sending.way,
            reason=None,
            until=None,
            instead=None,
        ),
    )
