"""Open cycles, with everything needed to say who is to be told what about them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from policies.facts.answers import Answer
from policies.facts.facts import Facts
from policies.obligations.obligations import Obligation, audience
from policies.pack.pack import Pack
from policies.people.deriving import directory_on
from policies.people.directory import Directory
from policies.plans.notice_key import NoticeKey
from policies.plans.notices import CHASERS, DUTY_OFFICER, FOR_INPUTS, NoticeKind, ScheduledNotice
from policies.recurrence.cycle_key import CycleKey
from policies.status.inputs import Input, Turned, asked_instead, input_of
from policies.status.status import ObligationStatus, Turn
from records.cycles import Opened
from tasks.installation.installation import Installation

ASKING = CHASERS | {NoticeKind.CALL_FOR_INPUTS}
# Working days; house practice: who wrote is not chased for so long, but no unread message ends a duty.
_MOST_DAYS_HELD = 10


@dataclass(frozen=True, slots=True)
class Addressed:
    """A scheduled notice for one person by one channel; `actor` is who the person stands for, if anybody.

    Where the directory has nobody, the duty officer gets it, and `unheld` is whom it is meant for: the actor,
    or members of its roll.
    """

    scheduled: ScheduledNotice
    person: str
    channel: str
    actor: str
    unheld: tuple[str, ...] = ()


@dataclass(frozen=True)
class OpenCycle:
    """An open cycle, or one that was: its rules, its turn, its people, and what they answered."""

    pack: Pack
    directory: Directory
    obligation: Obligation
    turn: Turn
    opened: Opened
    facts: Facts

    def people(self, actor: str) -> Sequence[str]:
        """Return who stands for an actor: for those asked as at the opening, for others as of today.

        Who took somebody's place since the opening goes by the predecessor's id: what that one was sent is
        not said twice, and what is still owed reaches the successor. Who is no actor of the text, and in the
        directory, stands for themselves.
        """
        if actor == DUTY_OFFICER:
            return self.on_duty
        named = (actor,) if actor not in self.pack.actors and self.directory.recipient(actor) else ()
        since = self.directory.standing_since(actor, self.opened.opened_on)
        return self.opened.roster.get(actor) or since or named

    @property
    def on_duty(self) -> Sequence[str]:
        """Under whose id the duty officer is told about this cycle."""
        return self.directory.on_duty_since(self.opened.opened_on)

    @cached_property
    def inputs(self) -> Mapping[str, Input]:
        """Where the input of everybody who was asked for one stands; for those asked instead, theirs."""
        asked, instead = self._asked_first, self.instead
        everybody = dict.fromkeys((*asked, *(instead[person] for person in asked if person in instead)))
        held_from = self.pack.working_days.before(self.turn.as_of, _MOST_DAYS_HELD)
        return {
            person: input_of(
                self.facts, self.turn.cycle.key, person, self._line(person, everybody), held_from
            )
            for person in everybody
        }

    @cached_property
    def _asked_first(self) -> Sequence[str]:
        return [person for actor in self.obligation.contributors for person in self.people(actor)]

    @cached_property
    def instead(self) -> Mapping[str, str]:
        """Who is asked instead of whom, for those who said it is not for them."""
        return asked_instead(self.facts, self.turn.cycle.key, self._place)

    def _place(self, person: str) -> str:
        """Return the first of those asked whose place somebody speaks for; else themselves."""
        if person in self._asked_first or person not in self.directory.lines:
            return person
        return next(
            (each for each in self._asked_first if person in self.directory.lines.get(each, ())), person
        )

    def answers_of(self, person: str) -> list[Answer]:
        """Return what a person, or who had their place, answered in this cycle, in the order it came."""
        return self.facts.answers_from(self.turn.cycle.key, self._line(person, self.inputs))

    def place_of(self, person: str) -> str:
        """Return under whose id somebody was asked for an input: mostly their own."""
        return person if person in self.inputs else self._place(person)

    def holders(self, people: Iterable[str]) -> set[str]:
        """Return who has the places of these people now."""
        return {self.directory.holder_of(person) for person in people}

    def _line(self, person: str, asked: Collection[str]) -> Collection[str]:
        """Return who speaks for the place of somebody: all who had it and were not asked themselves."""
        line = self.directory.lines.get(person, (person,))
        return {each for each in line if each == person or each not in asked}

    @property
    def owing(self) -> list[Input]:
        """The inputs that are still owed by those who were asked."""
        return [given for given in self.inputs.values() if given.turned is Turned.OWED]

    def key(self, scheduled: ScheduledNotice, person: str, channel: str) -> str:
        """Return the key under which this scheduled notice goes to this person by this channel, for ever."""
        return str(NoticeKey(self.turn.cycle.key, scheduled.kind, scheduled.id, person, channel))

    def addressed(self, scheduled: ScheduledNotice) -> list[Addressed]:
        """Return the notice once for each of its audience who is to be told, on each of their channels."""
        if scheduled.kind is NoticeKind.HAND_OVER and scheduled.about in FOR_INPUTS and not self.owing:
            return []
        found: dict[str, tuple[str, tuple[str, ...]]] = {}
        trigger = self.turn.cycle.trigger
        for actor in reversed(audience(scheduled, self.obligation, trigger.owners if trigger else ())):
            for person, unheld in self._told(scheduled, actor):
                others = found[person][1] if unheld and person in found else ()
                found[person] = (actor, (*unheld, *others))
        return [
            Addressed(scheduled, person, channel, actor, unheld)
            for person, (actor, unheld) in sorted(found.items())
            for channel in self.directory.channels_of(person)
        ]

    def _told(self, scheduled: ScheduledNotice, actor: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield who is told, each with whom it is meant for, if that is somebody the directory has not."""
        people = self.people(actor)
        if not people:
            yield from ((person, (actor,)) for person in self.on_duty)
        told = [each for person in people if (each := self._of_scheduled(scheduled, person))]
        if lost := tuple(each for each in told if self.directory.recipient(each) is None):
            yield from ((person, lost) for person in self.on_duty)
        yield from ((person, ()) for person in told if person not in lost)

    def _of_scheduled(self, scheduled: ScheduledNotice, person: str) -> str | None:
        """Return whom a notice tells instead of a person it speaks to: mostly themselves, perhaps nobody."""
        asking = scheduled.kind in ASKING and scheduled.about in FOR_INPUTS
        return self._asked(person) if asking else person

    def _asked(self, person: str) -> str | None:
        """Return who is asked for an input: the person, who they named instead, or nobody (any more)."""
        given = self.inputs.get(person)
        if given is None or (given.turned is Turned.OWED and given.until is None):
            return person
        other = given.answer.instead if given.answer and given.turned is Turned.PASSED_ON else None
        other_given = self.inputs.get(other) if other else None
        return other if other_given and other_given.turned is Turned.OWED else None


