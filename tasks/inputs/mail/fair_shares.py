"""How much of what waits in the mailbox one run takes of each sender: nobody keeps the others waiting."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

from policies.problems import visible

_MEGABYTE = 1024 * 1024
_MOST_NAMED = 5  # senders in the findings of a run


@dataclass(frozen=True, slots=True)
class Budget:
    """What one run takes of one sender and of all: messages, bytes and seconds. All is house practice.

    The first message of a sender is taken whatever its size.
    """

    messages: int = 200
    size: int = 200 * _MEGABYTE
    seconds: float = 300.0
    all_messages: int = 2000
    all_size: int = 1024 * _MEGABYTE


BUDGET = Budget()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message that waits: what the server calls it, its size in bytes, the address it says it is from."""

    uid: str
    size: int
    sender: str


@dataclass(slots=True)
class Shares:
    """The shares of one run. `clock` gives seconds that only go on; what is not taken is counted as left."""

    budget: Budget
    clock: Callable[[], float]
    left: list[Waiting] = field(default_factory=list)
    _spent: dict[str, float] = field(default_factory=dict)

    def taken(self, waiting: Iterable[Waiting], known: Collection[str]) -> Iterator[Waiting]:
        """Yield what this run takes, the earliest of each sender first, and of all senders one by one.

        Those who are `known` come before strangers, who can take any name they like. How long somebody's
        messages took is what passes until the next one is asked for.
        """
        queues: dict[str, list[Waiting]] = {}
        for each in waiting:
            queues.setdefault(each.sender, []).append(each)
        ours = [queue for sender, queue in queues.items() if sender in known]
        others = [queue for sender, queue in queues.items() if sender not in known]
        count = size = 0
        for each in [*_one_by_one(map(self._share, ours)), *_one_by_one(map(self._share, others))]:
            over = count >= self.budget.all_messages or (count and size + each.size > self.budget.all_size)
            if over or self._spent.get(each.sender, 0.0) >= self.budget.seconds:
                self.left.append(each)
                continue
            count, size, started = count + 1, size + each.size, self.clock()
            yield each
            self._spent[each.sender] = self._spent.get(each.sender, 0.0) + self.clock() - started

    def findings(self) -> Iterator[str]:
        """Yield of whom how much waits for the next run, the most first."""
        by_sender: dict[str, list[Waiting]] = {}
        for each in self.left:
            by_sender.setdefault(each.sender, []).append(each)
        most = sorted(by_sender.items(), key=lambda item: (-len(item[1]), item[0]))
        for sender, queue in most[:_MOST_NAMED]:
            yield f"mail from {visible(sender) or 'nobody'}: {_in_words(queue)}"
        if rest := [each for _, queue in most[_MOST_NAMED:] for each in queue]:
            others = len(most) - _MOST_NAMED
            yield f"mail from {others} more senders: {_in_words(rest)}"

    def _share(self, queue: Sequence[Waiting]) -> Sequence[Waiting]:
        size = 0
        for number, each in enumerate(queue):
            size += each.size
            if number and (number >= self.budget.messages or size > self.budget.size):
                self.left += queue[number:]
                return queue[:number]
        return queue


def _one_by_one(queues: Iterable[Sequence[Waiting]]) -> Iterator[Waiting]:
    for row in zip_longest(*queues):
        yield from (each for each in row if each is not None)


def _in_words(queue: Sequence[Waiting]) -> str:
    size = sum(each.size for each in queue) / _MEGABYTE
    return f"{len(queue)} messages, {size:.1f} megabytes, more than one run takes; they wait for the next"
