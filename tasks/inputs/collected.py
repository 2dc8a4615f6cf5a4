"""What a round of collecting found."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.inputs.outcomes import Outcome


@dataclass(slots=True)
class Collected:
    """A row for each file that was taken or refused, a finding for each thing that could not be placed."""

    rows: list[dict[str, str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    def add(self, cycles: Sequence[str], person: str, outcome: Outcome) -> None:
        """Add what became of a file that a person sent for some cycles, and what is to be seen about it."""
        named = ", ".join(cycles)
        self.rows.append({"cycle": named, "person": person, "outcome": str(outcome)})
        if outcome.finding:
            self.findings.append(f"{named}: {outcome.title!r} from {person}: {outcome.finding}")
