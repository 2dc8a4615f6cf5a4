"""Withdrawing a fact that was wrong, unless another one on record rests on it."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import TYPE_CHECKING

from policies.enforcement.resting import resting_on
from policies.entries.facts_file import written
from policies.facts.resting import Numbered
from records.facts.facts import correct_fact, fact_in_force, facts_by_number

if TYPE_CHECKING:
    from policies.pack.pack import Pack
    from records.database import Session


class StillNeededError(LookupError):
    """A fact cannot be withdrawn while others rest on it; the message says which to withdraw first."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A fact that is withdrawn, or would be.

    `says` is what it says, by the names of its parts; `entry` is the facts file that records it again.
    """

    recorded_at: datetime
    recorded_by: str
    says: dict[str, str]
    entry: str


def withdraw_fact(
    session: "Session", pack: "Pack", fact: str, number: int, reason: str, by: str, at: datetime, today: date
) -> Withdrawn:
    """Withdraw a fact, with a reason.

    Raises:
        UnknownFactError: no fact of that kind and number is in force.
        StillNeededError: facts on record rest on it.
    """
    row = fact_in_force(session, fact, number)
    resting = resting_on(pack, facts_by_number(session), Numbered(fact, number), today)
    if resting:
        one = len(resting) == 1
        raise StillNeededError(
            f"{fact} {number} cannot be withdrawn: {', '.join(map(str, resting))} "
            f"{'rests' if one else 'rest'} on it; withdraw {'it' if one else 'them'} first"
        )
    correct_fact(session, fact, number, reason, by, at)
    said = row.fact_of(row)
    return Withdrawn(row.recorded_at, row.recorded_by, _in_words(said), written(fact, said))


def _in_words(fact: object) -> dict[str, str]:
    values = {each.name: getattr(fact, each.name) for each in fields(fact)}  # type: ignore[arg-type]  # a dataclass
    return {name.replace("_", " "): _worded(value) for name, value in values.items() if value}


def _worded(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {each}" for key, each in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "yes" if value is True else str(value)
