"""What a person decides about an item of the inbox: it is placed, it is an answer, or it is nothing."""

import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from email import message_from_bytes
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

import nh3

from input_packages.reading.confinement import this_kernel
from policies.facts.answers import AnswerKind
from policies.status.inputs import BEING_READ
from records.database import reading, writing
from records.facts.facts import KINDS, read_facts, record_fact
from records.inbox import Fate, Grade, ItemFate, Kept, find_item, record_fate
from records.ledger.letters import letter_of
from records.personal.columns import UnreadBytes
from tasks.facts.importing import take_within
from tasks.inputs.arriving import MAIL, fate_row, submit_documents
from tasks.inputs.being_read import source_of
from tasks.inputs.folder.folder import FOLDER
from tasks.inputs.folder.items import PLACE
from tasks.inputs.intake import Intake
from tasks.inputs.judging import Judged
from tasks.inputs.mail.answered import with_letters
from tasks.inputs.mail.parts import Document, Parts, parts_of
from tasks.inputs.mail.quoted import split_reply
from tasks.inputs.mail.reading import Mail, read_mail
from tasks.inputs.mail.winmail import unpacked
from tasks.inputs.outcomes import Outcome
from tasks.inputs.submitting import Sending, reader_of
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

_DECIDED = frozenset({Fate.TAKEN, Fate.ANSWERED})
_LONGEST_TEXT = 20_000  # characters shown
_MOST_LETTERS = 5  # that are compared with what a reply quotes
_LINE_ENDS = re.compile(r"<(?=(?:br|/p|/div|/td|/tr|/li|/h\d)\b)", re.IGNORECASE)


class UndecidableItemError(LookupError):
    """What is asked cannot be done with an item of the inbox."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decides about which item of the inbox, on which day and at which instant (UTC)."""

    number: int
    by: str
    on: date
    at: datetime


def opened(installation: Installation, kept: Kept) -> tuple[Mail, Parts]:
    """Return the mail that an item is, and what it holds; of a file, a mail without a word that holds it.

    Raises:
        UndecidableItemError: its bytes are not kept, or cannot be read.
    """
    if kept.item.content is None or isinstance(kept.item.content, UnreadBytes):
        raise UndecidableItemError(
            f"what item {kept.item.id} holds is not kept here: of strangers only the address is, for a time, "
            "and a file that was taken or refused is kept as an input. If it lies in the mailbox or the drop "
            "folder still, put it in with: mandates submit"
        )
    if is_file(kept):
        name = (kept.item.subject or "").rpartition("/")[2]
        return read_mail(b""), Parts(documents=[Document(name, zlib.decompress(kept.item.content))])
    try:
        mail = read_mail(zlib.decompress(kept.item.content))
        only_confined = installation.settings.reader == "confined"
        return mail, unpacked(mail.parts(forwarded=True), this_kernel(), only_confined=only_confined)
    except Exception as error:
        raise UndecidableItemError(
            f"item {kept.item.id} cannot be read ({error}); open it in the mailbox, put its files in with "
            "mandates submit, then: mandates inbox dismiss"
        ) from error


def is_file(kept: Kept) -> bool:
    """Return whether an item came as a file of the drop folder, and not as a mail."""
    return kept.item.place.startswith(PLACE)


def text_of(parts: Parts) -> str:
    """Return what somebody wrote and what it quotes, without the marks of a web page."""
    return (parts.text or _text_of_page(parts.html)).strip()[:_LONGEST_TEXT]


def written(session: "Session", mail: Mail, parts: Parts) -> tuple[str, str]:
    """Return what somebody wrote, and what of their mail is surely quoted below it."""
    text = text_of(parts)
    if len(text) >= _LONGEST_TEXT:  # what is cut off here may be their own words
        return text, ""
    return split_reply(text, list(_texts_of_letters(session, mail)))


def _texts_of_letters(session: "Session", mail: Mail) -> Iterator[str]:
    """Yield the words of the letters that a mail answers, as plain text and as a web page has them."""
    for name in with_letters(session, mail).answers[:_MOST_LETTERS]:
        content = letter_of(session, name)
        if content is not None and not isinstance(content, UnreadBytes):
            parts = parts_of(message_from_bytes(content))
            yield from (parts.text, _text_of_page(parts.html))


def _text_of_page(html: str) -> str:
    return unescape(nh3.clean(_LINE_ENDS.sub("\n<", html), tags=set()))


