"""Checking a pack before anybody relies on it: every mistake at once, and how fresh each rule is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policies.calendar.counting import Unit, shift
from policies.entries.facts_file import FactsFile
from policies.entries.membership import known_with
from policies.facts.facts import Facts
from policies.obligations.obligations import Obligation
from policies.obligations.overdue import overdue_problems
from policies.obligations.rule_versions import RuleVersion
from policies.pack.pack import Pack, load_pack
from policies.people.directory_file import DirectoryFile
from policies.people.taking_over import load_directory
from policies.problems import Problem, RefusedFileError, combined, parse, read_toml
from tasks.status.addressees import unheld, unspoken

FRESH_MONTHS = 12  # house practice: once a year somebody compares each rule with the text


@dataclass(frozen=True, slots=True)
class Checked:
    """A pack without mistakes, and what somebody should look at all the same."""

    pack: Pack
    mentions: Sequence[str]


def check(folder: Path, directory: Path | None, as_of: date) -> Checked:
    """Read a pack with its directory and its history, if it has them, and check each against the others.

    Raises:
        RefusedFileError: with every mistake in every file.
    """
    refusals: list[RefusedFileError] = []
    pack = _pack(folder, refusals)
    if directory:
        refusals += _directory_refusals(directory, pack)
    if pack and (unheard := overdue_problems(pack.obligations.values(), pack.plans, pack.actors)):
        refusals.append(RefusedFileError(unheard))
    if pack and (folder / "history.toml").exists():
        refusals += _history_refusals(folder / "history.toml", pack, as_of)
    if refusals or pack is None:
        raise combined(refusals)
    mentions = [] if directory else ["there is no directory.toml: whom the notices reach was not checked"]
    return Checked(pack, [*mentions, *_stale(pack, as_of), *unspoken(pack)])


def rule_rows(pack: Pack, as_of: date) -> list[Mapping[str, str]]:
    """Return one line for every rule version of every obligation."""
    return [
        {
            "obligation": obligation.id,
            "clock": version.recurrence.kind,
            "in_force_from": str(version.in_force_from),
            "last_checked_on": str(version.last_checked_on),
            "marks": _mark(obligation, version, as_of),
        }
        for obligation in pack.obligations.values()
        for version in obligation.versions
    ]


def _pack(folder: Path, refusals: list[RefusedFileError]) -> Pack | None:
    try:
        return load_pack(folder)
    except RefusedFileError as refusal:
        refusals.append(refusal)
        return None


def _directory_refusals(file: Path, pack: Pack | None) -> Iterator[RefusedFileError]:
    try:
        if pack is None:
            parse(DirectoryFile, read_toml(file), file)
            return
        directory = load_directory(file, pack.actors, pack.instrument.stations)
    except RefusedFileError as refusal:
        yield refusal
        return
    problems = [
        Problem(
            file.name,
            f"actors.{actor}",
            "nobody",
            f"somebody's id: {scheduled_notices[0]} speaks to this actor",
        )
        for actor, scheduled_notices in sorted(unheld(pack, directory).items())
    ]
    if problems:
        yield RefusedFileError(problems)


def _history_refusals(file: Path, pack: Pack, as_of: date) -> Iterator[RefusedFileError]:
    try:
        content = read_toml(file)
        parse(FactsFile, content, file, known_with(pack, Facts(), as_of, content))
    except RefusedFileError as refusal:
        yield refusal


def _stale(pack: Pack, as_of: date) -> Iterator[str]:
    for obligation in pack.obligations.values():
        for version in obligation.versions:
            replaced = _successor(obligation, version, as_of) is not None
            if not replaced and shift(version.last_checked_on, FRESH_MONTHS, Unit.MONTHS) < as_of:
                yield (
                    f"{obligation.id}: the rule in force from {version.in_force_from} was last checked on "
                    f"{version.last_checked_on}, over {FRESH_MONTHS} months ago; compare it with the text"
                )


def _mark(obligation: Obligation, version: RuleVersion, as_of: date) -> str:
    if successor := _successor(obligation, version, as_of):
        return f"replaced on {successor.in_force_from}"
    return "to come" if version.in_force_from > as_of else "in force"


def _successor(obligation: Obligation, version: RuleVersion, as_of: date) -> RuleVersion | None:
    later = (v for v in obligation.versions if version.in_force_from < v.in_force_from <= as_of)
    return next(later, None)
