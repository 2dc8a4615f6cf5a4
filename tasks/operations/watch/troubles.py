"""What the watch looks for: everything by which a duty could be missed in silence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from policies.calendar.working_days import WorkingDays
from policies.plans.notices import NoticeKind
from policies.recurrence.cycle_key import CycleKey
from policies.status.inputs import FOR_A_PERSON
from policies.status.states import UNMET
from records.cycles import opened_cycles
from records.database import DatabaseError, reach_database, reading
from records.facts.facts import read_facts
from records.ledger.outages import outages
from records.ledger.waiting import Waiting, last_sent_at, waiting_since
from records.runs import last_whole_enforcement
from tasks.dispatch.letters import held_back
from tasks.installation.installation import Installation
from tasks.installation.live import leave_to_send
from tasks.installation.settings import Settings
from tasks.status.findings import failing_people
from tasks.status.open_cycles import cycles_open
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from policies.pack.pack import Pack
    from policies.people.directory import Directory
    from records.database import Engine, Session

Rules = tuple["Pack", "Directory"]
_NO_RULES = "neither the rules nor the last good ones can be read"
OUR_TURN_DAYS = 3
"""Working days after which somebody who waits for our answer has waited too long."""
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_AHEAD = timedelta(hours=1)  # clocks of several machines differ by seconds, not by more


class Kind(StrEnum):
    """What can be wrong; in the order in which it is told."""

    NO_RECORD = "record-unreachable"
    CLOCK = "clock-behind"
    STOPPED = "enforcement-stopped"
    NOT_LIVE = "nothing-leaves"
    CHANNEL = "channel-down"
    NOT_SENT = "nothing-sent"
    OVERDUE = "overdue-waits"
    ADDRESS = "address-fails"
    OUR_TURN = "our-turn"
    STATE = "state-not-kept"


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong, in words; `id` names it for good, so that it is told once."""

    kind: Kind
    id: str
    what: str


@dataclass(slots=True)
class Looked:
    """What was found: the troubles, the kinds that could not be looked for, and a word where all is well."""

    troubles: list[Trouble] = field(default_factory=list)
    unseen: dict[Kind, str] = field(default_factory=dict)
    well: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """What a look is given: the record, the rules if any can be read, the instant and its day at the seat."""

    settings: Settings
    engine: "Engine"
    session: "Session"
    rules: Rules | None
    now: datetime

    @property
    def today(self) -> date:
        """The day it is at the seat; in UTC where no rules say where that is."""
        zone = ZoneInfo(self.rules[0].instrument.zone) if self.rules else None
        return self.now.astimezone(zone).date() if zone else self.now.date()

    @property
    def installation(self) -> Installation:
        """The rules and the record together.

        Raises:
            LookupError: no rules can be read.
        """
        if self.rules is None:
            raise LookupError(_NO_RULES)
        return Installation(self.settings, self.rules[0], self.engine)

    @property
    def held(self) -> Sequence[str]:
        """Who is away, or in quiet hours: what waits for them waits for a reason."""
        return list(held_back(self.installation, self.rules[1], self.now)) if self.rules else []


def look(settings: Settings, rules: Rules | None, now: datetime) -> "tuple[Looked, Engine | None]":
    """Look for everything that can be wrong, and return it with the record, if that can be reached.

    A look that fails says so and hinders no other.
    """
    found = Looked()
    try:
        engine = reach_database(settings.database)
        with reading(engine) as session:
            run = last_whole_enforcement(session)
            found.well = _well(run.recorded_at, run.as_of) if run else ""
    except (DatabaseError, OSError, LookupError) as error:
        reason = getattr(error, "orig", None) or error
        what = f"The record cannot be reached: {reason}"
        found.troubles.append(Trouble(Kind.NO_RECORD, f"{Kind.NO_RECORD}/{now:%Y-%m-%d}", what))
        found.unseen = dict.fromkeys(_LOOKS, "the record cannot be reached")
        return found, None
    for kind, looking in _LOOKS.items():
        try:
            with reading(engine) as session:
                found.troubles += looking(Question(settings, engine, session, rules, now))
        except Exception as error:  # noqa: BLE001 (whatever one look fails on, the others still see)
            found.unseen[kind] = str(error) or type(error).__name__
    return found, engine


def _well(at: datetime, as_of: date) -> str:
    return f"All obligations were last enforced at {at:%Y-%m-%d %H:%M} UTC, for {as_of}."


def _stopped(asked: Question) -> Iterator[Trouble]:
    """Yield that enforcement has stopped, or never ran."""
    run = last_whole_enforcement(asked.session)
    if run is None:
        yield Trouble(Kind.STOPPED, f"{Kind.STOPPED}/ever", "Nothing was ever enforced.")
        return
    age = asked.now - run.recorded_at
    if age > timedelta(hours=asked.settings.watch_hours):
        hours = f"{age.total_seconds() / 3600:.0f}"
        late = f"That is {hours} hours ago; it is expected every {asked.settings.watch_hours}."
        name = f"{Kind.STOPPED}/{run.recorded_at:%Y-%m-%dT%H:%M}Z"
        yield Trouble(Kind.STOPPED, name, f"{_well(run.recorded_at, run.as_of)} {late}")


def _clock(asked: Question) -> Iterator[Trouble]:
    """Yield that the clock is behind the record."""
    run = last_whole_enforcement(asked.session)
    if run and run.recorded_at - asked.now > _AHEAD:
        last = f"{run.recorded_at:%Y-%m-%d %H:%M} UTC, for {run.as_of}"
        what = f"The clock says {asked.now:%Y-%m-%d %H:%M} UTC, but the last run was at {last}."
        yield Trouble(Kind.CLOCK, f"{Kind.CLOCK}/{run.recorded_at:%Y-%m-%dT%H:%M}Z", what)


