"""The Network's own pack and the facts that the first session was given."""

from dataclasses import replace
from pathlib import Path

from policies.facts.facts import Certainty, Completion, Event, Facts
from policies.pack.pack import load_pack
from policies.status.status import ObligationStatus, Turn
from tests.days import day

FOLDER = Path(__file__).parents[2] / "policies" / "packs" / "un-network-on-migration"
PACK = load_pack(FOLDER)
AS_OF = day("Mon 2026-11-23")
FORUM = "international-migration-review-forum"


def forum(edition: str, first: str, last: str, certainty: Certainty = Certainty.CONFIRMED) -> Event:
    return Event(FORUM, edition, day(first), day(last), certainty, "the programme of the forum")


FORUM_2022 = forum("2022", "Tue 2022-05-17", "Fri 2022-05-20")
FORUM_2026 = forum("2026", "Tue 2026-05-05", "Fri 2026-05-08")
FACTS = Facts(
    events=(FORUM_2022, FORUM_2026),
    completions=(
        Completion("working-arrangements-review", day("Mon 2025-11-10"), "report of the review"),
        Completion("working-group-review", day("Tue 2022-12-06"), "decision on each group"),
        Completion("fund-board-review", day("Mon 2025-06-30"), "review note", "2025"),
        Completion("secretary-general-review", day("Wed 2024-11-20"), "letter", "2024"),
    ),
    went_live_on=AS_OF,
)
NOTHING_KNOWN = Facts(went_live_on=AS_OF)


def completed(
    obligation: str, on: str, counts_for: str | None = None, *, partial: bool = False
) -> Completion:
    return Completion(obligation, day(on), "document", counts_for, partial)


def knowing(*completions: Completion, of: Facts = FACTS) -> Facts:
    """Return the facts with further completions."""
    return replace(of, completions=(*of.completions, *completions))


def status(obligation: str, facts: Facts = FACTS, as_of: str = "Mon 2026-11-23") -> ObligationStatus:
    return PACK.status(obligation, facts, day(as_of))


def turn(obligation: str, cycle: str, facts: Facts = FACTS, as_of: str = "Mon 2026-11-23") -> Turn:
    """Return one cycle of an obligation as it stands on a day."""
    turns = status(obligation, facts, as_of).turns
    return next(turn for turn in turns if turn.cycle.name == cycle)
