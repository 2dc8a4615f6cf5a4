"""Whether mail could leave and come in now: the servers are called and logged in to, and nothing is sent."""

from collections.abc import Iterator

from notifications.channels.tokens import NO_TOKENS
from policies.problems import RefusedFileError
from tasks.dispatch.channels import Channels, open_channels, sources_of
from tasks.inputs.mail_server import mailbox_trouble
from tasks.installation.installation import Installation


def unreachable(installation: Installation) -> Iterator[str]:
    """Yield why mail cannot leave by a channel, or come in. No mail is marked as read by it.

    A chat or a webhook is not tried, for that would write into it; what cannot be opened at all is told by
    `channel_findings`.
    """
    settings = installation.settings
    try:
        with open_channels(settings) as channels:
            for name in sources_of(settings):
                yield from _trouble(channels, name)
    except RefusedFileError:
        pass
    if settings.mailbox and (trouble := mailbox_trouble(settings.mailbox.get_secret_value(), NO_TOKENS)):
        yield trouble


def _trouble(channels: Channels, name: str) -> Iterator[str]:
    try:
        trouble = channels.of(name).trouble()
    except RefusedFileError:
        return
    if trouble:
        yield f"nothing can leave by {name} now: {trouble}"
