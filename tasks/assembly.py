"""Assembly: the input package of each open cycle whose time has come, or whose facts have changed."""

import hashlib
import os
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from input_packages.archive import build, file_name
from policies.milestones import MilestoneId
from policies.notices import NoticeKind, Rung
from policies.states import UNMET
from records.cycles import opened_cycles
from records.database import writing
from records.facts import read_facts
from records.notices import enter_all, entries
from records.packages import latest_package, record_package
from records.runs import record_run
from tasks.contents import contents_of
from tasks.dockets import Docket, dockets
from tasks.matters import Extra
from tasks.notices import draft
from tasks.standings import standings
from tasks.workplace import Workplace

if TYPE_CHECKING:
    from records.database import Session

ASSEMBLE = "assemble"


@dataclass(slots=True)
class Assembly:
    """The packages that were assembled anew."""

    rows: list[dict[str, str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)


class UnopenedCycleError(LookupError):
    """There is no such open cycle to assemble a package for."""


def assemble(
    workplace: Workplace,
    as_of: date,
    now: datetime,
    *,
    cycle: str | None = None,
    obligation: str | None = None,
    dry_run: bool = False,
) -> Assembly:
    """Assemble the packages whose milestone has come by `as_of`; a named `cycle` needs no milestone.

    A package is a new version only when its bytes differ from the last one's.

    Raises:
        UnopenedCycleError: `cycle` is not an opened cycle.
        UnknownObligationError: the pack has no such obligation.
    """
    done = Assembly()
    with writing(workplace.engine, keep=not dry_run) as session:
        facts = read_facts(session)
        watched = standings(workplace.pack, facts, as_of, obligation)
        open_ones = list(dockets(workplace, watched, opened_cycles(session), facts))
        wanted = [d for d in open_ones if (d.turn.cycle.key == cycle if cycle else _come(d))]
        if cycle and not wanted:
            raise UnopenedCycleError(f"{cycle!r} is not an opened cycle; see: mandates status")
        for docket in wanted:
            _assemble(session, workplace, docket, now, done, dry_run=dry_run, asked_for=bool(cycle))
        record_run(session, ASSEMBLE, as_of, now, {"assembled": len(done.rows)})
    return done


def _come(docket: Docket) -> bool:
    """Whether the cycle is unmet, and the day its package is to be assembled has come."""
    ready_on = docket.turn.milestone_on(MilestoneId.PACKAGE_ASSEMBLED)
    return docket.turn.state in UNMET and ready_on is not None and ready_on <= docket.turn.as_of


def _assemble(
    session: "Session",
    workplace: Workplace,
    docket: Docket,
    now: datetime,
    done: Assembly,
    *,
    dry_run: bool,
    asked_for: bool,
) -> None:
    contents = contents_of(session, workplace, docket)
    archive = build(contents)
    sha256 = hashlib.sha256(archive).hexdigest()
    last = latest_package(session, docket.turn.cycle.key)
    stands = last is not None and last.sha256 == sha256 and (workplace.settings.packages / last.file).exists()
    if stands and not asked_for:
        return
    version = (last.version if last else 0) + (0 if last and last.sha256 == sha256 else 1)
    file = file_name(contents, version)
    missing = sum(1 for item in contents.items if not item.present)
    if not dry_run:
        _store(workplace.settings.packages / file, archive)
    if last is None or last.sha256 != sha256:
        record_package(session, docket.turn.cycle.key, version, file, sha256, now)
        _tell(session, docket, file, sha256, version, now)
    done.rows.append(
        {"cycle": docket.turn.cycle.key, "file": file, "sha256": sha256, "missing": str(missing)}
    )
    if missing:
        done.findings.append(f"{docket.turn.cycle.key}: {missing} of {len(contents.items)} items are missing")


def _tell(session: "Session", docket: Docket, file: str, sha256: str, version: int, now: datetime) -> None:
    """Tell the reviewers of the first version; of later ones, the secretariat."""
    to = ("secretariat", "holder") if version == 1 else ("secretariat",)
    rung = Rung(NoticeKind.PACKAGE_READY, f"package-v{version}", "package", docket.turn.as_of, to)
    ledger = entries(session, [docket.turn.cycle.key])
    extra = Extra(package=file, package_sha256=sha256)
    new = [a for a in docket.addressed(rung) if docket.key(rung, a.person, a.channel) not in ledger]
    enter_all(session, [draft(docket, addressed, extra) for addressed in new], now, ASSEMBLE)


def _store(file: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the power goes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    partial = file.with_suffix(".partial")
    with partial.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    partial.replace(file)
