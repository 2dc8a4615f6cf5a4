"""Whether answers would come to the addresses that letters have of their own."""

from collections.abc import Iterator

from notifications.headers import plus_address, secret_message_id
from policies.people.directory import Directory
from policies.problems import RefusedFileError
from tasks.dispatch.channels import email_channel
from tasks.installation.installation import Installation

_NO_LETTER = b"no letter is made with this secret"


def reply_address_findings(installation: Installation, directory: Directory) -> Iterator[str]:
    """Yield why the server takes no mail to a letter's own address: it is asked, and nothing is sent.

    A server that passes everything on takes it and may refuse it later: such a letter comes back.
    """
    address, sender = installation.settings.reply_to, directory.sender.address
    if address is None:
        return
    own = plus_address(address, secret_message_id("doctor", "example.org", _NO_LETTER))
    try:
        with email_channel(installation.settings) as channel:
            why = channel.refusal_of(sender, own)
    except RefusedFileError:  # it is told by `channel_findings`
        return
    if why:
        yield (
            f"MANDATES_REPLY_TO: no mail can be sent to {own}: {why}; "
            f"let the server of {address} take addresses with a plus, or unset it"
        )
