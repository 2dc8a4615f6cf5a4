"""What a fact was accepted on without naming it: outcomes under a review, a consultation under an agenda."""

from collections.abc import Iterator
from datetime import date

from policies.facts.meetings import PaperKind
from policies.facts.resting import Numbered, Record, facts_of
from policies.membership.groups import undecided
from policies.pack.pack import Pack


def groundless(pack: Pack, record: Record, left: Record, as_of: date) -> Iterator[Numbered]:
    """Yield the facts in `left` that the whole `record` accepts, and what is left of it would refuse."""
    for found in (_reviews(pack, record, left, as_of), _agendas(pack, record, left)):
        yield from found


def _reviews(pack: Pack, record: Record, left: Record, as_of: date) -> Iterator[Numbered]:
    """Yield the completions that close a review of groups of which one has no outcome any more."""
    if record["outcome"] == left["outcome"]:
        return
    rolls, fewer = facts_of(record).rolls, facts_of(left).rolls
    for obligation in {body.reviewed_by for body in pack.bodies.values() if body.reviewed_by}:
        for turn in pack.status(obligation, facts_of(record), as_of).turns:
            for number, completion in left["completion"].items():
                if completion == turn.cycle.completion and not completion.partial:
                    asked = (turn.cycle.key, completion.completed_on)
                    if {*undecided(fewer, *asked)} - {*undecided(rolls, *asked)}:
                        yield Numbered("completion", number)


# REV-3b
def _agendas(pack: Pack, record: Record, left: Record) -> Iterator[Numbered]:
    """Yield the final agendas without a record of their consultation from before them any more."""
    meetings = [*record["convening"].values(), *record["meeting"].values()]
    kinds = {meeting.id: meeting.kind for meeting in meetings}
    for number, paper in left["paper"].items():
        if paper.kind is PaperKind.AGENDA and kinds.get(paper.meeting) in pack.instrument.consulted_agendas:
            before, after = (_consulted_on(each, paper.meeting) for each in (record, left))
            if before < paper.issued_on <= after:
                yield Numbered("paper", number)


def _consulted_on(record: Record, meeting: str) -> date:
    papers = [paper for paper in record["paper"].values() if paper.meeting == meeting]
    days = [paper.issued_on for paper in papers if paper.kind is PaperKind.CONSULTATION_RECORD]
    return min(days, default=date.max)
