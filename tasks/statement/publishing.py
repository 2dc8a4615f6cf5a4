"""Publishing a statement: on time, every version kept, a correction only with its reason."""

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from language.catalogues import spoken
from policies.calendar.counting import last_of_month
from policies.calendar.reach import is_within_reach
from records.database import writing
from records.facts.facts import read_facts
from records.runs import record_run, went_live_on
from records.statements import PublishedStatement, latest_statement, publish, statements
from tasks.installation.installation import Installation
from tasks.installation.sealing import seal_what_left
from tasks.statement.figures import Figure, Sources, figures, sources_of
from tasks.statement.files import files_of
from tasks.statement.issue import Issue
from tasks.statement.paper import paper
from tasks.status.statuses import status_json

if TYPE_CHECKING:
    from records.database import Session

STATEMENT = "statement"


class NeedsReasonError(LookupError):
    """The statement is published, and what would be published now is another: that needs a reason."""

    def __init__(self, name: str, version: int) -> None:
        super().__init__(
            f"statement {name} is published as version {version}, and its figures would be others now; "
            "a correction is a new version with its reason: --reason"
        )


class UnendedMonthError(LookupError):
    """The month has not ended, so nobody can say how it ended."""

    def __init__(self, month: str) -> None:
        super().__init__(f"{month} has not ended; for today's statement leave out --month")


@dataclass(frozen=True, slots=True)
class Period:
    """What a statement is about: `name` is a month, or the one day it was asked for."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Published:
    """A version that stands; `new` is whether it was published just now."""

    name: str
    version: int
    sha256: str
    files: tuple[str, ...]
    new: bool


def month(name: str, today: date) -> Period:
    """Return the period of a month that has ended, from its name such as 2026-10.

    Raises:
        UnendedMonthError: it has not.
        ValueError: it is not the name of a month, or none that people plan or record.
    """
    first = date.fromisoformat(f"{name}-01")
    if not is_within_reach(first):
        raise ValueError(name)
    last = last_of_month(first.year, first.month)
    if last >= today:
        raise UnendedMonthError(name)
    return Period(name, first, last)


def this_day(today: date) -> Period:
    """Return the period of a statement asked for: the month so far."""
    return Period(today.isoformat(), today.replace(day=1), today)


def state(
    installation: Installation, period: Period, now: datetime, by: str, *, reason: str | None = None
) -> Published:
    """Publish a statement, or return the version that stands when its figures are the same.

    Raises:
        NeedsReasonError: the figures are others than those published, and no reason was given.
    """
    with writing(installation.engine) as session:
        done = _state(session, installation, period, now, by, reason)
    seal_what_left(installation.engine, installation.settings, now)
    return done


def state_all_owed(
    installation: Installation, today: date, now: datetime, *, dry_run: bool = False
) -> list[Published]:
    """Publish the statement of every month that ended since going live and has none, changed or not."""
    with writing(installation.engine, keep=not dry_run) as session:
        done = [
            _state(session, installation, period, now, STATEMENT, None, keep_files=not dry_run)
            for period in list(_owed(session, today))
        ]
        record_run(session, STATEMENT, today, now, {"published": len(done)})
    if not dry_run:
        seal_what_left(installation.engine, installation.settings, now)
    return done


def _owed(session: "Session", today: date) -> Iterator[Period]:
    day = went_live_on(session)
    published = {each.name for each in statements(session)}
    while day and (last := last_of_month(day.year, day.month)) < today:
        name = f"{day:%Y-%m}"
        if name not in published:
            yield Period(name, day.replace(day=1), last)
        day = last + timedelta(days=1)


def _state(
    session: "Session",
    installation: Installation,
    period: Period,
    now: datetime,
    by: str,
    reason: str | None,
    *,
    keep_files: bool = True,
) -> Published:
    latest = latest_statement(session, period.name)
    sources = sources_of(session, installation, read_facts(session), period.first, period.last)
    found = figures(sources)
    content = content_of(sources, found)
    sha256 = hashlib.sha256(content).hexdigest()
    if latest and latest.sha256 == sha256:
        return Published(latest.name, latest.version, sha256, tuple(latest.files), new=False)
    if latest and not reason:
        raise NeedsReasonError(latest.name, latest.version)
    issue = Issue(period.name, latest.version + 1 if latest else 1, now, reason if latest else None)
    files = {f"statement-{issue.name}.v{issue.version}.json": content}
    for language in dict.fromkeys(map(spoken, installation.pack.instrument.languages)):
        files |= files_of(paper(issue, sources, found, language), issue)
    if keep_files:
        _store(installation.settings.statements, files)
    _record(session, issue, period, sha256, files, by)
    return Published(issue.name, issue.version, sha256, tuple(files), new=True)


def content_of(sources: Sources, found: list[Figure]) -> bytes:
    """Return the figures as JSON: the contract of a statement, and what its hash covers."""
    actors = sources.installation.pack.actors
    told = {
        "as_of": sources.as_of.isoformat(),
        "figures": [_figure(each) for each in found],
        "obligations": [
            status_json(each, external=actors[each.obligation.holder].external) for each in sources.statuses
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _figure(figure: Figure) -> dict[str, Any]:
    measure = figure.measure
    return {
        "figure": measure.id,
        "value": figure.value,
        "definition": measure.definition,
        "source": measure.source,
        "as_of": figure.as_of.isoformat(),
    }


def _record(
    session: "Session", issue: Issue, period: Period, sha256: str, files: Mapping[str, bytes], by: str
) -> None:
    row = PublishedStatement(
        recorded_at=issue.known_at,
        recorded_by=by,
        name=issue.name,
        version=issue.version,
        as_of=period.last,
        sha256=sha256,
        files={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        reason=issue.reason,
    )
    publish(session, row)


def _store(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files so that each is there whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        partial = folder / f"{name}.partial"
        with partial.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        partial.replace(folder / name)
