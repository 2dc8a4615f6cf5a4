"""The name under which a cycle is known in every record: its obligation and its own name."""

from typing import NamedTuple


class CycleKey(NamedTuple):
    """Which cycle of which obligation; written `obligation/name`, and so it is stored."""

    obligation: str
    name: str

    def __str__(self) -> str:
        return f"{self.obligation}/{self.name}"

    @classmethod
    def parse(cls, text: str) -> "CycleKey":
        """Return the key that is written as `text`; the name is empty where there is none."""
        obligation, _, name = text.partition("/")
        return cls(obligation, name)
