"""A life of calendars: what the subscriber of a feed and a reader of mail see, day after day."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

from icalendar import Calendar, Event

from policies.pack.pack import Pack
from records.database import writing
from tasks.calendar.feed import give
from tasks.calendar.feed_filter import FeedFilter
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.facts.withdrawing import withdraw_fact
from tasks.installation.installation import Installation
from tests.days import day
from tests.installations import Facts, Listed, at, directory, record, workplace_in
from tests.libical import complaints
from tests.patience import run_to_its_end

SUBSCRIBER = "feed:1"
Step = Callable[["Life", date], None]


def recorded(facts: Facts) -> Step:
    """Return the step of recording facts."""
    return lambda life, on: record(life.installation, facts, on)


def withdrawn(kind: str, number: int) -> Step:
    """Return the step of withdrawing a fact."""

    def step(life: "Life", on: date) -> None:
        with writing(life.installation.engine) as session:
            pack = life.installation.pack
            withdraw_fact(session, pack, kind, number, "it was wrong", "a test", at(on, 5), on)

    return step


def ruled(change: Callable[[Pack], Pack]) -> Step:
    """Return the step of a change of policy."""

    def step(life: "Life", _: date) -> None:
        life.installation = replace(life.installation, pack=change(life.installation.pack))

    return step


def nothing(_life: "Life", _on: date) -> None:
    """A day on which nothing is recorded."""


class Life:
    """An installation lived through by days: each is enforced, dispatched, and read by the subscriber."""

    def __init__(self, installation: Installation, reader: str, watched: Sequence[str]) -> None:
        self.installation = installation
        self.reader, self.watched = reader, tuple(watched)
        self.fed: list[str] = []
        self.mailed: list[str] = []
        self.files: list[bytes] = []
        self.feeds: list[bytes] = []
        self.to: dict[str, list[bytes]] = {}
        self._shown: dict[str, str] = {}

    def day(self, on: date, *steps: Step, enforced: bool = True, read: bool = True) -> Self:
        """Live through a day: record in the morning, run, and read the feed in the evening."""
        for step in steps:
            step(self, on)
        if enforced:
            enforce(self.installation, on, at(on))
            self._dispatch(on)
        if read:
            self._read(on)
        return self

    def _dispatch(self, on: date) -> None:
        way_out = Listed()
        dispatch(self.installation, on, at(on, 7), way_out.open_channels)
        address = next(p.address for p in directory(self.installation, on).people if p.id == self.reader)
        for mail, message in zip(way_out.mails, way_out.messages, strict=True):
            for part in message.iter_attachments():
                content = part.get_payload(decode=True)
                assert isinstance(content, bytes)
                self.files.append(content)
                self.to.setdefault(mail.to, []).append(content)
                if mail.to == address:
                    self.mailed += self._seen(content).values()

    def _read(self, on: date) -> None:
        content = give(self.installation, on, FeedFilter(), SUBSCRIBER, at(on, 20)).content
        self.files.append(content)
        self.feeds.append(content)
        seen = self._seen(content)
        self.fed += [line for name, line in seen.items() if self._shown.get(name) != line]
        self.fed += [f"gone {name}" for name in self._shown if name not in seen]
        self._shown = seen

    def _seen(self, content: bytes) -> dict[str, str]:
        calendar = Calendar.from_ical(content)
        method = str(calendar.get("METHOD", "-"))
        events: list[Any] = list(calendar.walk("VEVENT"))
        named = {str(each["UID"]).partition("@")[0]: each for each in events}
        return {name: said(method, each) for name, each in named.items() if name.startswith(self.watched)}


def said(method: str, event: Event) -> str:
    """Return an entry as a line: METHOD, SEQUENCE, STATUS, day, title."""
    on = event.decoded("dtstart")
    return f"{method} {event['SEQUENCE']} {event['STATUS']} {on:%a %Y-%m-%d} {event['SUMMARY']}"


@contextmanager
def life(obligations: Sequence[str], reader: str, watched: Sequence[str]) -> Iterator[Life]:
    """Yield a life of some obligations alone, with nothing on record."""
    with TemporaryDirectory() as home, workplace_in(Path(home), {}) as installation:
        pack = installation.pack
        some = {name: pack.obligations[name] for name in obligations}
        yield Life(replace(installation, pack=replace(pack, obligations=some)), reader, watched)


READ = """
import {{ readFileSync }} from "node:fs";
const {{ default: ICAL }} = await import({library!r});
const files = JSON.parse(readFileSync({file!r}, "utf8"));
console.log(JSON.stringify(files.map(text => {{
  const calendar = new ICAL.Component(ICAL.parse(text));
  return calendar.getAllSubcomponents("vevent").map(c => new ICAL.Event(c)).map(e => [
    e.uid, e.sequence, e.component.getFirstPropertyValue("status"), e.startDate.toString(), e.summary]);
}})));
"""


def read_by_ical_js(files: Sequence[bytes], library: Path, folder: Path) -> list[Any]:
    """Return the entries of each file as ical.js reads them."""
    (folder / "files.json").write_text(json.dumps([content.decode() for content in files]), encoding="utf-8")
    script = folder / "read.mjs"
    script.write_text(READ.format(library=str(library), file=str(folder / "files.json")), encoding="utf-8")
    done = run_to_its_end(["node", str(script)])
    assert done.returncode == 0, done.stderr
    read: list[Any] = json.loads(done.stdout)
    return read


def read_by_icalendar(files: Sequence[bytes]) -> list[Any]:
    """Return the entries of each file as icalendar reads them, in the shape of the other reader."""
    return [
        [
            [
                str(e["UID"]),
                e["SEQUENCE"],
                str(e["STATUS"]),
                e.decoded("dtstart").isoformat(),
                str(e["SUMMARY"]),
            ]
            for e in Calendar.from_ical(content).walk("VEVENT")
        ]
        for content in files
    ]


def complaints_about(files: Sequence[bytes]) -> Mapping[int, list[str]]:
    """Return what libical has against any of the files, by its place."""
    return {number: found for number, content in enumerate(files) if (found := complaints(content))}


def forum(first: str, last: str, certainty: str = "confirmed", source: str = "the programme") -> Facts:
    """Return the facts that the forum of 2026 is held on some days."""
    days = {"starts_on": day(first), "ends_on": day(last)}
    return {"events": [FORUM_2026 | days | {"certainty": certainty, "source": source}]}


def forum_between(first: str, last: str, source: str = "postponed") -> Facts:
    """Return the facts that no more is known of the forum of 2026 than a range."""
    within = {"between": [day(first), day(last)], "certainty": "tentative", "source": source}
    return {"events": [FORUM_2026 | within]}


FORUM_2026: dict[str, object] = {"kind": "international-migration-review-forum", "edition": "2026"}
