"""What a dispatch needs of a channel, and the channels of an installation and of a trial."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from notifications.channels import Takes, Verdict
from notifications.envelope import Mail
from policies.problems import Problem, RefusedFileError
from tasks.dispatch.channels import open_channels
from tasks.installation.installation import Installation
from tasks.installation.settings import EMAIL, variable_of


class Channel(Protocol):
    """A channel: it takes a whole mail or a short text, and says what became of it."""

    @property
    def takes(self) -> Takes:
        """Which of the two it takes."""

    def send(self, mail: Mail) -> Verdict:
        """Send one mail."""

    def send_short(self, title: str, body: str) -> Verdict:
        """Send one short text."""


class Channels(Protocol):
    """The ways out, by the names that the directory calls them."""

    def of(self, name: str) -> Channel:
        """Return the channel of this name.

        Raises:
            RefusedFileError: nobody configured it, or nothing can be sent through it.
        """


@contextmanager
def configured(installation: Installation) -> Iterator[Channels]:
    """Open the channels that the settings name, the one for e-mail at once.

    Raises:
        RefusedFileError: no e-mail can be sent.
    """
    with open_channels(installation.settings) as channels:
        channels.of(EMAIL)
        yield channels


@dataclass(frozen=True, slots=True)
class InTrial:
    """The channels of a trial: whichever is asked for, everything leaves as e-mail."""

    channels: Channels

    def of(self, _name: str) -> Channel:
        """Return the channel for e-mail; raises as `Channels.of`, and where it takes no whole mails."""
        channel = self.channels.of(EMAIL)
        if channel.takes is Takes.MAIL:
            return channel
        expected = "in a trial outbox://, or a mail server as rmail:// or rmails://"
        raise RefusedFileError([Problem("environment", variable_of(EMAIL), "a chat or a webhook", expected)])
