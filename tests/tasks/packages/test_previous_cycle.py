"""What a package remembers of the cycle before: what its letters asked, what was decided and done."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from policies.facts.answers import Answer, AnswerKind
from records.cycles import opened_cycles
from records.database import reading, writing
from records.facts.facts import KINDS, record_fact
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import open_cycle_of
from tasks.installation.installation import Installation
from tasks.packages.previous_cycle import memory_of
from tests.days import day
from tests.installations import TODAY, Facts, Listed, at, record, workplace_in

OPENED, CALLED, NEXT = day("Mon 2027-01-04"), day("Fri 2027-10-08"), day("Mon 2028-01-03")
MEETING = "annual-meeting"


def decision(name: str, on: date) -> dict[str, object]:
    return {"id": name, "decided_on": on, "owner": "secretariat", "text": f"do {name}", "source": "minutes"}


HELD: Facts = {
    "completions": [
        {
            "obligation": MEETING,
            "completed_on": date(2027, 12, 10),
            "evidence": "summary 27",
            "counts_for": "2027",
        },
        {
            "obligation": "decision-follow-up",
            "completed_on": date(2027, 12, 20),
            "evidence": "note of 20 December",
            "counts_for": "publish",
        },
    ],
    "decisions": [
        decision("long-ago", date(2026, 12, 1)),
        decision("publish", date(2027, 3, 1)),
        decision("merge", date(2027, 12, 10)),
    ],
}


def lived(installation: Installation, on: date) -> None:
    enforce(installation, on, at(on), obligation=MEETING)
    dispatch(installation, on, at(on), Listed().open_channels)


def reworded(installation: Installation) -> Installation:
    """Return the installation under a pack that asks in other words."""
    pack = installation.pack
    duty = pack.obligations[MEETING].model_copy(update={"asked": {"en": "other words"}})
    return replace(installation, pack=replace(pack, obligations={**pack.obligations, MEETING: duty}))


def test_it_says_word_for_word_what_was_asked_and_what_was_decided_and_whether_it_was_done(tmp_path: Path):
    with workplace_in(tmp_path) as opened:
        installation = replace(opened, pack=replace(opened.pack, catch_up=None))
        asked = installation.pack.obligations[MEETING].asked
        for on in (TODAY, OPENED, CALLED):
            lived(installation, on)
        came = Answer(f"{MEETING}/2027", "ilo", AnswerKind.UNVERIFIED, CALLED, "inbox item 1")
        with writing(installation.engine) as session:
            record_fact(session, KINDS["answer"].keeping(came, "mailbox", at(CALLED)))
        record(installation, HELD, NEXT)
        lived(reworded(installation), NEXT)
        with reading(installation.engine) as session:
            open_cycle = open_cycle_of(session, Intake(installation, NEXT), f"{MEETING}/2028")
            memory = memory_of(session, open_cycle, opened_cycles(session))
    assert memory is not None
    assert "who" in {each.person for each in memory.silent}
    assert "ilo" not in {each.person for each in memory.silent}
    assert (memory.cycle, memory.asked) == (f"{MEETING}/2027", (asked,))
    assert memory.ended is not None
    assert (memory.ended.met_on, memory.ended.evidence) == (date(2027, 12, 10), "summary 27")
    assert [(each.id, each.done_on) for each in memory.decided] == [
        ("publish", date(2027, 12, 20)),
        ("merge", None),
    ]
