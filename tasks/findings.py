"""Findings: what a person should look at, derived anew in every run and never stored."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from policies.cycles import Cycle
from policies.notices import DUTY_OFFICER
from policies.standing import Standing, Turn
from policies.states import State
from records.cycles import opened_cycles
from records.notices import READY, NoticeState, notices_of
from records.submissions import refused_submissions
from tasks.addressees import unheld
from tasks.dockets import groundless_cycles
from tasks.workplace import Workplace

if TYPE_CHECKING:
    from records.database import Session


def findings_of(session: "Session", workplace: Workplace, watched: Sequence[Standing]) -> list[str]:
    """Return everything found, the obligations first, then the ledger, then the directory."""
    dates = [finding for standing in watched for finding in findings_on(standing)]
    groundless = groundless_cycles(watched, opened_cycles(session))
    lost = [f"{cycle}: was opened, and no longer follows from the facts" for cycle in groundless]
    refused = list(refused_inputs(session, workplace))
    return [*dates, *lost, *refused, *ledger_findings(session), *directory_findings(workplace)]


def refused_inputs(session: "Session", workplace: Workplace) -> Iterator[str]:
    """Yield each file that was refused and for which its sender has sent no other since."""
    for each in refused_submissions(session):
        name = workplace.directory.name_of(each.person)
        why = ", ".join(each.refusals)
        yield f"{each.cycle}: {each.title!r} from {name} was refused: {why}; it is kept apart"


def findings_on(standing: Standing) -> Iterator[str]:
    """Yield what is wrong, or not known, about one obligation."""
    for turn in _to_look_at(standing):
        yield from _on_turn(standing.obligation.id, turn)
    since = standing.advisory_since
    if since and standing.current.state is State.OPEN:
        yield f"{standing.obligation.id}: more than 12 months since {since} (advisory, no breach)"
    yield from _unexplained(standing)
    yield from _closing_nothing(standing)


def _to_look_at(standing: Standing) -> Iterator[Turn]:
    """Yield the current turn, and those that do not wait for it and wait for somebody, or are not dated."""
    yield standing.current
    for turn in standing.turns:
        waits = turn.waits or turn.state is State.UNKNOWN
        if turn.cycle.alone and waits and turn is not standing.current:
            yield turn


def _on_turn(name: str, turn: Turn) -> Iterator[str]:
    cycle = turn.cycle
    if cycle.unknown:
        missing = f"{', '.join(cycle.unknown)}; record it when you know it{_bounded(cycle)}"
        yield f"{name}: not known and never guessed: {missing}"
    if turn.state is State.UNRECORDED:
        ended = f"due {cycle.due_on}" if cycle.due_on else f"meant for {cycle.target_on}"
        yield f"{cycle.key}: {ended}, before the record begins; what happened? (mandates record)"
    if turn.state is State.OVERDUE:
        yield f"{cycle.key}: overdue {turn.days_overdue} days (due {cycle.due_on})"
    if turn.days_past_target:
        yield f"{cycle.key}: {turn.days_past_target} days past the house target {cycle.target_on}; no breach"


def ledger_findings(session: "Session") -> Iterator[str]:
    """Yield the notices that wait for a person."""
    for notice in notices_of(session, states=_WAITING):
        yield _WAITING[NoticeState(notice.state)](notice.notice_key, notice.cause)


def waiting_findings(session: "Session", held: Mapping[str, datetime]) -> Iterator[str]:
    """Yield who is not written to now although something waits for them, and until when."""
    waiting = Counter(n.person for n in notices_of(session, states=READY) if n.person in held)
    for person, count in sorted(waiting.items()):
        notices = f"{count} notices" if count > 1 else "1 notice"
        until = held[person].astimezone(UTC)
        yield f"{person}: {notices} wait until {until:%Y-%m-%d %H:%M} UTC (away, or quiet hours)"


def directory_findings(workplace: Workplace) -> Iterator[str]:
    """Yield what is not settled in the directory."""
    if workplace.directory.status == "unconfirmed":
        yield "the directory is unconfirmed: its addresses are examples until the secretariat confirms them"
    named = {actor for obligation in workplace.pack.obligations.values() for actor in obligation.actors}
    instead = " and ".join(workplace.directory.on_duty)
    reach = f"go to {instead}, the duty officer, instead" if instead else "reach no one"
    for actor in sorted(named | set(unheld(workplace.pack, workplace.directory))):
        if actor == DUTY_OFFICER or not workplace.directory.standing_for(actor):
            yield f"nobody stands for {actor} in the directory: notices to it {reach}"


def _bounded(cycle: Cycle) -> str:
    bounds = {"due": cycle.due_between, "aimed at": cycle.target_between}
    told = (f"{word} between {b.not_before} and {b.not_after}" for word, b in bounds.items() if b)
    return "".join(f"; {one}" for one in told)


def _unexplained(standing: Standing) -> Iterator[str]:
    missed = {turn.cycle.key for turn in standing.turns if turn.state is State.MISSED}
    for breach in standing.breaches:
        if breach.cycle in missed and breach.explanation is None:
            yield f"{breach.cycle}: missed (due {breach.due_on}), and nobody has recorded why"


def _closing_nothing(standing: Standing) -> Iterator[str]:
    for completion in standing.loose:
        yield (
            f"{standing.obligation.id}: the completion of {completion.completed_on} closes no cycle; "
            "correct it, and say with counts_for which cycle it was for"
        )


_WAITING: dict[NoticeState, Callable[[str, str], str]] = {
    NoticeState.AWAITING_RELEASE: lambda key, _: f"{key}: awaits release by a named person",
    NoticeState.REFUSED: lambda key, cause: f"{key}: refused: {cause}",
    NoticeState.UNKNOWN: lambda key, cause: f"{key}: whether it was sent is unknown: {cause}",
}
