"""Telling: what is news to each person, by each channel, until it got through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path

from notifications.channels import Outcome, Takes, Verdict
from notifications.envelope import Mail, Sender, enclose
from notifications.messages import Message
from policies.people.directory import Recipient
from policies.problems import RefusedFileError
from records.incidents import BEGUN, OVER
from tasks.dispatch.channel import Channel, Channels
from tasks.operations.watch.state import Memory
from tasks.operations.watch.troubles import Looked
from tasks.operations.watch.words import News, message_about

_REACHED = (Outcome.SENT, Outcome.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Target:
    """Somebody to be told by one channel; `recipient` is None where the channel itself is who is told."""

    name: str
    shown: str
    recipient: Recipient | None = None


@dataclass(slots=True)
class Telling:
    """What is to be told and to whom; `told` and `untold` say what came of it, `rows` are for the record."""

    home: Path
    memory: Memory
    found: Looked
    sender: Sender
    recipients: Sequence[Recipient]
    now: datetime
    told: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    rows: list[Mapping[str, str]] = field(default_factory=list)

    def by(self, channels: Sequence[str], ways: Channels | RefusedFileError) -> None:
        """Tell everybody by every channel what is news to them."""
        opened: list[tuple[Channel, list[_Target]]] = []
        for channel in channels:
            way = _way(ways, channel)
            if isinstance(way, RefusedFileError):
                self.untold.append(f"{channel}: {way.problems[0]}")
            else:
                opened.append((way, self._targets(channel, way)))
        everybody = [target.name for _, targets in opened for target in targets]
        for way, targets in opened:
            self._tell(way, targets, everybody)

    def _targets(self, channel: str, way: Channel) -> list[_Target]:
        """Return whom a channel tells: each person by mail, and a chat as a whole."""
        if way.takes is not Takes.MAIL:
            return [_Target(channel, channel)]
        return [_Target(f"{channel}:{each.id}", each.address, each) for each in self.recipients]

    def _tell(self, way: Channel, targets: Sequence[_Target], everybody: Sequence[str]) -> None:
        """Tell everybody of one channel; where nobody can be reached, one attempt is enough."""
        unreached: Verdict | None = None
        for target in targets:
            news = self._news_to(target.name)
            if news.begun or news.ended:
                verdict = unreached or self._sent(way, target, news)
                self._note(target, news, verdict, everybody)
                unreached = verdict if verdict.outcome is Outcome.UNREACHED else None

    def _news_to(self, target: str) -> News:
        memory = self.memory
        begun = [each for each in self.found.troubles if not memory.has_told(each.id, target)]
        ended = [each for each in memory.over(self.found) if memory.has_told(each, target)]
        return News(begun, [(each, memory.incidents[each].what) for each in ended])

    def _sent(self, way: Channel, target: _Target, news: News) -> Verdict:
        message = message_about(news, self.home, self.found.unseen)
        try:
            if target.recipient is None:
                lines = escape(message.text.strip()).splitlines()
                return way.send_short(message.subject, "<br>".join(lines))
            return way.send(self._mail(message, target.recipient, target.name, news))
        except Exception as error:  # noqa: BLE001 (whatever one fails on, the others are told)
            return Verdict(Outcome.REFUSED_NOW, str(error) or type(error).__name__)

    def _mail(self, message: Message, to: Recipient, target: str, news: News) -> Mail:
        """Return the mail to one person; its key follows from what it tells whom."""
        rows = list(_rows(news, target))
        return enclose(
            message,
            to,
            sender=self.sender,
            notice_keys=[f"{row['incident']}:{row['state']}:{target}" for row in rows],
            cycles=[row["incident"] for row in rows],
            sent_at=self.now,
        )

    def _note(self, target: _Target, news: News, verdict: Verdict, everybody: Sequence[str]) -> None:
        reached = verdict.outcome in _REACHED
        (self.told if reached else self.untold).append(f"{target.shown}: {verdict.text}")
        if not reached:
            return
        self.rows += _rows(news, target.name)
        for trouble in news.begun:
            self.memory.told(trouble.id, trouble.what, target.name)
        for incident, _ in news.ended:
            self.memory.told_over(incident, target.name, everybody)


def _rows(news: News, target: str) -> Iterator[Mapping[str, str]]:
    for trouble in news.begun:
        yield {"incident": trouble.id, "state": BEGUN, "what": trouble.what, "told": target}
    for incident, what in news.ended:
        yield {"incident": incident, "state": OVER, "what": what, "told": target}


def _way(ways: Channels | RefusedFileError, channel: str) -> Channel | RefusedFileError:
    if isinstance(ways, RefusedFileError):
        return ways
    try:
        return ways.of(channel)
    except RefusedFileError as refusal:
        return refusal
