"""Submitting: what somebody sends for open cycles is read, kept and answered for, whatever it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from input_packages.reading.names import plain_name
from input_packages.reading.reader import Reader, Reading
from input_packages.reading.scanner import Clamd, no_scanner
from policies.facts.answers import AnswerKind
from records.database import reading, writing
from records.facts.answers import Answer
from records.facts.facts import record_fact
from records.submissions import Submission
from tasks.inputs.contributions import item_of
from tasks.inputs.intake import Intake
from tasks.inputs.outcomes import Outcome, recorded, together
from tasks.inputs.receipts import enter_receipt
from tasks.inputs.store import Vault, text_sum
from tasks.installation.installation import Installation
from tasks.status.open_cycles import OpenCycle

if TYPE_CHECKING:
    from records.database import Session


class UnplacedError(LookupError):
    """Something came for a cycle that is not open, from somebody nobody asked, or for what was not asked."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What one person sends at once for one cycle: files, each with the name it came with.

    `item` and `part` say what it is for, where that is not the one thing they were asked; `way` is how it
    came, `message` names the message it came in, `received_on` is the day it came, if not today. `also` are
    further cycles that the same files are for: in each of them, for what the person was asked there.
    """

    cycle: str
    person: str
    files: Sequence[tuple[Path, str]]
    way: str
    item: str | None = None
    part: str | None = None
    message: str | None = None
    also: Sequence[str] = ()
    received_on: date | None = None

    @property
    def cycles(self) -> tuple[str, ...]:
        """Every cycle it is for, each once."""
        return tuple(dict.fromkeys((self.cycle, *self.also)))


Read = Sequence[tuple[str, Reading]]  # what was read of each file, with the name it came with


def reader_of(installation: Installation) -> Reader:
    """Return a reader that asks the scanner of the settings, and opens only what these let it open."""
    settings = installation.settings
    scanner = Clamd(settings.scanner) if settings.scanner else no_scanner
    return Reader(scanner=scanner, only_confined=settings.reader == "confined")


def check_place(intake: Intake, sending: Sending) -> None:
    """See that somebody asked this person for this, before any file is opened.

    Raises:
        UnplacedError: nobody did.
    """
    with reading(intake.installation.engine) as session:
        _placed(session, intake, sending)


def submit(intake: Intake, reader: Reader, sending: Sending, by: str, now: datetime) -> list[Outcome]:
    """Take what was sent; each file has an outcome of its own. What is taken stops the chasing of its sender.

    Files for several cycles are taken for all of them or for none, each with a fact and a receipt of its own.

    Raises:
        UnplacedError: nobody asked this person for this; nothing was kept.
        OSError: a file cannot be read, or not safely on this machine.
    """
    engine, settings = intake.installation.engine, intake.installation.settings
    with reading(engine) as session:
        items = _placed(session, intake, sending)
    vault = Vault(settings.inputs, settings.quarantine)
    read = [(plain_name(name), _kept(vault, reader, file)) for file, name in sending.files]
    with writing(engine) as session:
        return together(
            {
                cycle: _taken(session, intake, replace(sending, cycle=cycle), item, read, by, now)
                for cycle, item in items.items()
            }
        )


def _taken(
    session: "Session",
    intake: Intake,
    sending: Sending,
    item: str,
    read: Read,
    by: str,
    now: datetime,
) -> list[Outcome]:
    """Record for one cycle what came, that it is an answer, and the receipt for it."""
    rows = [_row(sending, item, title, found, by, intake.as_of, now) for title, found in read]
    open_cycle = open_cycle_of(session, intake, sending.cycle)
    outcomes = [*recorded(session, rows, open_cycle.pack.most_pages(open_cycle.obligation))]
    if any(outcome.accepted for outcome in outcomes):
        _answer(session, sending, by, intake.as_of, now)
        open_cycle = open_cycle_of(session, intake, sending.cycle)
    enter_receipt(session, open_cycle, open_cycle.place_of(sending.person), rows, now, by)
    return outcomes


def open_cycle_of(session: "Session", intake: Intake, cycle: str) -> OpenCycle:
    """Return an open cycle.

    Raises:
        UnplacedError: there is no such open cycle.
    """
    open_cycle = next(intake.open_cycles(session, [cycle]), None)
    if open_cycle is None:
        raise UnplacedError(f"{cycle!r} is not an opened cycle; see: mandates status")
    return open_cycle


def _placed(session: "Session", intake: Intake, sending: Sending) -> Mapping[str, str]:
    """Return the item a sending is for in each of its cycles.

    Raises:
        UnplacedError: with everything that is wrong.
    """
    placed, wrong = {}, []
    for cycle in sending.cycles:
        item = sending.item if cycle == sending.cycle else None
        try:
            placed[cycle] = _place(open_cycle_of(session, intake, cycle), sending.person, item)
        except UnplacedError as error:
            wrong.append(str(error))
    if wrong:
        raise UnplacedError("\n".join(wrong))
    return placed


def _place(open_cycle: OpenCycle, person: str, item: str | None) -> str:
    cycle, obligation = open_cycle.turn.cycle.key, open_cycle.obligation
    givers = {each.from_ for each in obligation.package if each.from_}
    actors = {*obligation.actors, *givers, "secretariat"}
    people = {*open_cycle.inputs, *(each for actor in actors for each in open_cycle.people(actor))}
    if open_cycle.place_of(person) not in people and person not in open_cycle.holders(people):
        raise UnplacedError(f"{person!r} has no part in {cycle}; those who have: {', '.join(sorted(people))}")
    items = [each.id for each in obligation.package]
    if item and item not in items:
        raise UnplacedError(f"{cycle} has no item {item!r}; it has: {', '.join(items)}")
    return item or item_of(open_cycle, person)


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
        received_on=sending.received_on or as_of,
        text_sha256=text_sum(found.preview.text) if found.preview and not found.refusals else None,
    )


def _answer(session: "Session", sending: Sending, by: str, as_of: date, now: datetime) -> None:
    record_fact(
        session,
        Answer(
            recorded_at=now,
            recorded_by=by,
            cycle=sending.cycle,
            person=sending.person,
            kind=AnswerKind.DOCUMENT,
            received_on=sending.received_on or as_of,
            source=sending.message or sending.way,
            reason=None,
            until=None,
            instead=None,
        ),
    )
