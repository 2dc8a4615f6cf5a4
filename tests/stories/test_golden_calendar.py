"""Every date and notice of the coming years, as the real pack gives them: a change of policy is a diff."""

from collections.abc import Iterator
from datetime import date

from policies.enforcement.owed import class_of, ladder_of, rungs_owed, to_open
from policies.obligations.obligations import Obligation, audience
from policies.pack.pack import Pack
from policies.plans.notices import Rung
from policies.status.standing import Turn
from policies.status.states import State
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
    standing = PACK.standing(obligation.id, FACTS, AS_OF)
    opened = to_open(standing, FACTS, AS_OF)
    for turn in standing.turns:
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
    owed = rungs_owed(PACK, obligation, turn, FACTS, AS_OF) if today else ()
    ahead = [rung for rung in ladder_of(PACK, obligation, turn) if rung.send_on > AS_OF]
    for rung in owed:
        yield AS_OF, _notice(rung, obligation, PACK)
    if turn.state not in (State.UNRECORDED, State.MET, State.MET_LATE):
        yield from ((rung.send_on, _notice(rung, obligation, PACK)) for rung in ahead)


def _notice(rung: Rung, obligation: Obligation, pack: Pack) -> str:
    actors = audience(rung, obligation)
    told = (
        f"{actor} [{leaves}]" if (leaves := class_of(rung.kind, actor, pack)) == "formal" else actor
        for actor in actors
    )
    skipped = f" (skipped: {rung.skipped})" if rung.skipped else ""
    return f"notice {rung.kind} {rung.id} -> {', '.join(told)}{skipped}"