def _not_live(asked: Question) -> Iterator[Trouble]:
    """Yield that nothing may be sent from here: the record is a copy, or was used for a trial."""
    if nothing := leave_to_send(asked.session, asked.settings).nothing:
        what = f"{nothing[:1].upper()}{nothing[1:]}."
        yield Trouble(Kind.NOT_LIVE, f"{Kind.NOT_LIVE}/{asked.now:%Y-%m-%d}", what)


def _channels(asked: Question) -> Iterator[Trouble]:
    """Yield each channel by which nobody was reached for an hour."""
    for channel, outage in sorted(outages(asked.session).items()):
        if asked.now - outage.since_at >= _HOUR:
            since = f"{outage.since_at:%Y-%m-%d %H:%M} UTC"
            what = f"By the channel {channel!r} nobody could be reached since {since}: {outage.what}"
            name = f"{Kind.CHANNEL}/{channel}/{outage.since_at:%Y-%m-%dT%H:%M}Z"
            yield Trouble(Kind.CHANNEL, name, what)


def _not_sent(asked: Question) -> Iterator[Trouble]:
    """Yield that notices were ready to leave for a day, and none left in that time."""
    before = asked.now - _DAY
    sent_at = last_sent_at(asked.session)
    if sent_at and sent_at > before:
        return
    if waiting := waiting_since(asked.session, before, asked.held):
        since = f"{waiting[0].since_at:%Y-%m-%d %H:%M} UTC"
        sent = f"the last one left at {sent_at:%Y-%m-%d %H:%M} UTC" if sent_at else "none ever left"
        what = f"Notices wait to leave since {since} ({len(waiting)} for a day or longer); {sent}."
        name = f"{Kind.NOT_SENT}/{sent_at or waiting[0].since_at:%Y-%m-%dT%H:%M}Z"
        yield Trouble(Kind.NOT_SENT, name, what)


def _overdue(asked: Question) -> Iterator[Trouble]:
    """Yield each notice that a date has passed and that has not left within an hour."""
    for waiting in waiting_since(asked.session, asked.now - _HOUR, asked.held):
        if waiting.kind == NoticeKind.OVERDUE:
            yield Trouble(Kind.OVERDUE, f"{Kind.OVERDUE}/{waiting.notice_key}", _overdue_words(waiting))


def _overdue_words(waiting: Waiting) -> str:
    since = f"{waiting.since_at:%Y-%m-%d %H:%M} UTC"
    return f"{waiting.cycle}: that a date has passed waits to be told to {waiting.person} since {since}."


def _addresses(asked: Question) -> Iterator[Trouble]:
    """Yield each address of the directory that letters come back from."""
    if asked.rules is None:
        raise LookupError(_NO_RULES)
    directory = asked.rules[1]
    for found in failing_people(asked.session, directory):
        person = directory.recipient(found.person)
        if person:
            why = " ".join(filter(None, (found.status, found.said)))
            what = (
                f"A letter to {person.name} <{person.address}> came back ({why}). Reach them otherwise; mend "
                f"the address (mandates record contact), or say: mandates notices mended {person.address}"
            )
            name = f"{Kind.ADDRESS}/{found.address}/{found.since_at:%Y-%m-%dT%H:%M}Z"
            yield Trouble(Kind.ADDRESS, name, what)


def _our_turn(asked: Question) -> Iterator[Trouble]:
    """Yield each answer that needs our reply and has had none for more than three working days."""
    facts = read_facts(asked.session)
    days, today = asked.installation.pack.working_days, asked.today
    asking = [a for a in facts.answers if a.kind in FOR_A_PERSON and _too_long(a.received_on, today, days)]
    duties = {
        CycleKey.parse(answer.cycle).obligation for answer in asking
    } & asked.installation.pack.obligations.keys()
    for obligation in sorted(duties):
        watched = statuses(asked.installation.pack, facts, today, obligation)
        opened = opened_cycles(asked.session, obligations=[obligation])
        for open_cycle in cycles_open(asked.installation, watched, opened, facts):
            if open_cycle.turn.state not in UNMET:
                continue
            for given in open_cycle.inputs.values():
                answer = given.for_us
                if answer and _too_long(answer.received_on, today, days):
                    name = open_cycle.directory.holder_name(given.person)
                    what = (
                        f"{answer.cycle}: {name} waits for our reply since {answer.received_on} "
                        f"({answer.kind}); that is more than {OUR_TURN_DAYS} working days."
                    )
                    key = f"{answer.cycle}/{given.person}/{answer.received_on}"
                    yield Trouble(Kind.OUR_TURN, f"{Kind.OUR_TURN}/{key}", what)


def _too_long(received_on: date, today: date, days: WorkingDays) -> bool:
    return today > days.after(received_on, OUR_TURN_DAYS)


_LOOKS: dict[Kind, Callable[[Question], Iterator[Trouble]]] = {
    Kind.CLOCK: _clock,
    Kind.STOPPED: _stopped,
    Kind.NOT_LIVE: _not_live,
    Kind.CHANNEL: _channels,
    Kind.NOT_SENT: _not_sent,
    Kind.OVERDUE: _overdue,
    Kind.ADDRESS: _addresses,
    Kind.OUR_TURN: _our_turn,
}


_UNDATED = (Kind.NO_RECORD, Kind.NOT_LIVE, Kind.STATE)


def renamed(trouble: Trouble, known: Sequence[str]) -> Trouble:
    """Return a trouble that has no beginning of its own under the name it was told by, where it was told."""
    told = next((name for name in known if name.startswith(f"{trouble.kind}/")), trouble.id)
    return replace(trouble, id=told) if trouble.kind in _UNDATED else trouble
