"""What tells one version of a statement from another."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Issue:
    """One version: its name, when the record was read for it, and why it corrects the one before."""

    name: str
    version: int
    known_at: datetime
    reason: str | None = None

    def file(self, language: str, kind: str) -> str:
        """Return the name of one of its files: `statement-2026-10.v1.ar.pdf`."""
        return f"statement-{self.name}.v{self.version}.{language}.{kind}"
