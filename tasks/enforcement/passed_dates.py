"""Whether it was said that a due date had passed: what had to be said in a period, and what became of it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from notifications.notice_content import from_json
from policies.obligations.overdue import said_on
from policies.plans.notices import NoticeState
from policies.status.states import UNMET
from records.ledger.notices import SPOKEN, UNSENT, Notice
from tasks.status.open_cycles import OpenCycle

Passed = tuple[str, date]  # a cycle and the due date that it went past


@dataclass(slots=True)
class Judged:
    """What a proof fails on, and what it only remarks."""

    failures: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def passed(open_cycle: OpenCycle) -> Passed | None:
    """Return the due date of which it has to be said by the open cycle's day that it has passed.

    None where it was met, explained or extended by then, or passed before the system kept watch.
    """
    turn, facts = open_cycle.turn, open_cycle.facts
    cycle, as_of, due_on = turn.cycle, turn.as_of, turn.cycle.due_on
    if due_on is None or turn.state not in UNMET or facts.explanation_of(cycle.key):
        return None
    extension = facts.extension_of(cycle.key)
    said = said_on(due_on, open_cycle.pack.working_days)
    extended = extension is not None and extension.until >= as_of
    return None if extended or said > as_of or said < (facts.went_live_on or as_of) else (cycle.key, due_on)


def judged(
    had_to_be_said: Mapping[Passed, date],
    notices: Iterable[Notice],
    last: date,
    zone: str,
    still: Collection[Passed] = (),
) -> Judged:
    """Judge whether each date that passed was said to everybody who had to hear it.

    `had_to_be_said` has the day of the first run to see it, and `still` are those that had to be said at the
    end of the period. What waits on the `last` day of the period, on which it was entered, is on its way.
    """
    found = Judged()
    about: dict[Passed, list[Notice]] = {each: [] for each in had_to_be_said}
    for notice in notices:
        due_on = from_json(notice.matter).due_on
        if due_on and (each := about.get((notice.cycle, due_on))) is not None:
            each.append(notice)
    for (cycle, due_on), on in had_to_be_said.items():
        of_it = about[cycle, due_on]
        skipped = [n for n in of_it if n.state == NoticeState.SKIPPED]
        found.failures += [
            f"{n.notice_key}: skipped ({n.cause}); that a date has passed is always said" for n in skipped
        ]
        what = f"{cycle}: that it was due on {due_on}"
        unheard = f"{what}, and has passed, was not said to"
        excuses = _EXCUSES if (cycle, due_on) in still else _EXCUSES | {NoticeState.SUPERSEDED}
        to = _by_person(of_it)
        said = {person: day for person, ones in to.items() if (day := _said_on(ones, zone))}
        for person, ones in to.items():
            if person not in said:
                _unsaid(found, f"{unheard} {person}", ones, excuses, late=on < last)
        first = min(said.values(), default=on)
        if first > on:
            found.remarks.append(f"{what} was said on {first}; it had to be said on {on}")
    return found


def _by_person(notices: Iterable[Notice]) -> Mapping[str, list[Notice]]:
    """Return the notices, those to one person together; where there are none, those to anybody."""
    people: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        people[notice.person].append(notice)
    return people or {"anybody": []}


def _said_on(notices: Iterable[Notice], zone: str) -> date | None:
    """Return the first day, in a time zone, on which one of the notices left or may have left."""
    days = [n.tried_at.astimezone(ZoneInfo(zone)).date() for n in notices if n.state in SPOKEN and n.tried_at]
    return min(days, default=None)


def _unsaid(
    found: Judged, what: str, notices: Sequence[Notice], excuses: frozenset[NoticeState], *, late: bool
) -> None:
    """Put down what was not said; what a person decided, or was no longer owed by then, is remarked."""
    states = {NoticeState(n.state) for n in notices}
    became = f"its notices are {', '.join(sorted(states))}" if states else "there is no notice of it"
    on_its_way = not late and bool(states & UNSENT)
    excused = bool(states) and states <= excuses
    (found.remarks if excused or on_its_way else found.failures).append(f"{what}: {became}")


_EXCUSES = frozenset({NoticeState.WITHHELD})
