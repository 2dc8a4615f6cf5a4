"""The verdict on each enforcement: whether what it derived as owed is proved, and how."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from records.chain.known import UpTo, places_of
from records.editions import (
    EditionOf,
    RunSeal,
    digest_of,
    edition,
    first_sealed,
    last_people,
    listed,
    people_edition,
    run_seals,
)
from records.ledger.notices import moved_by
from records.runs import ENFORCE, Run
from tasks.enforcement.deriving_again import Derived, LedgerThen, RulesThen, derive_again
from tasks.enforcement.editions import engine_digest
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

_NAMED = 3
_UNSEALED = "it sealed nothing of what it derived, though runs before it did"
_OLDER = "from before anything was sealed of what a run derives"
_ANOTHER = "run by another edition of the program"
_NOT_DERIVED = (
    f"{_OLDER}, and its rules are not kept: that all it owed was entered cannot be derived any more"
)


class Verdict(StrEnum):
    """What can be said of what a run derived as owed.

    `ANEW`: derived again by an engine of the same edition, under the rules and for the people of its time;
    count and digest agree. `FROM_SEALS`: the engine is of another edition; what was sealed is intact, and the
    ledger has it. `ACCOUNTED_FOR`: the run is from before anything was sealed, so that is not proved; what
    today's engine derives of it is in the ledger, or, where its rules are not kept, what it entered.
    """

    ANEW = "proved-anew"
    FROM_SEALS = "proved-from-its-seals"
    ACCOUNTED_FOR = "accounted-for"
    NOT_PROVED = "not-proved"

    @property
    def words(self) -> str:
        """The verdict as people read it."""
        return self.replace("-", " ")


@dataclass(frozen=True, slots=True)
class JudgedRun:
    """The verdict on one run, and why it is not better; `keys` are what was owed, as far as that is known."""

    run: Run
    verdict: Verdict
    why: Sequence[str]
    keys: frozenset[str]
    derived: Derived

    @property
    def name(self) -> str:
        """How people are told which run it is."""
        only = self.run.summary.get("obligation")
        of = f" of {only}" if only else ""
        return f"the run for {self.run.as_of}{of} ({self.run.recorded_at:%Y-%m-%d %H:%M} UTC)"

    def as_json(self) -> dict[str, Any]:
        """Return the run as `mandates notices prove --json` has it."""
        return {
            "as_of": self.run.as_of.isoformat(),
            "at": self.run.recorded_at.isoformat(),
            "obligation": self.run.summary.get("obligation"),
            "verdict": str(self.verdict),
            "owed": len(self.keys),
            "why": list(self.why),
        }


def verdicts(session: "Session", installation: Installation, runs: Sequence[Run]) -> Iterator[JudgedRun]:
    """Judge runs, given the earliest first."""
    numbers = [run.id for run in runs]
    places, seals = places_of(session, numbers), run_seals(session, numbers)
    judging = _Judging(session, installation)
    for run in runs:
        place = places.get(run.id)
        if place is None:
            yield JudgedRun(run, Verdict.NOT_PROVED, ["it is not in the chain"], frozenset(), Derived())
        else:
            yield judging.judged(run, place, seals.get(run.id))


class _Judging:
    """Everything that judging one run after the other needs, read once."""

    def __init__(self, session: "Session", installation: Installation) -> None:
        self._session, self._installation = session, installation
        self._rules = RulesThen(session, installation)
        self._ledger = LedgerThen(session)
        self._engine = engine_digest(installation)
        self._sealed_since = first_sealed(session)
        self._intact: dict[tuple[EditionOf, str], bool] = {}
        self._people: dict[tuple[tuple[str, int], ...], str] = {}

    def judged(self, run: Run, place: UpTo, seal: RunSeal | None) -> JudgedRun:
        """Judge one run."""
        ledger = self._ledger.found_by(place, seal)
        under = self._rules.of(run, seal)
        derived = derive_again(self._session, under or self._installation, run, place, ledger)
        if seal is None and run.id > self._sealed_since:
            return JudgedRun(run, Verdict.NOT_PROVED, [_UNSEALED], frozenset(derived.keys), derived)
        if seal is None:
            return self._unsealed(run, derived, known=under is not None)
        keys = self._listed(seal)
        why = [*self._broken(seal, place, keys), *self._lost(keys or [], place)]
        anew = seal.engine == self._engine
        if anew and under is None:
            why.append("the rules it worked by are not kept, or cannot be read")
        elif anew and keys is not None and not why:
            why += _differing(keys, derived.keys)
        verdict = Verdict.NOT_PROVED if why else Verdict.ANEW if anew else Verdict.FROM_SEALS
        if verdict is Verdict.FROM_SEALS:
            why.append(_ANOTHER)
        return JudgedRun(run, verdict, why, frozenset(keys or []), derived)

    def _unsealed(self, run: Run, derived: Derived, *, known: bool) -> JudgedRun:
        """Judge a run from before runs were sealed."""
        keys = derived.keys if known else moved_by(self._session, [(ENFORCE, run.recorded_at)])
        lost = [*self._lost(keys)]
        verdict = Verdict.NOT_PROVED if lost else Verdict.ACCOUNTED_FOR
        why = lost or [_OLDER if known else _NOT_DERIVED]
        return JudgedRun(run, verdict, why, frozenset(derived.keys if known else ()), derived)

    def _listed(self, seal: RunSeal) -> list[str] | None:
        """Return the keys that were sealed; None where a list of them is gone, or another."""
        lists = [edition(self._session, EditionOf.OWED, digest) for digest in seal.lists]
        content = [each for each in lists if each is not None]
        return b"".join(content).decode(errors="replace").splitlines() if len(content) == len(lists) else None

    def _broken(self, seal: RunSeal, place: UpTo, keys: list[str] | None) -> Iterator[str]:
        """Yield what is not as it was sealed."""
        if keys is None:
            yield "a list of what it sealed as owed is not kept as it was"
        elif (seal.owed, seal.digest) != (len(keys), digest_of(listed(keys))):
            yield "count and digest that it sealed are not those of the lists that it sealed"
        for kind, digest in ((EditionOf.ENGINE, seal.engine), (EditionOf.RULES, seal.rules)):
            if not self._is_kept(kind, digest):
                yield f"the edition of the {kind} that it sealed is not kept as it was"
        if not self._is_of_people(seal.people, place):
            yield "who was who is not what it sealed"

    def _is_kept(self, kind: EditionOf, digest: str) -> bool:
        if (kind, digest) not in self._intact:
            self._intact[kind, digest] = edition(self._session, kind, digest) is not None
        return self._intact[kind, digest]

    def _is_of_people(self, digest: str, place: UpTo) -> bool:
        """Return whether the people on record then are those of an edition."""
        last = (*sorted(last_people(self._session, place).items()),)
        if last not in self._people:
            self._people[last] = digest_of(people_edition(self._session, place))
        return self._is_kept(EditionOf.PEOPLE, digest) and self._people[last] == digest

    def _lost(self, keys: Sequence[str], by: UpTo | None = None) -> Iterator[str]:
        """Yield that the ledger had not everything that was owed."""
        if lost := [key for key in keys if not self._ledger.has(key, by)]:
            yield f"the ledger did not have all that was owed: {_some(lost)}"


def _differing(sealed: Sequence[str], derived: Sequence[str]) -> Iterator[str]:
    """Yield in what the keys that were derived again differ from those that were sealed."""
    if sealed == derived:
        return
    yield f"derived again are {len(derived)} notices, and {len(sealed)} were sealed"
    less, more = set(sealed) - set(derived), set(derived) - set(sealed)
    if less:
        yield f"sealed, and not derived again: {_some(sorted(less))}"
    if more:
        yield f"derived again, and not sealed: {_some(sorted(more))}"


def _some(keys: Sequence[str]) -> str:
    more = len(keys) - _NAMED
    return ", ".join(keys[:_NAMED]) + (f" and {more} more" if more > 0 else "")
