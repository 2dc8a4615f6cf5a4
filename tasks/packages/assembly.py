"""Assembly: the input package of each open cycle whose time has come, or whose facts have changed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from policies.plans.milestones import MilestoneId
from policies.plans.notices import NoticeKind, ScheduledNotice
from policies.status.states import UNMET
from records.cycles import Opened, opened_cycles
from records.database import writing
from records.facts.facts import read_facts
from records.ledger.deliveries import unreached
from records.ledger.notices import enter_all, entries, sent_on
from records.packages import AssembledPackage, latest_package, record_package, versions_on_record
from records.runs import record_run
from tasks.enforcement.naming import unused
from tasks.enforcement.notice_contents import Extra
from tasks.enforcement.notices import draft
from tasks.inputs.store import store
from tasks.installation.installation import Installation
from tasks.installation.runs import BY_A_SCHEDULE, Asked
from tasks.installation.sealing import seal_what_left
from tasks.packages.contents import contents_of
from tasks.packages.editions import Draft, Made, Row, made_from
from tasks.packages.preconditions import still_needed
from tasks.status.open_cycles import ASKING, OpenCycle, cycles_open
from tasks.status.statuses import statuses

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


class ReleaseRefusedError(LookupError):
    """A package cannot be released: something must happen first, or it was released already."""


def assemble(
    installation: Installation,
    as_of: date,
    now: datetime,
    *,
    cycle: str | None = None,
    obligation: str | None = None,
    dry_run: bool = False,
    asked: Asked = BY_A_SCHEDULE,
) -> Assembly:
    """Assemble the packages whose milestone has come by `as_of`; a named `cycle` needs no milestone.

    A package is a new version, and a draft, only when it says something else than the last one.

    Raises:
        UnopenedCycleError: `cycle` is not an opened cycle.
        UnknownObligationError: the pack has no such obligation.
        LostInputError: a contribution is not in the vault any more.
    """
    done = Assembly()
    with writing(installation.engine, keep=not dry_run) as session:
        opened = opened_cycles(session)
        for open_cycle in _wanted(session, installation, as_of, opened, cycle, obligation):
            with TemporaryDirectory() as folder:
                made = _made(session, installation, open_cycle, opened, Path(folder), rebuilt=bool(cycle))
                if made:
                    _keep(session, installation, open_cycle, made, now, done, dry_run=dry_run)
        summary = {"assembled": len(done.rows), **asked.summary(cycle=cycle, obligation=obligation)}
        record_run(session, ASSEMBLE, as_of, now, summary, asked.by)
    return done


def release(installation: Installation, cycle: str, by: str, as_of: date, now: datetime) -> Assembly:
    """Make the last draft of a cycle's package final in the name of `by`, and tell its recipients.

    Raises:
        UnopenedCycleError: `cycle` is not an opened cycle.
        ReleaseRefusedError: there is no draft that says what is known now, or a consultation is missing.
    """
    done = Assembly()
    with writing(installation.engine) as session:
        opened = opened_cycles(session)
        [open_cycle] = _wanted(session, installation, as_of, opened, cycle, None)
        last = latest_package(session, cycle)
        current = Draft(contents_of(session, open_cycle, opened), last)
        if refused := _refused(session, open_cycle, current):
            raise ReleaseRefusedError(f"{cycle} was not released:\n{refused}")
        with TemporaryDirectory() as folder:
            made = made_from(session, installation, current.released(by, as_of), Path(folder))
            _keep(session, installation, open_cycle, made, now, done, dry_run=False)
        record_run(session, ASSEMBLE, as_of, now, {"released": 1})
    seal_what_left(installation.engine, installation.settings, now)
    return done


def _refused(session: "Session", open_cycle: OpenCycle, current: Draft) -> str:
    """Return why a package cannot be released; nothing where it can."""
    cycle = open_cycle.turn.cycle.key
    if current.last is None or not current.stands:
        return f"  - no draft says what is known now; build one and read it: mandates package build {cycle}"
    if current.last.final:
        return f"  - version {current.last.version} is final already, and nothing has changed since"
    sent = sent_on(session, cycle, NoticeKind.CALL_FOR_INPUTS)
    back = unreached(session, cycle, ASKING)
    invited = {person: on for person, on in sent.items() if person not in back}
    return "\n".join(f"  - {needed}" for needed in still_needed(open_cycle, invited))


def _wanted(
    session: "Session",
    installation: Installation,
    as_of: date,
    opened: Mapping[str, Opened],
    cycle: str | None,
    obligation: str | None,
) -> list[OpenCycle]:
    facts = read_facts(session)
    watched = statuses(installation.pack, facts, as_of, obligation)
    open_ones = list(cycles_open(installation, watched, opened, facts))
    begun = {package.cycle for package in versions_on_record(session)}
    wanted = [d for d in open_ones if (d.turn.cycle.key == cycle if cycle else _come(d, begun))]
    if cycle and not wanted:
        raise UnopenedCycleError(f"{cycle!r} is not an opened cycle; see: mandates status")
    return wanted


def _come(open_cycle: OpenCycle, begun: Collection[str]) -> bool:
    """Whether the cycle is unmet, and its package was begun already or is to be assembled by this day."""
    ready_on = open_cycle.turn.milestone_on(MilestoneId.PACKAGE_ASSEMBLED)
    ready = ready_on is not None and ready_on <= open_cycle.turn.as_of
    return open_cycle.turn.state in UNMET and (ready or open_cycle.turn.cycle.key in begun)


def _made(
    session: "Session",
    installation: Installation,
    open_cycle: OpenCycle,
    opened: Mapping[str, Opened],
    folder: Path,
    *,
    rebuilt: bool,
) -> Made | None:
    """Return the package as it is now; None where the last one stands and nobody asked for it."""
    last = latest_package(session, open_cycle.turn.cycle.key)
    current = Draft(contents_of(session, open_cycle, opened), last)
    there = last is not None and (installation.settings.packages / last.file).exists()
    if current.stands and there and not rebuilt:
        return None
    made = made_from(session, installation, current, folder)
    if current.stands and last is not None and made.row.sha256 != last.sha256:
        return made_from(session, installation, current.reworded(), folder)
    return made


def _keep(
    session: "Session",
    installation: Installation,
    open_cycle: OpenCycle,
    made: Made,
    now: datetime,
    done: Assembly,
    *,
    dry_run: bool,
) -> None:
    row, contents = made.row, made.contents
    if not dry_run:
        with made.archive.open("rb") as built:
            store(installation.settings.packages / row.file, built)
    if made.is_new:
        released_before = _last_final(session, row.cycle)
        record_package(session, AssembledPackage(recorded_at=now, recorded_by=ASSEMBLE, **row.columns()))
        _tell(session, open_cycle, row, now)
        if released_before and not row.released_by:
            said = f"version {released_before} was released and says less than is known now"
            done.findings.append(f"{row.cycle}: {said}; version {row.version} waits to be released")
    missing = sum(1 for item in contents.items if not item.present)
    done.rows.append({"cycle": row.cycle, "file": row.file, "sha256": row.sha256, "missing": str(missing)})
    if missing:
        done.findings.append(f"{row.cycle}: {missing} of {len(contents.items)} items are missing")


def _last_final(session: "Session", cycle: str) -> int | None:
    last = latest_package(session, cycle)
    return last.version if last and last.final else None


def _tell(session: "Session", open_cycle: OpenCycle, row: Row, now: datetime) -> None:
    """Tell the secretariat of a draft; of a released package, the reviewers and who supports them."""
    to = ("secretariat", "holder", "supports") if row.released_by else ("secretariat",)
    scheduled = ScheduledNotice(
        NoticeKind.PACKAGE_READY, f"package-v{row.version}", "package", open_cycle.turn.as_of, to
    )
    ledger = entries(session, [row.cycle])
    extra = Extra(package=row.file, package_sha256=row.sha256)
    told = (unused(open_cycle, each, ledger) for each in open_cycle.addressed(scheduled))
    new = [each for each in told if open_cycle.key(each.scheduled, each.person, each.channel) not in ledger]
    enter_all(session, [draft(open_cycle, addressed, extra) for addressed in new], now, ASSEMBLE)
