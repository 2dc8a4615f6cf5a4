"""The name under which one notice to one person is known, for ever: nothing is sent twice under it."""

from typing import NamedTuple


class NoticeKey(NamedTuple):
    """Which notice about which cycle goes to whom by which channel; `again` counts what a person repeated.

    Written with colons between its parts, and so it is stored: it is the primary key of the ledger.
    """

    cycle: str
    kind: str
    scheduled: str
    person: str
    channel: str
    again: int = 0

    def __str__(self) -> str:
        written = f"{self.cycle}:{self.kind}:{self.scheduled}:{self.person}:{self.channel}"
        return f"{written}{_AGAIN}{self.again}" if self.again else written

    @classmethod
    def parse(cls, text: str) -> "NoticeKey":
        """Return the key that is written as `text`.

        Raises:
            ValueError: it is no key of a notice.
        """
        first, _, times = text.partition(_AGAIN)
        cycle, kind, scheduled, person, channel = first.split(":")
        return cls(cycle, kind, scheduled, person, channel, int(times or 0))


_AGAIN = ":again-"
