"""Whether mail could leave and come in now: the servers are called and logged in to, and nothing is sent."""

from collections.abc import Iterator

from notifications.channels.tokens import NO_TOKENS
from policies.problems import RefusedFileError
from tasks.dispatch.channels import Channels, open_channels, sources_of
from tasks.inputs.mail.server import mailbox_trouble
from tasks.installation.installation import Installation
from tasks.installation.settings import Settings
from tasks.installation.tokens import tokens_of


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
            yield from _unused_tokens(settings)
    except RefusedFileError:
        pass
    if settings.mailbox:
        trouble = mailbox_trouble(settings.mailbox.get_secret_value(), tokens_of(settings))
        yield from [trouble] if trouble else []


def _unused_tokens(settings: Settings) -> Iterator[str]:
    tokens = tokens_of(settings)
    addresses = [source.address for source in sources_of(settings).values()]
    addresses += [settings.mailbox] if settings.mailbox else []
    asking = any("auth=xoauth2" in address.get_secret_value() for address in addresses)
    if tokens is not NO_TOKENS and not asking:
        yield (
            f"{tokens.setting} is set, and no address asks for a token; "
            "add ?auth=xoauth2 to MANDATES_MAILBOX or to the address of a channel, or leave it out"
        )


def _trouble(channels: Channels, name: str) -> Iterator[str]:
    try:
        trouble = channels.of(name).trouble()
    except RefusedFileError:
        return
    if trouble:
        yield f"nothing can leave by {name} now: {trouble}"
