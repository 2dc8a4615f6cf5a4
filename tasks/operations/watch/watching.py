"""The watch: says what would be missed in silence, to each person once, and says when it is over.

It leans on as little as it can: not on Prefect, nor on its server, nor on rules without mistakes, nor on one
channel, nor on a disk with space left.
"""

import fcntl
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from notifications.envelope import Sender
from policies.obligations.obligations import SECRETARIAT
from policies.pack.pack import load_pack
from policies.people.directory import Directory, Recipient
from policies.people.directory_file import DirectoryFile
from policies.people.taking_over import directory_of, load_directory
from policies.problems import RefusedFileError, parse, read_toml
from tasks.dispatch.channel import Channels
from tasks.dispatch.channels import open_channels
from tasks.installation.last_good import directory_file, last_directory, last_good, people_copy
from tasks.installation.settings import EMAIL, Settings
from tasks.operations.watch.state import Memory, places, record_told, remembered
from tasks.operations.watch.telling import Telling
from tasks.operations.watch.troubles import Kind, Looked, Rules, Trouble, look, renamed

_LOCK = "watch.lock"
_US = "Mandate Keeper"


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen: whether all is well, in words; whom this watch told so now, and whom it could not."""

    well: bool
    what: str
    told: Sequence[str] = field(default_factory=list)
    untold: Sequence[str] = field(default_factory=list)


def watch(
    settings: Settings,
    now: datetime,
    open_channels: Callable[[Settings], AbstractContextManager[Channels]] = open_channels,
    kept_in: Sequence[Path] | None = None,
) -> Seen:
    """Look for everything that can be wrong, and tell people what is news to them.

    `kept_in` are the files in which what was told is kept, if not the usual ones.

    Raises:
        RefusedFileError: there is news, and neither the settings nor any directory say whom to tell.
    """
    files = places(settings.home) if kept_in is None else kept_in
    with _alone(files):
        rules, refusal = _rules(settings, now)
        found, engine = look(settings, rules, now)
        try:
            memory = remembered(files, engine)
            _keep(memory, found, now)
            found.troubles = [renamed(trouble, list(memory.incidents)) for trouble in found.troubles]
            if not found.troubles and not memory.over(found):
                return Seen(True, _words(found))  # noqa: FBT003 (its first field)
            sender, recipients = _people(settings, rules, refusal)
            telling = Telling(settings.home, memory, found, sender, recipients, now)
            with _opened(settings, open_channels) as ways:
                telling.by(_channels(settings), ways)
            memory.keep(now)
            record_told(engine, telling.rows, now)
            return Seen(not found.troubles, _words(found), telling.told, telling.untold)
        finally:
            if engine:
                engine.dispose()


def _words(found: Looked) -> str:
    said = [trouble.what for trouble in found.troubles] or [found.well]
    return "\n".join([*said, *(f"Not looked for: {kind}: {why}" for kind, why in found.unseen.items())])


def _keep(memory: Memory, found: Looked, now: datetime) -> None:
    """Keep what is remembered, before anybody is told; that it cannot be kept is trouble of its own."""
    if reasons := memory.keep(now):
        what = "; ".join(f"{file}: {reason}" for file, reason in reasons.items())
        words = f"The watch could not keep what it told, and may tell it again: {what}."
        found.troubles.append(Trouble(Kind.STATE, f"{Kind.STATE}/{now:%Y-%m-%d}", words))


def _channels(settings: Settings) -> list[str]:
    return [name.strip() for name in settings.watch_channels.split(",") if name.strip()] or [EMAIL]


@contextmanager
def _opened(
    settings: Settings, open_channels: Callable[[Settings], AbstractContextManager[Channels]]
) -> "Iterator[Channels | RefusedFileError]":
    """Offer the ways out, or why there are none."""
    with ExitStack() as stack:
        ways: Channels | RefusedFileError
        try:
            ways = stack.enter_context(open_channels(settings))
        except RefusedFileError as refusal:
            ways = refusal
        yield ways


def _people(
    settings: Settings, rules: Rules | None, refusal: RefusedFileError | None
) -> tuple[Sender, Sequence[Recipient]]:
    """Return who speaks, and whom to tell: the addresses in the settings, else the secretariat's people.

    Raises:
        RefusedFileError: neither is known, and no other channel is set.
    """
    whom = settings.trial or settings.watch_to
    named = [address.strip() for address in whom.split(",") if address.strip()]
    addressed = [Recipient(address, address, address, "en") for address in named]
    if rules is None:
        if refusal and not named and _channels(settings) == [EMAIL]:
            raise refusal
        return Sender(_US, named[0] if named else "mandates@localhost"), addressed
    directory = rules[1]
    sender = Sender(directory.sender.name, directory.sender.address)
    return sender, addressed or _secretariat(directory)


def _secretariat(directory: Directory) -> list[Recipient]:
    people = (directory.recipient(person) for person in directory.standing_for(SECRETARIAT))
    return [person for person in people if person]


def _rules(settings: Settings, now: datetime) -> tuple[Rules | None, RefusedFileError | None]:
    """Return the rules, or the last good ones, with the people; and what is wrong with what cannot be read.

    The people are those of the copy that is written whenever they change in the record; where there is none
    yet, those of the directory file.
    """
    try:
        return _read(settings, settings, now), None
    except (RefusedFileError, OSError) as error:
        refusal = error if isinstance(error, RefusedFileError) else None
        with suppress(RefusedFileError, OSError):
            if kept := last_good(settings):
                return _read(kept, settings, now), refusal
        return None, refusal


def _read(rules: Settings, settings: Settings, now: datetime) -> Rules:
    pack = load_pack(rules.policies)
    today = now.astimezone(ZoneInfo(pack.instrument.zone)).date()
    for file in (people_copy(settings), directory_file(settings), last_directory(settings)):
        with suppress(RefusedFileError, OSError):
            if file:
                return pack, directory_of(parse(DirectoryFile, read_toml(file), file), file.name, today)
    return pack, load_directory(directory_file(rules), pack.actors, pack.instrument.stations, today)


@contextmanager
def _alone(files: Sequence[Path]) -> Iterator[None]:
    """Let one watch of this home go on at a time, so that two do not tell the same.

    Where no lock can be had, because nothing can be written, to speak twice is better than to be silent.
    """
    with ExitStack() as stack:
        for file in files:
            with suppress(OSError):
                file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                lock = stack.enter_context(file.with_name(_LOCK).open("a"))
                fcntl.flock(lock, fcntl.LOCK_EX)
                break
        yield
