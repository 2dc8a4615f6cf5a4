"""The name under which a cycle is known in every record: its obligation and its own name."""

from typing import NamedTuple


class CycleKey(NamedTuple):
    """Which cycle of which obligation; written `obligation/name`, and so it is stored."""

    obligation: str
    name: str

    def __str__(self) -> str:
        return written(self.obligation, self.name)

    @classmethod
    def parse(cls, text: str) -> "CycleKey":
        """Return the key that is written as `text`; the name is empty where there is none."""
        obligation, _, name = text.partition("/")
        return cls(obligation, name)


def written(obligation: str, name: str) -> str:
    """Return a key as it is written, without making it first: it is asked for many thousand times a day."""
    return f"{obligation}/{name}"
