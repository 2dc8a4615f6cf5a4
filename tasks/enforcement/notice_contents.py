"""What a notice is about, gathered from the rules and the cycle on the day it is entered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from language.direction import said_in
from notifications.notice_content import Answered, Came, NoticeContent, Owing, PreviousNotice, Stepped, Stood
from policies.facts.facts import Facts
from policies.obligations.instrument import Words
from policies.obligations.obligations import Obligation, Part
from policies.pack.pack import Pack
from policies.plans.milestones import Milestone, MilestoneId
from policies.plans.notices import ESCALATIONS, FOR_INPUTS, NoticeKind, ScheduledNotice
from policies.recurrence.cycles import Cycle
from policies.status.explanation import steps
from policies.status.status import Turn
from tasks.status.open_cycles import Addressed, OpenCycle


@dataclass(frozen=True, slots=True)
class Extra:
    """What only some kinds of notice say."""

    folded: int = 0
    previous_due_on: date | None = None
    previous_inputs_due_on: date | None = None
    reopened: bool = False
    package: str | None = None
    package_sha256: str | None = None
    previous_notices: tuple[PreviousNotice, ...] = ()
    unreached: frozenset[str] = frozenset()
    came: tuple[Came, ...] = ()
    inputs_due_on: date | None = None
    first: bool = False


NOTHING = Extra()


def content_of(
    open_cycle: OpenCycle, addressed: Addressed, key: str, extra: Extra = NOTHING
) -> NoticeContent:
    """Return the content of one notice; it stays with the notice even when facts change later."""
    return replace(
        _of_cycle(open_cycle, addressed, extra),
        notice_key=key,
        folded=extra.folded,
        previous_due_on=extra.previous_due_on,
        previous_inputs_due_on=extra.previous_inputs_due_on,
        reopened=extra.reopened,
        package=extra.package,
        package_sha256=extra.package_sha256,
        previous_notices=extra.previous_notices,
        came=extra.came,
        first=extra.first,
    )


def _of_cycle(open_cycle: OpenCycle, addressed: Addressed, extra: Extra) -> NoticeContent:
    """Return what a notice says of its cycle, still without its key."""
    pack, obligation, turn = open_cycle.pack, open_cycle.obligation, open_cycle.turn
    cycle, scheduled = turn.cycle, addressed.scheduled
    following = _following(turn, scheduled)
    escalated = scheduled.kind in ESCALATIONS
    return NoticeContent(
        notice_key="",
        kind=scheduled.kind,
        about=scheduled.about,
        about_on=turn.milestone_on(scheduled.about) if scheduled.about not in FOR_INPUTS else None,
        part=_part(open_cycle, addressed.actor),
        institution=pack.instrument.institution,
        obligation=obligation.id,
        title=obligation.title,
        provision=", ".join(obligation.provisions),
        document=pack.instrument.title,
        says=_says(pack, obligation),
        cycle=cycle.key,
        zone=pack.instrument.zone,
        city=_city(pack),
        holder=pack.actors[obligation.holder].name,
        asked=obligation.asked if scheduled.kind in _ASKING and scheduled.about in FOR_INPUTS else None,
        most_pages=pack.most_pages(obligation) if scheduled.kind is NoticeKind.CALL_FOR_INPUTS else None,
        opens_on=cycle.opens_on,
        due_on=cycle.due_on,
        last_working_day=turn.last_working_day,
        target_on=cycle.target_on,
        inputs_due_on=_inputs_due_on(open_cycle, addressed, extra),
        times_moved=_times_moved(open_cycle, scheduled),
        met_on=cycle.met_on,
        evidence=cycle.completion.evidence if cycle.completion else None,
        next_step=following.id if following else None,
        next_step_on=following.on if following else None,
        steps=steps(cycle, ", ".join(obligation.provisions)),
        external=pack.actors[obligation.holder].external,
        tentative=cycle.tentative,
        unheld=_unheld(pack, addressed.unheld),
        owing=_owing(open_cycle, scheduled, extra.unreached),
        answer=_answer(open_cycle, addressed),
        particular=cycle.trigger.says if cycle.trigger else None,
        positions=positions_on(open_cycle.facts, cycle.name) if escalated else (),
        ladder=ladder_of(open_cycle.facts, cycle.name) if escalated else (),
        names=names(pack, cycle),
        read_since=_read_since(open_cycle, addressed),
    )


def _city(pack: Pack) -> Words | None:
    """Return the city in whose time the institution's days end, where a duty station names it."""
    at_the_seat = (
        each.name for each in pack.instrument.stations.values() if each.zone == pack.instrument.zone
    )
    return next(at_the_seat, None)


def _read_since(open_cycle: OpenCycle, addressed: Addressed) -> date | None:
    """Return since when a message in the name of somebody who is reminded of their input is read."""
    scheduled = addressed.scheduled
    reminded = scheduled.kind in _ASKING and scheduled.about in FOR_INPUTS
    given = open_cycle.inputs.get(addressed.person) if reminded else None
    return given.read_since if given else None


def _times_moved(open_cycle: OpenCycle, scheduled: ScheduledNotice) -> int:
    return open_cycle.opened.announced.times - 1 + (scheduled.kind is NoticeKind.CHANGE_OF_DATE)


