"""The watch: says that nothing was enforced for too long, once, and says when that is over.

It leans on as little as it can: not on Prefect, nor on its server, nor on rules without mistakes. What it
told is kept in a file beside the record, so that it is told once even while the record cannot be reached.
"""

import fcntl
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from notifications.channels import Outcome
from notifications.directory import Directory, Recipient
from notifications.envelope import Sender, enclose
from notifications.messages import Message
from policies.obligations.obligations import SECRETARIAT
from policies.problems import RefusedFileError
from records.database import DatabaseError, reach_database, reading, writing
from records.incidents import BEGUN, OVER, open_incident, record_incident
from records.runs import last_whole_enforcement
from tasks.dispatch.channels import email_channel
from tasks.dispatch.dispatching import Way
from tasks.installation.last_good import last_good
from tasks.installation.live import leave_to_send
from tasks.installation.settings import Settings
from tasks.installation.workplace import read_rules

if TYPE_CHECKING:
    from records.database import Engine, Session

BY = "watch"
_STATE, _LOCK = "watch.json", "watch.lock"
_AHEAD = timedelta(hours=1)  # clocks of several machines differ by seconds, not by more
_STOPPED, _NOT_LIVE = "enforcement-stopped", "nothing-leaves"
# The subject and what follows from it, of an incident that begins and of one that is over.
_WORDS = {
    (_STOPPED, BEGUN): (
        "Nothing keeps watch: enforcement has stopped",
        "Until it runs again, no notice leaves. Look at the logs; type: mandates doctor. You are told once.",
    ),
    (_STOPPED, OVER): ("Enforcement runs again", "What was missed has been done by the run that came."),
    (_NOT_LIVE, BEGUN): (
        "Nothing is sent: this is not the live record",
        "What is owed is still entered here, but no notice leaves. You are told once.",
    ),
    (_NOT_LIVE, OVER): ("Notices are sent again", "What is owed leaves with the next dispatch."),
}
_UNREACHED = (DatabaseError, OSError, LookupError)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen, in words, and whether all is well; whom this watch told so, and whom it could not."""

    well: bool
    what: str
    told: Sequence[str] = ()
    untold: Sequence[str] = ()


def watch(
    settings: Settings,
    now: datetime,
    outlet: Callable[[Settings], AbstractContextManager[Way]] = email_channel,
) -> Seen:
    """Look when all obligations were last enforced and whether anything may leave; tell people if it is news.

    Raises:
        RefusedFileError: there is news, and neither the settings nor any directory say whom to tell.
    """
    with _alone(settings.home):
        trouble, what, engine = _look(settings, now)
        seen = Seen(not trouble, what)
        try:
            told_of = _told_of(settings.home, engine)
            if trouble != _kind(told_of):
                incident = f"{trouble}/{now:%Y-%m-%dT%H:%M}Z" if trouble else str(told_of)
                seen = _tell(settings, incident, seen, now, outlet)
                if seen.told:
                    _keep(settings.home, engine, incident if trouble else None, (incident, what, now))
        finally:
            if engine:
                engine.dispose()
    return seen


def _kind(incident: str | None) -> str:
    return incident.partition("/")[0] if incident else ""


def _look(settings: Settings, now: datetime) -> tuple[str, str, "Engine | None"]:
    """Return the kind of trouble, empty if all is well, in words too, and the record if it can be reached."""
    try:
        engine = reach_database(settings.database)
        with reading(engine) as session:
            run = last_whole_enforcement(session)
            nothing = _nothing_leaves(session, settings)
    except _UNREACHED as error:
        reason = getattr(error, "orig", None) or error
        return _STOPPED, f"The record cannot be reached: {reason}", None
    if nothing:
        return _NOT_LIVE, f"{nothing[:1].upper()}{nothing[1:]}.", engine
    if run is None:
        return _STOPPED, "Nothing was ever enforced.", engine
    age, last = now - run.recorded_at, f"{run.recorded_at:%Y-%m-%d %H:%M} UTC, for {run.as_of}"
    if age > timedelta(hours=settings.watch_hours):
        late = f"{age.total_seconds() / 3600:.0f} hours ago; it is expected every {settings.watch_hours}"
        return _STOPPED, f"All obligations were last enforced at {last}. That is {late}.", engine
    if age < -_AHEAD:
        return _STOPPED, f"The clock says {now:%Y-%m-%d %H:%M} UTC, but the last run was at {last}.", engine
    return "", f"All obligations were last enforced at {last}.", engine


def _nothing_leaves(session: "Session", settings: Settings) -> str:
    """Return why nothing is sent; nothing where it is, or where an older program laid out the record."""
    with suppress(DatabaseError):
        return leave_to_send(session, settings).nothing
    return ""


def _told_of(home: Path, engine: "Engine | None") -> str | None:
    """Return the incident people were told of and that is not over."""
    state = home / _STATE
    told = _kept_in(state)
    if told or engine is None:
        return told
    with reading(engine) as session:
        return open_incident(session)


def _kept_in(state: Path) -> str | None:
    """Return the incident that a state file names; none where the file is missing or torn."""
    try:
        kept = json.loads(state.read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return None
    incident = kept.get("incident") if isinstance(kept, dict) else None
    return incident if isinstance(incident, str) else None


def _tell(
    settings: Settings,
    incident: str,
    seen: Seen,
    now: datetime,
    outlet: Callable[[Settings], AbstractContextManager[Way]],
) -> Seen:
    sender, recipients = _people(settings)
    state = OVER if seen.well else BEGUN
    message = _message(settings, seen.what, *_WORDS[_kind(incident), state])
    told: list[str] = []
    untold: list[str] = []
    with outlet(settings) as channel:
        for recipient in recipients:
            key = f"{incident}:{state}:{recipient.id}"
            mail = enclose(
                message, recipient, sender=sender, notice_keys=[key], cycles=[incident], sent_at=now
            )
            verdict = channel.send(mail)
            reached = verdict.outcome in (Outcome.SENT, Outcome.UNKNOWN)
            (told if reached else untold).append(f"{recipient.address}: {verdict.text}")
    return Seen(seen.well, seen.what, told, untold)


def _people(settings: Settings) -> tuple[Sender, list[Recipient]]:
    """Return who speaks, and whom to tell: the addresses in the settings, else the secretariat's people."""
    whom = settings.trial or settings.watch_to
    named = [address.strip() for address in whom.split(",") if address.strip()]
    addressed = [Recipient(address, address, address, "en") for address in named]
    try:
        directory = _directory(settings)
    except RefusedFileError:
        if not named:
            raise
        return Sender("Mandate Keeper", named[0]), addressed
    sender = Sender(directory.sender.name, directory.sender.address)
    people = (directory.recipient(person) for person in directory.standing_for(SECRETARIAT))
    return sender, addressed or [person for person in people if person]


def _directory(settings: Settings) -> Directory:
    """Return the directory, or the last good one."""
    try:
        return read_rules(settings)[1]
    except RefusedFileError:
        kept = last_good(settings)
        if kept is None:
            raise
        return read_rules(kept)[1]


def _message(settings: Settings, what: str, subject: str, then: str) -> Message:
    lines = [what, then, f"Home: {settings.home}"]
    html = "".join(f"<p>{line}</p>" for line in lines)
    return Message(subject, "\n\n".join(lines) + "\n", html, "en")


def _keep(home: Path, engine: "Engine | None", still: str | None, told: tuple[str, str, datetime]) -> None:
    """Keep what was told, in a file and in the record: either may be what is broken."""
    incident, what, now = told
    state = home / _STATE
    partial = state.with_name(f".{_STATE}")
    kept = {"incident": still, "what": what, "at": now.isoformat()}
    try:
        partial.write_text(json.dumps(kept), encoding="utf-8")
        partial.replace(state)
    finally:
        if engine:
            with suppress(DatabaseError), writing(engine) as session:
                record_incident(session, incident, BEGUN if still else OVER, what, now, BY)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Let one watch of this home go on at a time, so that two do not tell the same."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
