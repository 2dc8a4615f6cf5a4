"""The facts for one who asks for them again and again: all are read once, and then what is new."""

from sqlalchemy.orm import Session

from policies.facts.facts import Facts
from policies.facts.gathered import with_more
from records.chain.audit import UNREADABLE, has_unsealed
from records.facts.facts import KINDS, UnreadableRecordError, read_facts, read_kind
from records.marks import Mark, mark


class GrowingFacts:
    """The facts of one record as they grow. What was withdrawn or forgotten meanwhile is seen too.

    Facts that the asking session has recorded itself are returned, but not kept: it may still take them back.
    """

    def __init__(self) -> None:
        self._kept: tuple[Mark, Facts] | None = None

    def now(self, session: Session) -> Facts:
        """Return the facts that `session` sees.

        Raises:
            UnreadableRecordError: something else than this program has changed a fact.
        """
        at = mark(session)
        facts = self._facts(session, at)
        if not has_unsealed(session):
            self._kept = at, facts
        return facts

    def _facts(self, session: Session, at: Mark) -> Facts:
        if self._kept is None or not _only_grown(self._kept[0], at):
            return read_facts(session)
        before, facts = self._kept
        newer = {name: after for name, after in before.newest.items() if at.newest[name] > after}
        try:
            more = {name: read_kind(session, KINDS[name], after=after) for name, after in newer.items()}
        except UNREADABLE as error:
            raise UnreadableRecordError(error) from error
        return with_more(facts, more) if more else facts


def _only_grown(before: Mark, now: Mark) -> bool:
    """Return whether nothing was taken back between two marks of one record."""
    same = (before.taken_back, before.went_live_on) == (now.taken_back, now.went_live_on)
    return same and all(now.newest[name] >= newest for name, newest in before.newest.items())
