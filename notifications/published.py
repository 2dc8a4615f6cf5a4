"""What an entry of a calendar says, as plain data: to be compared with what a reader was given, and kept.

Nothing here needs icalendar; `notifications.calendar_entries` writes the entries.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from language.catalogues import english, spoken, translations
from language.direction import CLOSE_ISOLATE, OPEN_ISOLATE, said_in
from notifications.notice_content import NoticeContent

_CANCELLED = english("Cancelled: %(entry)s")
_CANCELLED_AS_COMPLETED = english("Cancelled (completed): %(entry)s")
_COMPLETED = english("Completed: %(entry)s")
_WARNING = 7  # days before it
_LINE = dict.fromkeys(map(ord, "\v\f\u0085\u2028\u2029"), "\n")
# What RFC 5545 (3.3.11) lets stand in no text, what is no character at all, and the isolates, which
# calendars show as boxes.
_DROPPED = (
    *range(0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    *range(0xD800, 0xE000),
    *map(ord, OPEN_ISOLATE + CLOSE_ISOLATE),
)
_PLAIN = dict.fromkeys(_DROPPED, "") | _LINE


class Which(StrEnum):
    """Which date of a cycle an entry is for."""

    DUE = "due"
    TARGET = "target"
    INPUTS_DUE = "inputs-due"


class Certain(StrEnum):
    """How certain the date of an entry is; a date that is withdrawn stays for a while, as cancelled."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryContent:
    """One day of a cycle, or of a meeting, as an entry says it.

    `cycle` is the key of the cycle or the name of the meeting, `which` which of its dates. `summary` is a
    line, as `description` in `language` (ISO 639-1). A calendar reminds `warnings` days before the day, where
    it heeds that. `organizer` is the address of who sent it, where a mail brought it.
    """

    cycle: str
    which: str
    on: date
    summary: str
    description: str
    language: str
    status: Certain
    warnings: tuple[int, ...] = ()
    category: str | None = None
    organizer: str | None = None

    @property
    def as_json(self) -> str:
        """The content as JSON: the same text for the same content."""
        return json.dumps(
            {name: _kept(getattr(self, name)) for name in _FIELDS}, ensure_ascii=False, sort_keys=True
        )

    @classmethod
    def from_json(cls, text: str) -> "EntryContent":
        """Return the content that `as_json` wrote."""
        kept = json.loads(text)
        typed = {
            "on": date.fromisoformat(kept["on"]),
            "status": Certain(kept["status"]),
            "warnings": tuple(kept["warnings"]),
        }
        return cls(**kept | typed)

    def warning_from(self, on: date) -> "EntryContent":
        """Return it without the warnings of days before `on`: nobody is reminded in hindsight."""
        return replace(
            self, warnings=tuple(days for days in self.warnings if self.on - timedelta(days=days) >= on)
        )

    def cancelled(self, why: str, *, met: bool = False) -> "EntryContent":
        """Return it as taken back, since its duty is `met` or for another reason.

        Its title says so where a program shows no status, and its text says `why`.
        """
        if self.status is Certain.CANCELLED:
            return self
        told = self._saying(_CANCELLED_AS_COMPLETED if met else _CANCELLED, why)
        return replace(told, status=Certain.CANCELLED)

    def completed(self, why: str) -> "EntryContent":
        """Return it as of a duty that is met: it says so, and reminds nobody."""
        return replace(self._saying(_COMPLETED, why), status=Certain.CONFIRMED)

    def _saying(self, title: str, why: str) -> "EntryContent":
        summary = translations(self.language).gettext(title) % {"entry": self.summary}
        text = "\n".join(each for each in (plain(why), self.description) if each)
        return replace(self, summary=summary, description=text, warnings=())


def digest(content: str) -> str:
    """Return by what the content of two entries, as JSON, is compared."""
    return sha256(content.encode()).hexdigest()


def plain(words: str) -> str:
    """Return the words as a calendar can show them: no marks of direction, no control characters."""
    return words.replace("\r\n", "\n").replace("\r", "\n").translate(_PLAIN)


def line(words: str) -> str:
    """Return the words in one line, as `plain` has them."""
    return " ".join(plain(words).split())


def uid(cycle: str, which: str, domain: str) -> str:
    """Return the name an entry keeps for ever; `domain` is that of the first entry ever published."""
    return f"{which}.{cycle.replace('/', '.')}@{domain}"


def contents_of(content: NoticeContent, language: str, organizer: str) -> Iterable[EntryContent]:
    """Yield an entry for each date of a notice's cycle that is known, in `language`."""
    language = spoken(language)
    said = translations(language).gettext
    dates = {
        Which.DUE: (content.due_on, said("Due date")),
        Which.TARGET: (content.target_on, said("Internal target date")),
        Which.INPUTS_DUE: (content.inputs_due_on, said("Deadline for inputs")),
    }
    title, says = said_in(language, content.title), said_in(language, content.says)
    for which, (on, label) in dates.items():
        if on:
            yield EntryContent(
                cycle=content.cycle,
                which=which,
                on=on,
                summary=line(f"{label}: {title}"),
                description=plain(f"{content.provision}: {says}\n{content.cycle}"),
                language=language,
                status=Certain.TENTATIVE if content.tentative else Certain.CONFIRMED,
                warnings=(_WARNING,),
                organizer=organizer,
            )


_FIELDS = tuple(field.name for field in fields(EntryContent))


def _kept(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
