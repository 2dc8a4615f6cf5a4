"""Retention: what has been kept long enough is ended, each class by its period."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from policies.pack.retention import Period, Retention
from records.database import reading, writing
from records.inbox import IncomingItem
from records.ledger.letters import Letter
from records.personal.forgetting import forget_values, shred
from records.personal.holding import values_before
from records.schema import Recorded
from records.submissions import refused_before, sums_taken
from tasks.inputs.folder.keeping import end_before
from tasks.inputs.store import Vault
from tasks.installation.installation import Installation
from tasks.installation.runs import leave_heartbeat
from tasks.operations.journal import FILE as JOURNAL

BY = "retention"
_AT_ONCE = 5000  # values of one class; the rest goes on the next day
_Kept = tuple[type[Recorded], Collection[str]]
_VALUES: Mapping[str, tuple[Callable[[Retention], Period], _Kept]] = {
    "letters": (lambda retention: retention.letters, (Letter, ("content",))),
    "messages to us": (lambda retention: retention.inbox, (IncomingItem, ("content", "subject"))),
    "addresses of strangers": (lambda retention: retention.strangers, (IncomingItem, ("stranger",))),
}


@dataclass(slots=True)
class Ended:
    """How many of each class were ended."""

    counts: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        said = ", ".join(f"{count} {name}" for name, count in sorted(self.counts.items()) if count)
        return said or "nothing was kept beyond its time"


def end_what_is_over(installation: Installation, today: date, now: datetime) -> Ended:
    """End what is kept beyond its period by the end of `today`, and leave a heartbeat that says what went.

    Of a letter the sealed row stays, with the SHA-256 of its bytes: whoever has it can still be believed.
    """
    retention = installation.pack.retention
    done = Ended()
    for name, (period, kept) in _VALUES.items():
        done.counts[name] = _end_values(installation, period(retention), kept, today, now)
    for name, ending in _FILES.items():
        for file in list(ending(installation, retention, today)):
            file.unlink(missing_ok=True)
            done.counts[name] += 1
    over = _end_of(retention.incoming.last_over(today), installation).timestamp()
    done.counts["incoming files"] = end_before(installation.settings, over)
    done.counts["journal lines"] = _shorten_journal(installation, retention, today)
    leave_heartbeat(installation, BY, today, now, done.counts)
    return done


def _end_values(installation: Installation, period: Period, kept: _Kept, today: date, now: datetime) -> int:
    """End what the rows of one kind hold of people, and return how many values that were."""
    kind, columns = kept
    until = _end_of(period.last_over(today), installation)
    with writing(installation.engine) as session:
        tokens = list(islice(values_before(session, kind, columns, until), _AT_ONCE))
        forget_values(session, tokens, f"kept for {period.days} days", BY, now)
    if tokens:
        shred(installation.engine)
    return len(tokens)


def _outbox(installation: Installation, retention: Retention, today: date) -> Iterator[Path]:
    yield from _older(installation, installation.settings.outbox, retention.letters.last_over(today))


def _refused(installation: Installation, retention: Retention, today: date) -> Iterator[Path]:
    """Yield refused files by the day they came, but those that came again and were taken or came later."""
    settings, last = installation.settings, retention.refused.last_over(today)
    with reading(installation.engine) as session:
        sums = refused_before(session, last) - sums_taken(session)
    for sum_ in sums:
        yield from Vault(settings.quarantine, settings.quarantine).files_of(sum_)


def _logs(installation: Installation, retention: Retention, today: date) -> Iterator[Path]:
    last = retention.logs.last_over(today)
    logs = _older(installation, installation.settings.home / "logs", last)
    yield from (file for file in logs if file.name != JOURNAL)


_FILES: Mapping[str, Callable[[Installation, Retention, date], Iterator[Path]]] = {
    "outbox files": _outbox,
    "refused files": _refused,
    "logs": _logs,
}


def _older(installation: Installation, folder: Path, last: date) -> Iterator[Path]:
    """Yield the files of a folder that were last written on a day up to `last`, at the seat."""
    until = _end_of(last, installation).timestamp()
    for file in folder.rglob("*"):
        if file.is_file() and file.stat().st_mtime < until:
            yield file


def _shorten_journal(installation: Installation, retention: Retention, today: date) -> int:
    """Take the lines of days that are over out of the journal; each begins with its instant."""
    file = installation.settings.home / "logs" / JOURNAL
    if not file.exists():
        return 0
    first_kept = _end_of(retention.logs.last_over(today), installation)
    with file.open("r+", encoding="utf-8") as stream:
        lines = stream.readlines()
        kept = [line for line in lines if not _is_before(line, first_kept)]
        if kept != lines:
            stream.seek(0)
            stream.writelines(kept)
            stream.truncate()
    return len(lines) - len(kept)


def _is_before(line: str, instant: datetime) -> bool:
    said = line.removeprefix('{"at": "').partition('"')[0]
    try:
        return datetime.fromisoformat(said) < instant
    except (ValueError, TypeError):
        return False


def _end_of(on: date, installation: Installation) -> datetime:
    return datetime.combine(on + timedelta(days=1), time.min, ZoneInfo(installation.zone))