def _inputs_due_on(open_cycle: OpenCycle, addressed: Addressed, extra: Extra) -> date | None:
    """Return the day inputs are due; for a person who was given more time, that day."""
    scheduled = addressed.scheduled
    theirs = scheduled.about in FOR_INPUTS or scheduled.kind is NoticeKind.CHANGE_OF_DATE
    given = open_cycle.inputs.get(addressed.person) if theirs else None
    own = given.until if given else None
    return own or extra.inputs_due_on or open_cycle.turn.milestone_on(MilestoneId.INPUTS_DUE)


def positions_on(facts: Facts, proposal: str) -> tuple[Stood, ...]:
    """Return where each entity stood last on a proposal, in the order they first spoke."""
    stated = [each for each in facts.positions if each.proposal == proposal]
    last = {each.entity: each for each in sorted(stated, key=lambda each: each.stated_on)}
    return tuple(Stood(each.entity, each.stance, each.stated_on, each.says) for each in last.values())


def ladder_of(facts: Facts, proposal: str) -> tuple[Stepped, ...]:
    """Return the steps taken about a proposal on which there is no consensus."""
    steps = facts.steps_about(proposal)
    return tuple(Stepped(each.kind, each.taken_on, each.by, each.says) for each in steps)


def _following(turn: Turn, scheduled: ScheduledNotice) -> Milestone | None:
    """Return the step that comes next; a call that goes ahead of its day is not what follows it."""
    called = scheduled.about if scheduled.kind is NoticeKind.CALL_FOR_INPUTS else None
    return next((step for step in turn.milestones if step.on > turn.as_of and step.id != called), None)


def previous_notices_of(
    open_cycle: OpenCycle,
    touched: Iterable[tuple[str, str, date | None, str | None]],
    returned: Collection[str],
) -> tuple[PreviousNotice, ...]:
    """Return what was sent before about a cycle: (person, kind, day, letter) as words can show it.

    `returned` are the letters that came back.
    """
    return tuple(
        PreviousNotice(open_cycle.directory.name_of(who), NoticeKind(kind), on, letter in returned, who)
        for who, kind, on, letter in touched
    )


def _part(open_cycle: OpenCycle, actor: str) -> Part:
    """Return the part somebody has: that of an owner, where they have no other and the fact names them."""
    part, trigger = open_cycle.obligation.part_of(actor), open_cycle.turn.cycle.trigger
    named = trigger is not None and actor in trigger.owners
    return Part.OWNER if part is Part.OVERSEER and named else part


def _owing(
    open_cycle: OpenCycle, scheduled: ScheduledNotice, unreached: Collection[str]
) -> tuple[Owing, ...]:
    """Return from whom inputs are still owed, for whoever takes that over."""
    if scheduled.kind is not NoticeKind.HAND_OVER or scheduled.about not in FOR_INPUTS:
        return ()
    return tuple(
        Owing(
            open_cycle.directory.holder_name(given.person),
            given.until,
            given.person in unreached,
            open_cycle.directory.holder_of(given.person),
            given.read_since,
        )
        for given in open_cycle.owing
    )


def _answer(open_cycle: OpenCycle, addressed: Addressed) -> Answered | None:
    """Return the answer that a question for decision or a receipt is about."""
    told = addressed.scheduled.answer
    if told is None:
        return None
    answer = open_cycle.answers_of(told.person)[told.number - 1]
    name = open_cycle.directory.name_of(told.person)
    return Answered(name, answer.kind, answer.received_on, answer.reason, answer.until, told.person)


_ASKING = frozenset({NoticeKind.CALL_FOR_INPUTS, NoticeKind.REMINDER, NoticeKind.LAST_REMINDER})


def names(pack: Pack, cycle: Cycle) -> Mapping[str, Words]:
    """Return words for the ids that the explanation of a cycle mentions: obligations and events."""
    dates = (date for date in (cycle.opens, cycle.target, cycle.due) if date)
    anchors = [*(date.anchor for date in dates), *([cycle.last_done] if cycle.last_done else [])]
    subjects = " ".join([*(anchor.subject for anchor in anchors), *cycle.unknown]).split()
    return {name: words for name in dict.fromkeys(subjects) if (words := _called(pack, name))}


def _called(pack: Pack, name: str) -> Words | None:
    """Return the words for an event, a meeting or an obligation; None for what is none of them."""
    instrument = pack.instrument
    obligation = pack.obligations.get(name)
    title = obligation.title if obligation else None
    return instrument.events.get(name) or instrument.meetings.get(name) or title


def _unheld(pack: Pack, names: Sequence[str]) -> Words | None:
    """Return whom a message is meant for that the directory has nobody for: an actor, or members by id."""
    called = [pack.actors[name].name if name in pack.actors else {"en": name} for name in names]
    if len(called) < 2:  # noqa: PLR2004 (one of them needs no joining)
        return called[0] if called else None
    return {each: " · ".join(said_in(each, words) for words in called) for each in pack.instrument.languages}


def _says(pack: Pack, obligation: Obligation) -> Words:
    provisions = [pack.provisions[provision].says for provision in obligation.provisions]
    return {
        language: " ".join(says.get(language, says["en"]) for says in provisions)
        for language in pack.instrument.languages
    }
