"""Where mail leaves and where it comes in, as the settings say, in words and without a secret."""

from collections.abc import Iterator

from notifications.channels import way_in_words
from tasks.dispatch.channels import sources_of
from tasks.inputs.mail.account import mailbox_in_words
from tasks.installation.installation import Installation


def ways_out(installation: Installation) -> Iterator[tuple[str, str]]:
    """Yield the name of each channel that is configured, and where it sends to.

    Raises:
        RefusedFileError: with everything wrong in the file of the channels.
    """
    settings = installation.settings
    for name, source in sources_of(settings).items():
        yield name, way_in_words(source.address.get_secret_value(), outbox=settings.outbox)


def ways_in(installation: Installation) -> Iterator[tuple[str, str]]:
    """Yield the mailbox and the drop folder."""
    mailbox = installation.settings.mailbox
    yield "mailbox", mailbox_in_words(mailbox.get_secret_value()) if mailbox else "none (MANDATES_MAILBOX)"
    yield "folder", str(installation.settings.incoming)
