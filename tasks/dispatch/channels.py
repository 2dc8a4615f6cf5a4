"""The named channels: where each is configured, opened on first use, kept for one dispatch, closed together.

A name is what the directory calls a channel. Its address stands in MANDATES_CHANNELS_<NAME>, or under the
name in the file that MANDATES_CHANNELS_FILE names. Addresses hold passwords: no message here shows one.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr, TypeAdapter, ValidationError

from notifications.channels import Channel, Takes, UnusableChannelError, open_channel, takes
from policies.obligations.instrument import Identifier
from policies.people.directory import Directory
from policies.problems import Problem, RefusedFileError, read_toml
from tasks.installation.installation import Installation
from tasks.installation.settings import EMAIL, Settings, variable_of
from tasks.installation.tokens import tokens_of

_ENVIRONMENT = "environment"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_ROOT = 0
_NAME = TypeAdapter[str](Identifier)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the address of a channel stands, and the address."""

    file: str
    key: str
    address: SecretStr


class Channels:
    """The channels of one dispatch. `open_channels` makes them and closes them."""

    def __init__(self, settings: Settings, kept: ExitStack) -> None:
        self._sources = sources_of(settings)
        self._outbox = settings.outbox
        self._tokens = tokens_of(settings)
        self._kept = kept
        self._opened: dict[str, Channel | RefusedFileError] = {}

    def of(self, name: str) -> Channel:
        """Return the channel of this name, opened when it is first asked for.

        Raises:
            RefusedFileError: nobody configured it, or nothing can be sent to its address. It has one
                problem, which says what to mend; the other channels are not touched by it.
        """
        if name not in self._opened:
            self._opened[name] = self._open(name)
        found = self._opened[name]
        if isinstance(found, RefusedFileError):
            raise found
        return found

    def _open(self, name: str) -> Channel | RefusedFileError:
        source = self._sources.get(name)
        if source is None:
            return RefusedFileError([unconfigured(name)])
        try:
            address = source.address.get_secret_value()
            opened = open_channel(address, outbox=self._outbox, tokens=self._tokens)
        except UnusableChannelError as error:
            found = "an address that is not shown here"
            return RefusedFileError([Problem(source.file, source.key, found, f"another one. {error}")])
        return self._kept.enter_context(opened)


@contextmanager
def open_channels(settings: Settings) -> Iterator[Channels]:
    """Offer the configured channels, and close at the end those that were used.

    Raises:
        RefusedFileError: the file of the channels cannot be taken. Nothing was sent.
    """
    with ExitStack() as kept:
        yield Channels(settings, kept)


@contextmanager
def email_channel(settings: Settings) -> Iterator[Channel]:
    """Offer the channel for e-mail, and close it at the end.

    Raises:
        RefusedFileError: no e-mail can be sent.
    """
    with open_channels(settings) as channels:
        yield channels.of(EMAIL)


def takes_of(settings: Settings, name: str) -> Takes:
    """Return what a channel takes, without opening it; a short text where nobody configured it.

    Raises:
        RefusedFileError: with everything wrong in the file of the channels.
    """
    source = sources_of(settings).get(name)
    return takes(source.address.get_secret_value()) if source else Takes.SHORT


def sources_of(settings: Settings) -> dict[str, Source]:
    """Return where each configured channel stands, by name.

    Raises:
        RefusedFileError: with everything wrong in the file of the channels.
    """
    named = {EMAIL: settings.channels_email, **settings.channels}
    sources = {name: Source(_ENVIRONMENT, variable_of(name), address) for name, address in named.items()}
    if settings.channels_file is None:
        return sources
    file = settings.channels_file
    filed = read_private(file)
    given = {*settings.channels, *({EMAIL} if "channels_email" in settings.model_fields_set else ())}
    if twice := [
        Problem(file.name, n, "an address", f"none: {variable_of(n)} has one") for n in given & filed.keys()
    ]:
        raise RefusedFileError(twice)
    return sources | {name: Source(file.name, name, address) for name, address in filed.items()}


def read_private(file: Path) -> dict[str, SecretStr]:
    """Read a file with a line `name = "address"` for each channel.

    Raises:
        RefusedFileError: somebody else may read or own the file, or something in it cannot be.
    """
    content = read_toml(file)
    if open_to := list(exposed(file, file.stat(), os.geteuid())):
        raise RefusedFileError(open_to)
    if problems := [problem for name, value in content.items() for problem in _wrong(file, name, value)]:
        raise RefusedFileError(problems)
    return {name: SecretStr(value) for name, value in content.items()}


def channel_findings(installation: Installation, directory: Directory) -> Iterator[str]:
    """Yield what is wrong with the channels: each that the directory names, and each that is configured."""
    named = {name for person in directory.people for name in person.channels}
    try:
        with open_channels(installation.settings) as channels:
            for name in sorted(named | set(sources_of(installation.settings))):
                yield from _unusable(channels, name)
    except RefusedFileError as refusal:
        yield from map(str, refusal.problems)


def watch_findings(settings: Settings) -> Iterator[str]:
    """Yield that the watch hangs on the very channel it would have to tell of, where it does."""
    named = {name.strip() for name in settings.watch_channels.split(",") if name.strip()}
    if named <= {EMAIL}:
        yield (
            "the watch speaks by e-mail alone, so nobody is told when the relay is down; "
            "name a second channel: MANDATES_WATCH_CHANNELS=email,…"
        )


def unconfigured(name: str) -> Problem:
    """Return the problem that a channel somebody is reached by has no address."""
    expected = (
        f"the address of the channel {name!r}; set {variable_of(name)}, or {name} in the file of the channels"
    )
    return Problem(_ENVIRONMENT, variable_of(name), "nothing", expected)


def _unusable(channels: Channels, name: str) -> Iterator[str]:
    try:
        channels.of(name)
    except RefusedFileError as refusal:
        yield from map(str, refusal.problems)


def exposed(file: Path, found: os.stat_result, us: int) -> Iterator[Problem]:
    """Yield what lets others than the user `us` into a file of which the system says what it `found`."""
    if found.st_mode & _OTHERS:
        mode = f"mode {stat.S_IMODE(found.st_mode):04o}, so others may read it"
        yield Problem(file.name, "", mode, f"mode 0600: chmod 600 {file}")
    if found.st_uid not in {us, _ROOT}:
        owner = f"user {found.st_uid} as its owner"
        yield Problem(file.name, "", owner, f"the user this runs as, or root: chown {us} {file}")


def _wrong(file: Path, name: str, value: object) -> Iterator[Problem]:
    try:
        _NAME.validate_python(name)
    except ValidationError:
        yield Problem(file.name, name, "a name", "small letters, digits and hyphens, such as team-chat")
    if not isinstance(value, str):
        yield Problem(
            file.name,
            name,
            f"a value of another kind ({type(value).__name__})",
            'an address in quotes, such as "outbox://"',
        )
