"""What a run derived as owed, derived again: by the rules, facts, people and ledger of its time."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from policies.pack.pack import load_pack
from policies.plans.notices import NoticeState
from policies.problems import RefusedFileError
from records.chain.known import UpTo, name_of
from records.cycles import opened_cycles
from records.editions import EditionOf, RunSeal, digest_of, edition
from records.facts.facts import read_facts
from records.ledger.moves import NoticeTransition, moves_in_order
from records.ledger.notices import Entry, Ledger, entries
from records.runs import DIRECTORY, Run, last_run
from tasks.enforcement.editions import rules_of
from tasks.enforcement.naming import keys_owed
from tasks.enforcement.notices import owed
from tasks.enforcement.passed_dates import Passed, passed
from tasks.installation.installation import Installation, basis_of
from tasks.installation.last_good import kept_packs
from tasks.status.open_cycles import cycles_open
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from records.database import Session


@dataclass(frozen=True, slots=True)
class Derived:
    """What was owed on the day of a run, in the order it is derived in, and the due dates that had passed."""

    keys: list[str] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)


def derive_again(
    session: "Session", installation: Installation, run: Run, place: UpTo, ledger: Mapping[str, Ledger]
) -> Derived:
    """Derive what was owed on the day of a run, from what the record held when it ran."""
    found = Derived()
    only = run.summary.get("obligation")
    if only and only not in installation.pack.obligations:
        return found
    facts, opened = read_facts(session, place), opened_cycles(session, place)
    for open_cycle in cycles_open(
        installation, statuses(installation.pack, facts, run.as_of, only), opened, facts
    ):
        of_cycle = ledger.get(open_cycle.turn.cycle.key, {})
        found.keys.extend(keys_owed(open_cycle, owed(open_cycle), of_cycle))
        if of_it := passed(open_cycle):
            found.passed.append(of_it)
    return found


class LedgerThen:
    """The ledger as runs found it, the earliest run first: what followed is not in it yet."""

    def __init__(self, session: "Session") -> None:
        self._entries = entries(session)
        self._moves = [*moves_in_order(session)]
        self._done = 0
        self._cycles: defaultdict[str, dict[str, Entry]] = defaultdict(dict)
        self._entered: dict[str, int] = {}
        for number, key, _ in self._moves:
            self._entered.setdefault(key, number)

    def has(self, key: str, by: UpTo | None = None) -> bool:
        """Return whether a notice is there, and was entered by a place in the chain where one is given."""
        if by is None or key not in self._entries:
            return key in self._entries
        return key in self._entered and self._entered[key] <= _last_move(by)

    def found_by(self, place: UpTo, seal: RunSeal | None) -> Mapping[str, Ledger]:
        """Return the ledger by cycle as a run found it, without what the run itself withdrew.

        Of a run from before editions were sealed, nothing says where its own moves begin: it is the ledger as
        the run left it.
        """
        last = _last_move(place)
        for entry, key, state in self._moves_up_to(seal.moves_before if seal else last):
            self._cycles[entry.cycle][key] = replace(entry, state=state)
        done, changed = self._done, defaultdict[str, dict[str, Entry]](dict)
        for entry, key, state in self._moves_up_to(last):
            if state is NoticeState.SUPERSEDED:
                changed[entry.cycle][key] = replace(entry, state=state)
        self._done = done
        return {**self._cycles, **{cycle: {**self._cycles[cycle], **of} for cycle, of in changed.items()}}

    def _moves_up_to(self, last: int) -> Iterator[tuple[Entry, str, NoticeState]]:
        """Yield the moves that follow those that are done, and count them as done."""
        while self._done < len(self._moves) and self._moves[self._done][0] <= last:
            _, key, state = self._moves[self._done]
            self._done += 1
            if entry := self._entries.get(key):
                yield entry, key, NoticeState(state)


def _last_move(place: UpTo) -> int:
    return place.rows.get(name_of(NoticeTransition), 0)


class RulesThen:
    """The rules that runs worked by: those in force, or those that were kept.

    Runs from before editions were sealed name the digest of their rules; copies of the last good rules may
    still have them. Those from before who is who was recorded have the digest of the rules with the directory
    file; it stands for the same rules where these are still as they were when that file was taken.
    """

    def __init__(self, session: "Session", installation: Installation) -> None:
        self._session, self._installation = session, installation
        self._by_digest = {digest_of(installation.rules): installation}
        begun = last_run(session, DIRECTORY)
        same = begun is not None and begun.summary.get("basis") == installation.basis
        digests = {installation.basis, *([begun.summary["before"]] if begun and same else [])}
        self._by_basis: dict[str | None, Installation | None] = dict.fromkeys(digests, installation)

    def of(self, run: Run, seal: RunSeal | None) -> Installation | None:
        """Return the installation with the rules a run worked by; None where they are not to be had."""
        if seal is None:
            basis = run.summary.get("basis")
            if basis not in self._by_basis:
                self._by_basis[basis] = self._copied(basis)
            return self._by_basis[basis]
        if seal.rules not in self._by_digest:
            content = edition(self._session, EditionOf.RULES, seal.rules)
            try:
                pack = rules_of(content) if content is not None else None
            except (RefusedFileError, ValueError):
                pack = None
            if pack is None:
                return None
            self._by_digest[seal.rules] = replace(self._installation, pack=pack)
        return self._by_digest[seal.rules]

    def _copied(self, basis: str | None) -> Installation | None:
        for folder in kept_packs(self._installation.settings):
            if basis == basis_of(folder):
                try:
                    return replace(self._installation, pack=load_pack(folder))
                except RefusedFileError:
                    return None
        return None
