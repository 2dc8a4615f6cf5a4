"""Findings: what a person should look at, derived anew in every run and never stored."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from policies.facts.facts import Facts
from policies.pack.pack import Pack
from policies.people.deriving import directory_on
from policies.people.directory import UNCONFIRMED, Directory
from policies.plans.notices import NoticeState
from policies.problems import visible
from policies.status.status import ObligationStatus
from records.cycles import opened_cycles
from records.inbox import WAITING as WAITING_ITEMS
from records.inbox import inbox
from records.ledger.deliveries import Failing, failing_addresses
from records.ledger.ledger import causes, count_ready_by_channel, count_ready_for
from records.ledger.outages import outages
from records.submissions import refused_submissions
from tasks.installation.installation import Installation
from tasks.installation.live import leave_findings
from tasks.installation.reading_files import reader_findings
from tasks.status.addressees import silent
from tasks.status.attention import attention_on
from tasks.status.forgotten import forgotten_findings
from tasks.status.membership_findings import membership_findings
from tasks.status.open_cycles import groundless_cycles
from tasks.status.unasked import unasked_findings

if TYPE_CHECKING:
    from records.database import Session


def findings_of(
    session: "Session",
    installation: Installation,
    watched: Sequence[ObligationStatus],
    facts: Facts,
    as_of: date,
) -> list[str]:
    """Return everything found, the obligations first, then the rolls, the ledger and the directory."""
    opened = opened_cycles(session)
    dates = [finding for status in watched for finding in findings_on(status)]
    dates += unasked_findings(session, installation, watched, opened, facts)
    groundless = groundless_cycles(watched, opened)
    directory = directory_on(facts.who, as_of)
    rolls = membership_findings(installation.pack, directory, facts, as_of)
    return findings_around(session, installation, directory, [*dates, *rolls], groundless)


def findings_around(
    session: "Session",
    installation: Installation,
    directory: Directory,
    dates: Sequence[str],
    groundless: Sequence[str],
) -> list[str]:
    """Return everything found, given what was found about obligations, cycles and rolls."""
    lost = [f"{cycle}: was opened, and no longer follows from the facts" for cycle in groundless]
    rules = rules_findings(installation)
    came = [*inbox_findings(session), *refused_inputs(session, directory)]
    ledger = [*ledger_findings(session), *outage_findings(session)]
    ledger += address_findings(session, directory)
    leave = leave_findings(session, installation.settings)
    reader = reader_findings(installation.settings)
    gone = forgotten_findings(session, directory)
    return [
        *leave,
        *gone,
        *rules,
        *reader,
        *dates,
        *lost,
        *came,
        *ledger,
        *directory_findings(installation.pack, directory),
    ]


def rules_findings(installation: Installation) -> Iterator[str]:
    """Yield that the last good rules stand in for rules with mistakes, and the mistakes."""
    if installation.refused:
        for problem in installation.refused.problems:
            yield f"the rules have a mistake; the last good ones are in force until it is mended: {problem}"


def inbox_findings(session: "Session") -> Iterator[str]:
    """Yield each item of the inbox that a person has to look at."""
    for kept in inbox(session, WAITING_ITEMS):
        number, why = kept.item.id, visible(kept.fate.why) if kept.fate else ""
        yield (
            f"inbox: item {number} from {visible(kept.sender)}, of {kept.item.received_on}: {why}; "
            f"to decide: mandates inbox show {number}"
        )


def refused_inputs(session: "Session", directory: Directory) -> Iterator[str]:
    """Yield each file that was refused and for which its sender has sent no other since."""
    for each in refused_submissions(session):
        name = directory.name_of(each.person)
        why = ", ".join(each.refusals)
        yield f"{each.cycle}: {each.title!r} from {name} was refused: {why}; it is kept apart"


def findings_on(status: ObligationStatus) -> Iterator[str]:
    """Yield what is wrong, or not known, about one obligation."""
    return map(str, attention_on(status))


def ledger_findings(session: "Session") -> Iterator[str]:
    """Yield the notices that wait for a person."""
    for key, state, cause in causes(session, _WAITING):
        yield _WAITING[state](key, cause)


def waiting_findings(session: "Session", directory: Directory, held: Mapping[str, datetime]) -> Iterator[str]:
    """Yield who is not written to now although something waits for them, and until when."""
    for person, count in sorted(count_ready_for(session, list(held)).items()):
        notices = f"{count} notices" if count > 1 else "1 notice"
        until = held[person].astimezone(UTC)
        name = directory.name_of(person)
        yield f"{name}: {notices} wait until {until:%Y-%m-%d %H:%M} UTC (away, or quiet hours)"


def failing_people(session: "Session", directory: Directory) -> list[Failing]:
    """Return the addresses of people of the directory that letters come back from, in its order."""
    failing = failing_addresses(session)
    people = ((person.id, failing.get(person.address.casefold())) for person in directory.people)
    return [replace(found, person=person) for person, found in people if found]


def address_findings(session: "Session", directory: Directory) -> Iterator[str]:
    """Yield who cannot be reached, because letters to them come back, and what to do."""
    for each in failing_people(session, directory):
        why = " ".join(filter(None, (each.status, each.said))) or "no reason given"
        yield (
            f"{each.person}: a letter to {each.address} came back on {each.since_at:%Y-%m-%d} ({why}): they "
            "could not be reached; reach them otherwise and record an address (mandates record contact), or "
            f"say that it works: mandates notices mended {each.address}"
        )


def outage_findings(session: "Session") -> Iterator[str]:
    """Yield each channel by which nobody can be reached, since when, and when it is tried again."""
    waiting = count_ready_by_channel(session)
    for channel, outage in sorted(outages(session).items()):
        count = waiting.get(channel, 0)
        notices = "1 notice waits" if count == 1 else f"{count} notices wait"
        yield (
            f"{channel}: nobody could be reached since {outage.since_at:%Y-%m-%d %H:%M} UTC ({outage.what}); "
            f"{notices}, and none is given up; it is tried again with the next notice, and from "
            f"{outage.again_at:%Y-%m-%d %H:%M} UTC; to try it now: mandates enforce"
        )


def directory_findings(pack: Pack, directory: Directory) -> Iterator[str]:
    """Yield what is not settled in the directory."""
    if directory.status == UNCONFIRMED:
        yield "the directory is unconfirmed: its addresses are examples until the secretariat confirms them"
    instead = " and ".join(directory.on_duty)
    reach = f"go to {instead}, the duty officer, instead" if instead else "reach no one"
    for actor in silent(pack, directory):
        yield f"nobody stands for {actor} in the directory: notices to it {reach}"


_WAITING: dict[NoticeState, Callable[[str, str], str]] = {
    NoticeState.AWAITING_RELEASE: lambda key, _: f"{key}: awaits release by a named person",
    NoticeState.DRAFTED: lambda key, _: (
        f"{key}: drafted for signature, and not recorded as sent; once it is: mandates notices signed {key}"
    ),
    NoticeState.REFUSED: lambda key, cause: f"{key}: refused: {cause}",
    NoticeState.UNKNOWN: lambda key, cause: f"{key}: whether it was sent is unknown: {cause}",
}
WAITING = frozenset(_WAITING)
"""The states in which a notice waits for a person."""