def cycles_open(
    installation: Installation,
    watched: Iterable[ObligationStatus],
    opened: Mapping[str, Opened],
    facts: Facts,
) -> Iterator[OpenCycle]:
    """Yield every cycle of these obligations that is open, or was."""
    directory: Directory | None = None
    for status in _begun(watched, opened):
        for turn in status.turns:
            if of_cycle := opened.get(turn.cycle.key):
                if directory is None or directory.on != turn.as_of:
                    directory = directory_on(facts.who, turn.as_of)
                yield OpenCycle(installation.pack, directory, status.obligation, turn, of_cycle, facts)


def groundless_cycles(watched: Iterable[ObligationStatus], opened: Mapping[str, Opened]) -> list[str]:
    """Return the opened cycles of these obligations that the facts, as corrected since, no longer give."""
    begun = {status.obligation.id: status for status in _begun(watched, opened)}
    derived = {turn.cycle.key for status in begun.values() for turn in status.turns}
    return [key for key in opened if CycleKey.parse(key).obligation in begun and key not in derived]


def _begun(watched: Iterable[ObligationStatus], opened: Iterable[str]) -> Iterator[ObligationStatus]:
    """Yield the obligations of which a cycle was opened: of many thousand, few were."""
    obligations = {CycleKey.parse(key).obligation for key in opened}
    return (status for status in watched if status.obligation.id in obligations)
