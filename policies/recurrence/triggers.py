"""What opens the cycles of a duty that only a fact sets off, and what ends them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from policies.facts.decisions import ENDS
from policies.facts.facts import Completion, Facts
from policies.facts.meetings import BEHIND, PUBLISHED, Paper, PaperKind
from policies.facts.proposals import SETTLES, StepKind
from policies.recurrence.cycles import Anchor, AnchorKind, Trigger


@dataclass(frozen=True, slots=True)
class Triggered:
    """A fact that opens a cycle.

    `own_due` is the day the fact itself names; `ended` is what ended it, where facts of its own say so.
    """

    name: str
    anchor: Anchor
    trigger: Trigger
    own_due: Anchor | None = None
    ended: Completion | None = None


def meetings(obligation: str, facts: Facts, kinds: tuple[str, ...]) -> Iterator[Triggered]:
    """Yield the meetings that were held; one ends when all that is published of it is."""
    for meeting in facts.meetings:
        if meeting.partial or (kinds and meeting.kind not in kinds):
            continue
        papers = {paper.kind: paper for paper in facts.papers_of(meeting.id)}
        done = frozenset(step for step, behind in BEHIND.items() if behind <= papers.keys())
        anchor = Anchor(AnchorKind.MEETING, f"{meeting.kind} {meeting.id}", meeting.held_on, meeting.source)
        ended = _published(obligation, meeting.id, papers)
        yield Triggered(meeting.id, anchor, Trigger(meeting.title, done=done), ended=ended)


def _published(obligation: str, meeting: str, papers: Mapping[PaperKind, Paper]) -> Completion | None:
    # SEC-4i
    if not papers.keys() >= set(PUBLISHED):
        return None
    needed = [papers[kind] for kind in PUBLISHED]
    evidence = "; ".join(dict.fromkeys(paper.reference for paper in needed))
    return Completion(obligation, max(paper.issued_on for paper in needed), evidence, meeting)


def decisions(obligation: str, facts: Facts, _: tuple[str, ...]) -> Iterator[Triggered]:
    """Yield the decisions that were taken; one ends when it is carried out, or lapses, on evidence."""
    for decision in facts.decisions:
        anchor = Anchor(AnchorKind.DECISION, decision.id, decision.decided_on, decision.source)
        named = anchor._replace(kind=AnchorKind.DECISION_DUE, on=decision.due_on) if decision.due_on else None
        progress = facts.progress_of(decision.id)
        end = next((each for each in progress if each.status in ENDS), None)
        ended = Completion(obligation, end.noted_on, end.evidence or end.says, decision.id) if end else None
        trigger = Trigger(decision.text, decision.owners, checked=decision.mandates_respected is not None)
        yield Triggered(decision.id, anchor, trigger, named, ended)


def proposals(obligation: str, facts: Facts, _: tuple[str, ...]) -> Iterator[Triggered]:
    """Yield the proposals without consensus; one ends when a way forward is agreed, or the matter settled."""
    for proposal in facts.proposals:
        steps = facts.steps_about(proposal.id)
        if not steps:
            continue
        first, last = steps[0], steps[-1]
        anchor = Anchor(AnchorKind.STEP, proposal.id, first.taken_on, first.source)
        marks = [(str(step.kind), step.taken_on) for step in steps]
        # What the Secretary-General is handed is put together on the day of the referral.
        marks += [("package-assembled", step.taken_on) for step in steps if step.kind is StepKind.REFERRED]
        settled = last.kind in SETTLES
        ended = Completion(obligation, last.taken_on, last.source, proposal.id) if settled else None
        done = frozenset(str(step.kind) for step in steps[:-1])
        trigger = Trigger(proposal.title, marks=tuple(marks), done=done)
        yield Triggered(proposal.id, anchor, trigger, ended=ended)


TRIGGERS: Mapping[str, Callable[[str, Facts, tuple[str, ...]], Iterator[Triggered]]] = {
    "meeting": meetings,
    "decision": decisions,
    "proposal": proposals,
}
