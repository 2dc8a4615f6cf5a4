"""Everything at a glance: all standings of one day, derived once, then searched and paged."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from language.explanations import Names
from policies.facts.facts import Facts
from policies.pack.pack import Pack
from policies.people.deriving import directory_on
from policies.people.directory import Directory
from policies.status.states import State
from policies.status.status import ObligationStatus
from records.marks import Mark
from records.overview import Glance, Index
from tasks.status.attention import Attention, attention_on
from tasks.status.next_steps import NextStep, steps_soon
from tasks.status.statuses import one_by_one

_QUIET = {State.OPEN: 5, State.SCHEDULED: 6, State.UNKNOWN: 7, State.STANDING: 8}
_REST = 9


@dataclass(frozen=True, slots=True)
class SnapshotKey:
    """What a glance rests on: the day, and the mark of the facts. Another day or fact is another moment."""

    as_of: date
    facts: Mark


@dataclass(frozen=True)
class Overview:
    """All that was derived for one moment.

    `soon` are the steps of the coming two weeks; `falls` counts what opens, is aimed at and due by quarter.
    """

    snapshot_key: SnapshotKey
    pack: Pack
    directory: Directory
    facts: Facts
    index: Index
    attention: Sequence[Attention]
    soon: Sequence[NextStep]
    falls: Mapping[tuple[int, int, str], int]

    @property
    def as_of(self) -> date:
        """The day asked about."""
        return self.snapshot_key.as_of

    @cached_property
    def names(self) -> Names:
        """The words for every id that an explanation may mention."""
        titles = {obligation.id: obligation.title for obligation in self.pack.obligations.values()}
        actors = {actor.id: actor.name for actor in self.pack.instrument.actors}
        return {**actors, **titles, **self.pack.instrument.meetings, **self.pack.instrument.events}

    def status(self, obligation: str) -> ObligationStatus:
        """Return where one obligation stands.

        Raises:
            UnknownObligationError: the pack has no such obligation.
        """
        return self.pack.status(obligation, self._happened, self.as_of)

    @cached_property
    def _happened(self) -> Facts:
        return self.facts.upto(self.as_of)  # once for all: else every row looks through the facts of all


def overview(pack: Pack, facts: Facts, snapshot_key: SnapshotKey) -> Overview:
    """Derive every standing of the day, and keep what is needed to find one."""
    attention: list[Attention] = []
    falls: Counter[tuple[int, int, str]] = Counter()
    rows: list[Glance] = []
    soon: list[NextStep] = []
    for status in one_by_one(pack, facts, snapshot_key.as_of):
        mine = list(attention_on(status))
        attention += mine
        soon += steps_soon(status)
        falls.update(_falls(status))
        rows.append(_glance(pack, status, mine))
    attention.sort(key=lambda each: (each.rank, each.subject))
    soon.sort(key=lambda step: (step.on, step.cycle))
    directory = directory_on(facts.who, snapshot_key.as_of)
    return Overview(snapshot_key, pack, directory, facts, Index(rows), attention, soon, falls)


def _glance(pack: Pack, status: ObligationStatus, attention: Sequence[Attention]) -> Glance:
    obligation, turn = status.obligation, status.current
    pressing = min((each.rank for each in attention), default=_QUIET.get(turn.state, _REST))
    holder = pack.actors[obligation.holder]
    words = (
        obligation.id,
        *obligation.title.values(),
        *obligation.provisions,
        turn.cycle.name,
        holder.id,
        *holder.name.values(),
    )
    return Glance(
        obligation=obligation.id,
        rank=pressing,
        plan_on=turn.cycle.plan_on,
        state=str(turn.state),
        holder=obligation.holder,
        found="\n".join(words).casefold(),
    )


def _falls(status: ObligationStatus) -> Iterator[tuple[int, int, str]]:
    for turn in status.turns:
        cycle = turn.cycle
        dates = (("opens", cycle.opens_on), ("target", cycle.target_on), ("due", cycle.due_on))
        for which, on in dates:
            if on and on >= turn.as_of:
                yield on.year, (on.month - 1) // 3 + 1, which
