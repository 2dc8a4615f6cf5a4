"""Every sentence the program can say about a date, in each language, as a file that its speakers read."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from language.catalogues import languages
from language.changes import rule_checked, what_changes
from language.explanations import sentence, standing_sentence
from language.rolled_days import remarks, remarks_on_due
from policies.calendar.working_days import RolledDay
from policies.facts.facts import Certainty
from policies.recurrence.cycles import Anchor, AnchorKind, Basis
from policies.status.explanation import Step
from tests.days import day
from tests.golden import GOLDEN, assert_golden
from tests.notifications.contents import DUE_STEP
from tests.policies.network import PACK

FORUM, REVIEW = "international-migration-review-forum", "working-arrangements-review"
ANCHORS = {
    AnchorKind.COMPLETION: REVIEW,
    AnchorKind.ASSUMED: REVIEW,
    AnchorKind.EVENT_START: f"{FORUM} 2030",
    AnchorKind.EVENT_END: f"{FORUM} 2030",
    AnchorKind.SLOT: "2030-05",
    AnchorKind.PERIOD: "2030",
    AnchorKind.MEETING: "annual-meeting am-7",
    AnchorKind.DECISION: "EC-2030-4",
    AnchorKind.DECISION_DUE: "EC-2030-4",
    AnchorKind.TERM_END: "donors-2-2030-05-07",
}
NAMES = {
    REVIEW: PACK.obligation(REVIEW).title,
    **PACK.instrument.events,
    **PACK.instrument.meetings,
}
COUNTS = {"opens_on": (0, "days"), "target_on": (-12, "weeks"), "due_on": (21, "months")}
ROLLED = RolledDay(day("Fri 2026-12-04"), rolled_from=day("Sun 2026-12-06"), provisional=True)


def steps() -> Iterator[Step]:
    """Yield a step for each kind of anchor and of date, from the first of a month and from another day."""
    for kind, subject in ANCHORS.items():
        for of, (count, unit) in COUNTS.items():
            for on in ("Wed 2030-05-01", "Tue 2030-05-07"):
                yield replace(
                    DUE_STEP,
                    of=of,
                    anchor=subject,
                    anchor_kind=kind,
                    anchor_on=day(on),
                    count=count,
                    unit=unit,
                    result=day("Tue 2030-10-01"),
                    basis=Basis.HOUSE_PRACTICE if of == "target_on" else Basis.MANDATE,
                    certainty=Certainty.TENTATIVE if of == "target_on" else Certainty.CONFIRMED,
                )


def sentences(language: str) -> Iterator[str]:
    yield from (sentence(step, language, NAMES) for step in steps())
    yield from (what_changes(replace(DUE_STEP, anchor_kind=kind), language) for kind in AnchorKind)
    yield rule_checked(day("Wed 2018-12-19"), day("Mon 2026-11-23"), language)
    met = Anchor(AnchorKind.MEETING, "annual-meeting am-7", day("Thu 2026-10-01"), "minutes")
    yield from (standing_sentence(last_done, language, NAMES) for last_done in (met, None))
    yield from remarks(day("Fri 2026-12-25"), language, provisional=True)
    yield from remarks_on_due(ROLLED, language)


@pytest.mark.parametrize("language", sorted(languages()))
def test_the_sentences_are_those_that_speakers_have_read(language):
    written = "\n".join(dict.fromkeys(sentences(language)))
    assert "%(" not in written
    assert_golden(GOLDEN / "sentences" / f"{language}.txt", f"{written}\n")
