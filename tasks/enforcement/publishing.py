"""Publishing entries: each is compared with what the reader was given last, and gets its number by that.

The number rises by one, and the stamp with it, whenever what an entry says is another; never otherwise. So
two different contents never bear the same number to one reader, whatever happens to a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from notifications.published import EntryContent, digest, uid
from policies.people.directory import Directory
from records.published import Published, first_uid
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

UNDATED = datetime.min.replace(tzinfo=UTC)
"""The instant of what an entry tells, where that is the last thing recorded, and not looked up yet."""
_LEAST = timedelta(seconds=1)  # between two stamps: RFC 5545 has none finer


@dataclass(frozen=True, slots=True)
class Told:
    """What an entry is to say: `at` is the instant of what it tells.

    `counted` is the number it had before publications were kept: the first that is kept goes on from there.
    """

    content: EntryContent
    at: datetime
    counted: int = 0


def person(installation: Installation, name: str) -> str:
    """Return who somebody is as a reader of mail; in a trial, what they would be sent counts apart."""
    return f"{'trial' if installation.settings.trial else 'mail'}:{name}"


def domain_of(session: "Session", directory: Directory) -> str:
    """Return what stands behind the @ in every UID: what stood there first, whoever is the sender now."""
    first = first_uid(session)
    return (first or directory.sender.address).rpartition("@")[2]


def numbered(
    reader: str, domain: str, told: Iterable[Told], last: Mapping[str, Published]
) -> list[tuple[EntryContent, Published]]:
    """Return each entry as it is to be published to a reader, whose `last` entries are given by UID."""
    names = ((each, uid(each.content.cycle, each.content.which, domain)) for each in told)
    return [(each.content, _numbered(reader, name, each, last.get(name))) for each, name in names]


def _numbered(reader: str, name: str, told: Told, last: Published | None) -> Published:
    content = told.content.as_json
    summed = digest(content)
    if last and last.digest == summed:
        return last
    at = told.at.replace(microsecond=0)
    if last is None:
        return Published(reader, name, told.content.cycle, told.counted, summed, at, content)
    stamped_at = max(at, last.stamped_at + _LEAST)
    return Published(reader, name, told.content.cycle, last.sequence + 1, summed, stamped_at, content)
