"""The words of the watch: in English, short, and with what is to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

from notifications.messages import Message
from tasks.operations.watch.troubles import Kind, Trouble


class _Words(NamedTuple):
    """What a kind of trouble is called, what to do about it, and how it is said that it is over."""

    begun: str
    then: str
    over: str


@dataclass(frozen=True, slots=True)
class News:
    """What is news to somebody: the troubles that begun, and those that ended, by name, in words."""

    begun: Sequence[Trouble]
    ended: Sequence[tuple[str, str]]


_ONCE = "You are told once."


def message_about(news: News, home: Path, unseen: Mapping[Kind, str]) -> Message:
    """Return the message about everything that is news to somebody."""
    subjects = [_WORDS[trouble.kind].begun for trouble in news.begun]
    lines = [f"{trouble.what}\n{_WORDS[trouble.kind].then}" for trouble in news.begun]
    for incident, what in news.ended:
        words = _WORDS[Kind(incident.partition("/")[0])]
        subjects.append(words.over)
        lines.append(f"{words.over}. It was: {what}")
    lines += [_ONCE] if news.begun else []
    lines += [f"Not looked for: {kind}: {why}" for kind, why in unseen.items() if news.begun]
    lines.append(f"Home: {home}")
    several = f" (and {len(subjects) - 1} more)" if len(subjects) > 1 else ""
    paragraphs = (escape(line).replace("\n", "<br>") for line in lines)
    html = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return Message(f"{subjects[0]}{several}", "\n\n".join(lines) + "\n", html, "en")


_WORDS = {
    Kind.NO_RECORD: _Words(
        "The record cannot be reached",
        "Until it can, nothing is enforced and no notice leaves. Look at the disk and the database.",
        "The record can be reached again",
    ),
    Kind.CLOCK: _Words(
        "The clock is behind the record",
        "Nothing is enforced by a clock that is wrong. Set it, and type: mandates doctor.",
        "The clock is right again",
    ),
    Kind.STOPPED: _Words(
        "Nothing keeps watch: enforcement has stopped",
        "Until it runs again, no notice leaves. Look at the logs, and type: mandates doctor.",
        "Enforcement runs again",
    ),
    Kind.NOT_LIVE: _Words(
        "Nothing is sent: this is not the live record",
        "What is owed is still entered here, but no notice leaves.",
        "Notices are sent again",
    ),
    Kind.CHANNEL: _Words(
        "Nobody can be reached by a channel",
        "No notice is given up; all are sent when it is back. To try it at once: mandates enforce.",
        "A channel reaches people again",
    ),
    Kind.NOT_SENT: _Words(
        "Nothing could be sent for a day",
        "See what waits: mandates notices --state entered; and why: mandates doctor.",
        "Notices leave again",
    ),
    Kind.OVERDUE: _Words(
        "An overdue notice waits to leave",
        "Tell them otherwise if you can. See why it waits: mandates doctor.",
        "An overdue notice no longer waits",
    ),
    Kind.ADDRESS: _Words(
        "An address cannot be reached",
        "What they do not answer, they may never have had.",
        "An address is no longer known to fail",
    ),
    Kind.OUR_TURN: _Words(
        "Somebody waits for our reply",
        "While it is our turn, nobody is reminded of the input. Reply, and record it: mandates record reply.",
        "Nobody waits for this reply any more",
    ),
    Kind.STATE: _Words(
        "The watch cannot keep what it told",
        "Look whether the disk is full, or may not be written to.",
        "The watch keeps again what it told",
    ),
}
