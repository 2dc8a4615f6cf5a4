"""What sets a duty off, whole: every field of it, so that nothing of where a date comes from can get lost."""

from policies.facts.decisions import Decision, Progress, Status
from policies.facts.facts import Completion, Facts
from policies.facts.meetings import Confidentiality, Meeting, Paper, PaperKind
from policies.facts.proposals import Proposal, ProposalStep, StepKind
from policies.recurrence.cycles import Anchor, AnchorKind, Trigger
from policies.recurrence.triggers import Triggered, decisions, meetings, proposals
from tests.days import day

DUTY = "the duty"
COUNCIL = Meeting("c-1", "council", day("Thu 2026-09-03"), "First council", "the minutes")
TAKEN = Decision(
    "d-1", day("Mon 2026-03-02"), ("board", "donors"), "To publish", "decision 1", day("Fri 2026-05-29")
)
OPEN = Decision("d-2", day("Tue 2026-03-03"), (), "To wait", "decision 2", None, None, "seen to")
CONTENT = Proposal("p-1", day("Mon 2026-02-02"), "a member", "A new group", "letter 1")


def paper(kind: PaperKind, on: str, reference: str) -> Paper:
    return Paper("c-1", kind, day(on), reference, ("en",), Confidentiality.PUBLIC)


def step(kind: StepKind, on: str, source: str) -> ProposalStep:
    return ProposalStep("p-1", kind, day(on), "the Coordinator", "as noted", source)


def held(done: frozenset[str], ended: Completion | None) -> Triggered:
    anchor = Anchor(AnchorKind.MEETING, "council c-1", day("Thu 2026-09-03"), "the minutes")
    return Triggered("c-1", anchor, Trigger("First council", done=done), ended=ended)


def test_a_meeting_ends_when_minutes_documents_and_decisions_are_out_on_the_day_of_the_last():
    papers = [
        paper(PaperKind.MINUTES, "Mon 2026-09-14", "page 1"),
        paper(PaperKind.DOCUMENTS, "Wed 2026-09-16", "page 2"),
    ]
    last = paper(PaperKind.DECISIONS, "Tue 2026-09-15", "page 1")
    begun = Facts(meetings=[COUNCIL], papers=papers)
    whole = Facts(meetings=[COUNCIL], papers=[*papers, last])
    assert list(meetings(DUTY, begun, ())) == [held(frozenset(), None)]
    assert list(meetings(DUTY, whole, ())) == [
        held(
            frozenset({"decisions-published", "outcome-published"}),
            Completion(DUTY, day("Wed 2026-09-16"), "page 1; page 2", "c-1"),
        )
    ]


def test_only_meetings_of_the_kinds_that_are_named_and_known_whole_count():
    partial = Meeting("c-0", "council", day("Mon 2026-06-01"), "Council", "a site", partial=True)
    other = Meeting("b-1", "board", day("Mon 2026-06-08"), "Board", "the minutes")
    known = Facts(meetings=[partial, other, COUNCIL])
    assert [each.name for each in meetings(DUTY, known, ("council",))] == ["c-1"]
    assert [each.name for each in meetings(DUTY, known, ())] == ["b-1", "c-1"]


def test_a_decision_says_who_acts_by_when_and_ends_with_its_evidence():
    under_way = Progress("d-1", day("Wed 2026-04-01"), Status.UNDER_WAY, "begun")
    ends = Progress("d-1", day("Mon 2026-05-04"), Status.CARRIED_OUT, "published", "the web page")
    after = Progress("d-1", day("Tue 2026-06-02"), Status.LAPSED, "again")
    lapsed = Progress("d-2", day("Thu 2026-07-02"), Status.LAPSED, "no longer wanted")
    known = Facts(decisions=[TAKEN, OPEN], progress=[under_way, ends, after, lapsed])
    taken = Anchor(AnchorKind.DECISION, "d-1", day("Mon 2026-03-02"), "decision 1")
    assert list(decisions(DUTY, known, ())) == [
        Triggered(
            "d-1",
            taken,
            Trigger("To publish", ("board", "donors"), checked=False),
            Anchor(AnchorKind.DECISION_DUE, "d-1", day("Fri 2026-05-29"), "decision 1"),
            Completion(DUTY, day("Mon 2026-05-04"), "the web page", "d-1"),
        ),
        Triggered(
            "d-2",
            Anchor(AnchorKind.DECISION, "d-2", day("Tue 2026-03-03"), "decision 2"),
            Trigger("To wait", (), checked=True),
            None,
            Completion(DUTY, day("Thu 2026-07-02"), "no longer wanted", "d-2"),
        ),
    ]


def test_a_decision_that_is_under_way_has_not_ended():
    known = Facts(
        decisions=[TAKEN], progress=[Progress("d-1", day("Wed 2026-04-01"), Status.DELAYED, "late")]
    )
    assert [each.ended for each in decisions(DUTY, known, ())] == [None]


def test_a_proposal_bears_the_day_of_each_step_and_the_referral_counts_as_the_package():
    steps = [
        step(StepKind.NO_CONSENSUS, "Mon 2026-02-09", "minutes 1"),
        step(StepKind.PRINCIPALS, "Tue 2026-02-17", "letter 2"),
        step(StepKind.FAILED, "Wed 2026-02-25", "minutes 2"),
        step(StepKind.REFERRED, "Thu 2026-03-05", "letter 3"),
    ]
    known = Facts(proposals=[CONTENT], steps=steps)
    marks = (
        ("no-consensus", day("Mon 2026-02-09")),
        ("principals", day("Tue 2026-02-17")),
        ("failed", day("Wed 2026-02-25")),
        ("referred", day("Thu 2026-03-05")),
        ("package-assembled", day("Thu 2026-03-05")),
    )
    anchor = Anchor(AnchorKind.STEP, "p-1", day("Mon 2026-02-09"), "minutes 1")
    done = frozenset({"no-consensus", "principals", "failed"})
    assert list(proposals(DUTY, known, ())) == [
        Triggered("p-1", anchor, Trigger("A new group", marks=marks, done=done))
    ]


def test_a_proposal_ends_with_the_step_that_settles_it_and_one_without_a_step_opens_nothing():
    quiet = Proposal("p-0", day("Mon 2026-01-05"), "a member", "A name", "letter 0")
    steps = [
        step(StepKind.NO_CONSENSUS, "Mon 2026-02-09", "minutes 1"),
        step(StepKind.PRINCIPALS, "Tue 2026-02-10", "letter 2"),
        step(StepKind.WITHDRAWN, "Wed 2026-02-11", "letter 3"),
    ]
    (only,) = proposals(DUTY, Facts(proposals=[quiet, CONTENT], steps=steps), ())
    assert only.ended == Completion(DUTY, day("Wed 2026-02-11"), "letter 3", "p-1")
    assert only.trigger.done == {"no-consensus", "principals"}
