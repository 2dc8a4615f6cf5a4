"""Every date and notice of the coming years, as the real pack gives them: a change of policy is a diff."""

from collections.abc import Iterator
from datetime import date

from policies.enforcement.owed import class_of, ladder_of, notices_owed, to_open
from policies.obligations.obligations import Obligation, audience
from policies.pack.pack import Pack
from policies.plans.notices import ScheduledNotice
from policies.status.states import State
from policies.status.status import Turn
from tests.days import day, shown
from tests.golden import GOLDEN, assert_golden
from tests.policies.network import AS_OF, FACTS, PACK

UNTIL = day("Wed 2031-12-31")
HEADING = f"""\
Due dates, targets, milestones and notices from {shown(AS_OF)} to {shown(UNTIL)}
~ supposes that the cycle before is met on its due date; [formal] waits for a person to release it

"""


def test_the_calendar_of_the_coming_years_is_the_one_that_was_read():
    entries = sorted({entry for obligation in PACK.obligations.values() for entry in _entries(obligation)})
    text = HEADING + "".join(f"{shown(on)}  {words}\n" for on, words in entries)
    assert_golden(GOLDEN / "calendar.txt", text)


def _entries(obligation: Obligation) -> Iterator[tuple[date, str]]:
    status = PACK.status(obligation.id, FACTS, AS_OF)
    opened = to_open(status, FACTS, AS_OF)
    for turn in status.turns:
        mark = "~" if turn.cycle.projected else " "
        for on, words in [*_dates(turn), *_notices(obligation, turn, today=turn in opened)]:
            if AS_OF <= on <= UNTIL:
                yield on, f"{mark} {turn.cycle.key}: {words}"


def _dates(turn: Turn) -> Iterator[tuple[date, str]]:
    dates = {
        "opens": turn.cycle.opens_on,
        "target (house practice)": turn.cycle.target_on,
        "DUE": turn.cycle.due_on,
    }
    yield from ((on, name) for name, on in dates.items() if on)
    yield from ((step.on, f"milestone {step.id}") for step in turn.milestones)


def _notices(obligation: Obligation, turn: Turn, *, today: bool) -> Iterator[tuple[date, str]]:
    owed = notices_owed(PACK, obligation, turn, FACTS, AS_OF) if today else ()
    ahead = [scheduled for scheduled in ladder_of(PACK, obligation, turn) if scheduled.send_on > AS_OF]
    for scheduled in owed:
        yield AS_OF, _notice(scheduled, obligation, PACK)
    if turn.state not in (State.UNRECORDED, State.MET, State.MET_LATE):
        yield from ((scheduled.send_on, _notice(scheduled, obligation, PACK)) for scheduled in ahead)


def _notice(scheduled: ScheduledNotice, obligation: Obligation, pack: Pack) -> str:
    actors = audience(scheduled, obligation)
    told = (
        f"{actor} [{leaves}]" if (leaves := class_of(scheduled.kind, actor, pack)) == "formal" else actor
        for actor in actors
    )
    skipped = f" (skipped: {scheduled.skipped})" if scheduled.skipped else ""
    return f"notice {scheduled.kind} {scheduled.id} -> {', '.join(told)}{skipped}"
