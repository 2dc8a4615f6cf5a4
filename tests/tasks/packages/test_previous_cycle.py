"""What a package remembers of the cycle before: what its letters asked, what was decided and done."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from records.cycles import opened_cycles
from records.database import reading
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.submitting import docket_of
from tasks.installation.workplace import Workplace
from tasks.packages.previous_cycle import memory_of
from tests.days import day
from tests.workplaces import TODAY, Facts, Listed, at, record, workplace_in

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


def lived(workplace: Workplace, on: date) -> None:
    enforce(workplace, on, at(on), obligation=MEETING)
    dispatch(workplace, on, at(on), Listed().outlet)


def reworded(workplace: Workplace) -> Workplace:
    """Return the workplace under a pack that asks in other words."""
    pack = workplace.pack
    duty = pack.obligations[MEETING].model_copy(update={"asked": {"en": "other words"}})
    return replace(workplace, pack=replace(pack, obligations={**pack.obligations, MEETING: duty}))


def test_it_says_word_for_word_what_was_asked_and_what_was_decided_and_whether_it_was_done(tmp_path: Path):
    with workplace_in(tmp_path) as opened:
        workplace = replace(opened, pack=replace(opened.pack, catch_up=None))
        asked = workplace.pack.obligations[MEETING].asked
        for on in (TODAY, OPENED, CALLED):
            lived(workplace, on)
        record(workplace, HELD, NEXT)
        lived(reworded(workplace), NEXT)
        with reading(workplace.engine) as session:
            docket = docket_of(session, workplace, f"{MEETING}/2028", NEXT)
            memory = memory_of(session, docket, opened_cycles(session))
    assert memory is not None
    assert (memory.cycle, memory.asked) == (f"{MEETING}/2027", (asked,))
    assert memory.ended is not None
    assert (memory.ended.met_on, memory.ended.evidence) == (date(2027, 12, 10), "summary 27")
    assert [(each.id, each.done_on) for each in memory.decided] == [
        ("publish", date(2027, 12, 20)),
        ("merge", None),
    ]
