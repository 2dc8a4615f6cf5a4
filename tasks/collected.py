"""What a round of collecting found."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Collected:
    """A row for each file that was taken or refused, a finding for each thing that could not be placed."""

    rows: list[dict[str, str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
