"""Who was forgotten: nothing is sent to them, and that is said while anything names them."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from policies.people.directory import Directory
from policies.plans.notices import NoticeState
from records.ledger.notices import UNSENT, move_all, notices_of
from records.personal.forgetting import forgettings, forgotten_people, locked_keys

if TYPE_CHECKING:
    from records.database import Session


BY = "mandates"
_WITHHELD = {"state": NoticeState.WITHHELD, "not_before_at": None}


def cause_of(at: datetime) -> str:
    """Return why a notice to somebody who was forgotten does not leave."""
    return f"forgotten on {at:%Y-%m-%d}: nothing is sent to them any more"


def withhold_forgotten(session: "Session", now: datetime) -> list[str]:
    """Let nothing leave that waits for somebody who was forgotten, and return the keys of what did."""
    stopped: list[str] = []
    for person, at in forgotten_people(session).items():
        waiting = [each.notice_key for each in notices_of(session, states=UNSENT) if each.person == person]
        stopped += move_all(session, waiting, UNSENT, _WITHHELD, cause_of(at), now, BY)
    return stopped


def forgotten_findings(session: "Session", directory: Directory) -> Iterator[str]:
    """Yield what a person must do about those who were forgotten, and keys that are not here."""
    for person, at in forgotten_people(session).items():
        if directory.recipient(person):
            yield (
                f"{person} was forgotten on {at:%Y-%m-%d} and is on record again: nothing is sent to them; "
                "record who follows them under another id"
            )
    if locked := locked_keys(session):
        numbers = ", ".join(map(str, locked[:5]))
        yield (
            f"{len(locked)} keys of personal values are not here, such as {numbers}: what lies under them "
            "cannot be read; restore the backup with its file of keys, or with a later one"
        )


def forgotten_said(session: "Session") -> list[str]:
    """Return who was forgotten, when, by whom and why, one line for each time."""
    lines = {
        f"{each.person or f'holder {each.key}'}, on {each.recorded_at:%Y-%m-%d} by {each.recorded_by}: "
        f"{each.reason}"
        for each in forgettings(session)
    }
    return sorted(lines)
