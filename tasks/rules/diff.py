"""The difference between two packs, as it would tell on the dates and notices of the coming years."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from policies.calendar.counting import Unit, shift
from policies.enforcement.moves import Dated, Move, Told, ahead, moves
from policies.facts.facts import Facts
from policies.obligations.obligations import Obligation
from policies.pack.pack import Pack, load_pack
from policies.plans.notices import NoticeState, own_name
from policies.problems import RefusedFileError, combined
from policies.recurrence.cycle_key import CycleKey
from records.cycles import opened_cycles
from records.facts.facts import read_facts
from records.ledger.notices import entries

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Difference:
    """What would be another under the new pack, from `first` to `last`; `remarks` are what to know of it."""

    first: date
    last: date
    moves: Sequence[Move]
    remarks: Sequence[str]


def load_both(old: Path, new: Path) -> tuple[Pack, Pack]:
    """Read two packs.

    Raises:
        RefusedFileError: with the mistakes of both.
    """
    packs: list[Pack] = []
    refusals: list[RefusedFileError] = []
    for folder in (old, new):
        try:
            packs.append(load_pack(folder))
        except RefusedFileError as refusal:
            refusals.append(refusal)
    if refusals:
        raise combined(refusals)
    return packs[0], packs[1]


def difference(session: "Session", old: Pack, new: Pack, as_of: date, years: int) -> Difference:
    """Return what would move in the `years` after `as_of`, from the facts and the ledger on record."""
    facts, told = read_facts(session), told_by(session)
    last = shift(as_of, years * 12, Unit.MONTHS)
    before, after = (ahead(pack, facts, as_of, last, told) for pack in (old, new))
    remarks = [*_edited(old, new, as_of), *_undated(old, new, facts, as_of)]
    return Difference(as_of, last, moves(before, after, as_of, last), remarks)


def _edited(old: Pack, new: Pack, as_of: date) -> Iterator[str]:
    """Yield the rule versions that are in force already, or were, and would be another all the same."""
    for obligation, before, after in _both(old, new):
        recurrences = {version.in_force_from: version.recurrence for version in after.versions}
        for version in before.versions:
            if (
                version.in_force_from <= as_of
                and recurrences.get(version.in_force_from) != version.recurrence
            ):
                yield (
                    f"{obligation}: the rule in force from {version.in_force_from} was edited, so the past "
                    "would be judged by it; an amendment adds a version"
                )


def _undated(old: Pack, new: Pack, facts: Facts, as_of: date) -> Iterator[str]:
    """Yield the obligations that differ, and whose dates cannot be compared while an anchor is unknown."""
    for obligation, before, after in _both(old, new):
        if before != after:
            cycles = [pack.status(obligation, facts, as_of).current.cycle for pack in (old, new)]
            missing = dict.fromkeys(anchor for cycle in cycles for anchor in cycle.unknown)
            if missing:
                yield f"{obligation}: differs, and has no date to compare: not known: {', '.join(missing)}"


def _both(old: Pack, new: Pack) -> Iterator[tuple[str, Obligation, Obligation]]:
    for name in sorted({*old.obligations} & {*new.obligations}):
        yield name, old.obligations[name], new.obligations[name]


def told_by(session: "Session") -> Told:
    """Return what the ledger says was said already."""
    entered = {
        (entry.cycle, f"{entry.kind} {own_name(entry.scheduled)}")
        for entry in entries(session).values()
        if entry.state is not NoticeState.SET_ASIDE
    }
    announced = {cycle: of_cycle.announced for cycle, of_cycle in opened_cycles(session).items()}
    return Told(entered, announced)


def difference_json(found: Difference) -> Mapping[str, object]:
    """Return what `mandates policy diff --json` prints; the shape is a contract (docs/command-line.md)."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "moves": [_move(move) for move in found.moves],
        "remarks": list(found.remarks),
    }


def _move(move: Move) -> Mapping[str, object]:
    return {
        "obligation": CycleKey.parse(move.cycle).obligation,
        "cycle": move.cycle,
        "what": move.what,
        "change": move.change,
        "old": _dated(move.old),
        "new": _dated(move.new),
    }


def _dated(dated: Dated | None) -> Mapping[str, object] | None:
    if dated is None:
        return None
    version = dated.rule_in_force_from
    return {
        "on": dated.on.isoformat(),
        "rule_in_force_from": version.isoformat() if version else None,
        "to": list(dated.to),
    }


def lines(found: Sequence[Move]) -> Iterator[str]:
    """Yield the moves for people: each cycle with its rule version, and under it what moves."""
    by_cycle: defaultdict[str, list[Move]] = defaultdict(list)
    for move in found:
        by_cycle[move.cycle].append(move)
    for cycle, moved in by_cycle.items():
        yield f"{cycle}  (rule in force from {_sides([str(v) for v in _versions(moved)])})"
        for move in moved:
            old, new = (str(side.on) if side else "no date" for side in (move.old, move.new))
            to = _sides([", ".join(side.to) for side in (move.old, move.new) if side and side.to])
            yield f"  {old:>10} -> {new:<10}  {move.what}{to and f', to {to}'}"


def _versions(moved: Sequence[Move]) -> Iterator[date | None]:
    for side in ("old", "new"):
        yield from {dated.rule_in_force_from for move in moved if (dated := getattr(move, side))}


def _sides(told: Sequence[str]) -> str:
    return " -> ".join(dict.fromkeys(told))
