"""The example pack of the documents: a second institution, with rules and facts of its own."""

import shutil
from pathlib import Path

from policies.facts.facts import Certainty, Completion, Event, Facts
from policies.pack.pack import load_pack
from tests.days import day

FOLDER = Path(__file__).parents[1] / "docs" / "examples" / "harbour-commission"
PACK = load_pack(FOLDER)
AS_OF = day("Mon 2026-11-23")
CONGRESS = Event(
    "congress-of-pilots",
    "2027",
    day("Mon 2027-06-07"),
    day("Thu 2027-06-10"),
    Certainty.CONFIRMED,
    "letter of 3 November 2026",
)
FACTS = Facts(
    events=(CONGRESS,),
    completions=(Completion("pilotage-review", day("Mon 2026-08-31"), "minute 12 of 2026"),),
    went_live_on=AS_OF,
)

PILOTAGE = "obligations/pilotage-review.toml"
DREDGING = "obligations/dredging-plan.toml"
SAFETY = "obligations/safety-report.toml"
CONGRESS_PAPER = "obligations/congress-paper.toml"


def copied(tmp_path: Path, *changes: tuple[str, str, str]) -> Path:
    """Copy the pack and put `new` for `old` in some files, each change as (file, old, new)."""
    folder = shutil.copytree(FOLDER, tmp_path / "harbour")
    for file, old, new in changes:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}"
        (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def added(folder: Path, file: str, text: str) -> Path:
    """Add text at the end of a file of the pack."""
    with (folder / file).open("a", encoding="utf-8") as opened:
        opened.write(f"\n{text}")
    return folder
