"""A home with one of everything: letters in the outbox, inputs, a released package, a published statement."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.installation.sealing import seal_what_left
from tasks.packages.assembly import assemble, release
from tasks.statement.publishing import month, state
from tests.installations import ONE_LANGUAGE, TODAY, at, record, workplace_in
from tests.tasks.sent import sent

CYCLE = "working-group-review/2026"
REVIEW = "secretary-general-review/2026"
ASKED = (
    *("iom", "ilo", "ohchr", "undesa", "undp", "unhcr", "unicef", "unodc", "who", "unfpa"),
    *("unitar", "unu", "eca", "ece", "eclac", "escap", "escwa"),
)
LATER = TODAY.replace(day=30)
NIL: dict[str, object] = {"kind": "nil-return", "received_on": LATER, "source": "letter"}


@cache
def _lived() -> Path:
    """Make the home once: it takes seconds, and every test takes a copy."""
    home = Path(mkdtemp(prefix="lived-"))
    with workplace_in(home, languages=ONE_LANGUAGE) as installation:
        for on in (TODAY, LATER):
            enforce(installation, on, at(on))
            dispatch(installation, on, at(on, 7))
        sent(installation, CYCLE, "ilo", {"views.txt": b"our views"}, LATER)
        sent(installation, CYCLE, "undp", {"empty.pdf": b"%PDF-nonsense"}, LATER)
        assemble(installation, LATER, at(LATER, 9), cycle=CYCLE)
        answers = [{**NIL, "cycle": REVIEW, "person": person} for person in ASKED]
        record(installation, {"answers": answers}, LATER)
        assemble(installation, LATER, at(LATER, 10), cycle=REVIEW)
        release(installation, REVIEW, "A. Officer", LATER, at(LATER, 11))
        state(installation, month("2026-10", LATER), at(LATER, 12), "A. Officer")
        seal_what_left(installation.engine, installation.settings, at(LATER, 13))
        installation.engine.dispose()
    return home


def lived_in(home: Path) -> Path:
    """Return a home that is such a one, its record on SQLite."""
    shutil.copytree(_lived(), home, dirs_exist_ok=True)
    return home
