"""Whether it was said that a due date had passed: what had to be said in a period, and what became of it."""

from collections.abc import Iterable, Mapping, Sequence
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


def judged(had_to_be_said: Mapping[Passed, date], notices: Iterable[Notice], last: date, zone: str) -> Judged:
    """Judge whether each date that passed was said; `had_to_be_said` has the day of the first run to see it.

    What still waits on the `last` day of the period, on which it was entered, is on its way.
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
        said = [
            n.tried_at.astimezone(ZoneInfo(zone)).date() for n in of_it if n.state in SPOKEN and n.tried_at
        ]
        if not said:
            _unsaid(found, f"{cycle}: that it was due on {due_on}", of_it, late=on < last)
        elif min(said) > on:
            found.remarks.append(
                f"{cycle}: that it was due on {due_on} was said on {min(said)}; it had to be said on {on}"
            )
    return found


def _unsaid(found: Judged, what: str, notices: Sequence[Notice], *, late: bool) -> None:
    """Put down that nobody was told of a date that passed; what a person decided is remarked."""
    states = sorted({n.state for n in notices})
    became = f"its notices are {', '.join(states)}" if states else "there is no notice of it"
    decided = bool(states) and set(states) <= _DECIDED
    on_its_way = not late and any(state in UNSENT for state in states)
    listed = found.remarks if decided or on_its_way else found.failures
    listed.append(f"{what}, and has passed, was said to nobody: {became}")


_DECIDED = frozenset({NoticeState.WITHHELD, NoticeState.SUPERSEDED})
