"""The page of a cycle: its steps, who was asked, the notices with their messages, its packages."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from policies.facts.answers import Answer
from policies.people.directory import Directory
from policies.plans.notices import NoticeKind
from policies.recurrence.cycle_key import CycleKey
from policies.status.inputs import input_of
from policies.status.states import State
from policies.status.status import ObligationStatus, Turn
from portal.board.addresses import Addresses, short
from portal.board.data import BoardData
from portal.board.obligation import reasons
from records.cycles import opening_of
from records.ledger.deliveries import returned_letters, state_seen, unreached
from records.ledger.ledger import notices_about
from records.ledger.notices import Notice, sent_on, transitions
from records.packages import packages_of
from tasks.dispatch.letters import UnreachableError
from tasks.dispatch.messages import words_of
from tasks.installation.seals import seals_in
from tasks.status.open_cycles import ASKING

if TYPE_CHECKING:
    from records.database import Session


class UnknownCycleError(LookupError):
    """No obligation has such a cycle, and none was ever opened."""


class Asked(NamedTuple):
    """A person asked for an input, for whom, when the call left, the last answer, and what is being read."""

    person: str
    actor: Mapping[str, str]
    asked_on: Any
    answer: Answer | None
    message: Answer | None
    unreached: bool = False


class Listed(NamedTuple):
    """A notice: the address of its message, whom it is for by name, and its state as people are to see it."""

    notice: Notice
    address: str
    person: str
    state: str


def cycle_page(board_data: BoardData, key: str, language: str) -> dict[str, Any]:
    """Return what the page of a cycle shows.

    Raises:
        UnknownCycleError: there is no such cycle.
    """
    seen = board_data.overview()
    status, turn = _turn_of(board_data, key)
    at = Addresses(language)
    named = partial(seen.directory.name_of, language=language)
    with board_data.session() as session:
        opened = opening_of(session, key)
        if turn is None and opened is None:
            raise UnknownCycleError(f"there is no cycle {key}")
        called = sent_on(session, key, NoticeKind.CALL_FOR_INPUTS)
        about = notices_about(session, key)
        returned = returned_letters(session, {each.letter for each in about if each.letter})
        notices = [
            Listed(each, at.notice(key, each.notice_key), named(each.person), state_seen(each, returned))
            for each in about
        ]
        back = unreached(session, key, ASKING) if returned else {}
        packages = packages_of(session, key)
        session.expunge_all()
    name = CycleKey.parse(key).name if turn and turn.cycle.trigger else ""
    return {
        "key": key,
        "standing": status,
        "obligation": status.obligation,
        "turn": turn,
        "opened_on": opened[0] if opened else None,
        "reasons": reasons(seen, status, turn, language) if turn else [],
        "papers": seen.facts.papers_of(name),
        "progress": seen.facts.progress_of(name),
        "positions": [each for each in seen.facts.positions if each.proposal == name],
        "ladder": seen.facts.steps_about(name),
        "asked": _asked(board_data, opened[1] if opened else {}, called, back, key),
        "notices": notices,
        "packages": packages,
        "seals": seals_in(board_data.installation.settings.packages, [each.file for each in packages]),
        "explanation": seen.facts.explanation_of(key),
        "extension": seen.facts.extension_of(key),
        "breach": next((breach for breach in status.breaches if breach.cycle == key), None),
        "missed": turn is not None and turn.state in (State.MISSED, State.OVERDUE),
        "obligation_address": at.obligation(status.obligation.id),
    }


def notice_page(board_data: BoardData, key: str, name: str, language: str) -> dict[str, Any]:
    """Return what the page of a notice's message shows.

    Raises:
        UnknownCycleError: there is no such notice about this cycle.
    """
    status, _ = _turn_of(board_data, key)
    with board_data.session() as session:
        notice = next((n for n in notices_about(session, key) if short(n.notice_key) == name), None)
        if notice is None:
            raise UnknownCycleError(f"there is no such notice about {key}")
        moves = transitions(session, notice.notice_key)
        subject, text = _words(session, board_data, notice)
        session.expunge_all()
    directory = board_data.overview().directory
    recipient = directory.recipient(notice.person)
    return {
        "notice": notice,
        "obligation": status.obligation,
        "recipient": directory.name_of(directory.holder_of(notice.person), language),
        "spoken": recipient.language if recipient else language,
        "subject": subject,
        "text": text,
        "moves": moves,
        "cycle_address": Addresses(language).cycle(key),
    }


def _turn_of(board_data: BoardData, key: str) -> tuple[ObligationStatus, Turn | None]:
    seen = board_data.overview()
    obligation = CycleKey.parse(key).obligation
    if obligation not in seen.pack.obligations:
        raise UnknownCycleError(f"there is no cycle {key}")
    status = seen.status(obligation)
    return status, next((turn for turn in status.turns if turn.cycle.key == key), None)


def _asked(
    board_data: BoardData,
    roster: Mapping[str, Sequence[str]],
    called: Mapping[str, Any],
    unreached: Collection[str],
    cycle: str,
) -> list[Asked]:
    seen, actors = board_data.overview(), board_data.installation.pack.actors
    named = [(person, actor) for actor, people in roster.items() for person in people]
    given = [
        input_of(seen.facts, cycle, person, _line(seen.directory, person, roster)) for person, _ in named
    ]
    return [
        Asked(
            seen.directory.name_of(person),
            actors[actor].name if actor in actors else {"en": actor},
            called.get(person),
            theirs.answer,
            theirs.message,
            person in unreached,
        )
        for (person, actor), theirs in zip(named, given, strict=True)
    ]


def _line(directory: Directory, person: str, roster: Mapping[str, Sequence[str]]) -> set[str]:
    """Return who speaks for the place of somebody: all who had it and were not asked themselves."""
    asked = {each for people in roster.values() for each in people}
    return {each for each in directory.lines.get(person, (person,)) if each == person or each not in asked}


def _words(session: "Session", board_data: BoardData, notice: Notice) -> tuple[str, str]:
    """Return the subject and the text of a notice: as sent, or as it leaves on its day."""
    leaves_at = datetime.combine(notice.send_on, time(), UTC)
    try:
        found = words_of(session, board_data.installation, notice, notice.send_on, leaves_at)
    except UnreachableError:
        return "", ""
    return found.subject, found.text