def place(
    installation: Installation,
    decision: Decision,
    cycles: Sequence[str],
    reason: str,
    person: str | None = None,
    item: str | None = None,
) -> list[Outcome]:
    """Take the documents of an item for some cycles, as if it had been clear whose they are and for what.

    An item of which no document could be taken waits on.

    Raises:
        UndecidableItemError: it has no document, it was decided before, or nobody knows whose it is.
        UnplacedError: nobody asked this person for this.
    """
    with reading(installation.engine) as session:
        kept = _undecided(session, decision.number)
        mail, parts = opened(installation, kept)
        whose, received_on = _whose(kept, person), kept.item.received_on
    if not parts.documents:
        raise UndecidableItemError(
            f"item {decision.number} has no document; to record what it answers: mandates inbox answer"
        )
    also, message, way = cycles[1:], mail.id or None, FOLDER if is_file(kept) else MAIL
    sending = Sending(cycles[0], whose, (), way, item, None, message, also, received_on)
    with reader_of(installation) as reader:
        intake = Intake(installation, decision.on)
        outcomes = submit_documents(intake, reader, sending, parts.documents, decision.by, decision.at)
    if any(outcome.accepted for outcome in outcomes):
        with writing(installation.engine) as session:
            _decide(session, decision, Fate.TAKEN, reason, whose, cycles)
    return outcomes


def answer(
    installation: Installation,
    decision: Decision,
    cycles: Sequence[str],
    kind: AnswerKind,
    reason: str,
    person: str | None = None,
    until: date | None = None,
    instead: str | None = None,
) -> None:
    """Record what an item answers in some cycles; `reason` is the one they gave, or why it is read so.

    Raises:
        UndecidableItemError: it was decided before, or nobody knows whose it is.
        RefusedFileError: with everything that is wrong with the answer.
    """
    where = Path("mandates inbox answer")
    with writing(installation.engine) as session:
        kept = _undecided(session, decision.number)
        whose = _whose(kept, person)
        said = {
            "person": whose,
            "kind": kind,
            "received_on": kept.item.received_on,
            "source": source_of(decision.number),
            "reason": reason,
            **{name: value for name, value in (("until", until), ("instead", instead)) if value is not None},
        }
        entries = {"answers": [{"cycle": cycle, **said} for cycle in cycles]}
        take_within(session, installation, entries, where, decision.by, decision.at, decision.on)
        _decide(session, decision, Fate.ANSWERED, reason, whose, cycles)


def dismiss(installation: Installation, decision: Decision, reason: str) -> None:
    """Record that an item answers nothing: whoever is named in it is asked on.

    Raises:
        UndecidableItemError: it was decided before.
    """
    with writing(installation.engine) as session:
        kept = _undecided(session, decision.number)
        _decide(session, decision, Fate.DISMISSED, reason, kept.fate.person if kept.fate else None, ())


def _undecided(session: "Session", number: int) -> Kept:
    kept = find_item(session, number)
    if kept.fate is not None and kept.fate.fate in _DECIDED:
        raise UndecidableItemError(
            f"item {number} was decided on {kept.fate.recorded_at:%Y-%m-%d} by {kept.fate.recorded_by} "
            f"({kept.fate.fate}); to take back an answer that it was recorded as: mandates record correction"
        )
    return kept


def _whose(kept: Kept, person: str | None) -> str:
    found = person or (kept.fate.person if kept.fate else None)
    if found is None:
        raise UndecidableItemError(f"nobody knows whose item {kept.item.id} is; say it: --person")
    return found


def _decide(
    session: "Session",
    decision: Decision,
    fate: Fate,
    reason: str,
    person: str | None,
    cycles: Collection[str],
) -> None:
    """Record what became of an item, and that it is no answer in any other cycle it was held for."""
    grade = Grade(str(_fate_of(session, decision.number).grade))
    source = source_of(decision.number)
    held = [each for each in read_facts(session).answers if each.source == source and each.kind in BEING_READ]
    for each in held:
        if each.cycle not in cycles or each.person != person:
            nothing = replace(each, kind=AnswerKind.NO_ANSWER, received_on=decision.on, reason=reason)
            record_fact(session, KINDS["answer"].keeping(nothing, decision.by, decision.at))
    judged = Judged(fate, grade, reason, person, tuple(cycles))
    record_fate(session, fate_row(decision.number, judged, decision.at, decision.by))


def _fate_of(session: "Session", number: int) -> ItemFate:
    fate = find_item(session, number).fate
    assert fate is not None  # noqa: S101 (it waited, so it was judged)
    return fate
