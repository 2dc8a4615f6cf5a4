"""Our own service in Apprise. Importing this module imports Apprise, which takes about a second.

Apprise hands a service a title and a body and no more, so the mail is laid on ours before each
`notify` and the verdict is taken from it afterwards. The service is given to Apprise as an object, not as
an address to parse: its password never stands in an address that something could log.
"""

from typing import Protocol

from apprise import NotifyBase, NotifyFormat, NotifyType

from notifications.channels.verdict import Outcome, Verdict
from notifications.envelope import Mail


class Transport(Protocol):
    """Something that takes a mail where it has to go."""

    def send(self, mail: Mail) -> Verdict:
        """Take the mail there and say what became of it."""

    def trouble(self) -> str | None:
        """Return why nothing can leave now, found without sending anything; None where nothing is seen."""

    def refusal_of(self, sender: str, to: str) -> str | None:
        """Return why no mail can go to an address, found without sending one; None where nothing is seen."""

    def close(self) -> None:
        """Let go of what is kept open."""


_BROKE_OFF = Verdict(Outcome.UNKNOWN, "sending it broke off for an unforeseen reason; it may have arrived")


class ReadyMail(NotifyBase):  # type: ignore[no-untyped-call]  # Apprise leaves this hook untyped
    """The service behind `outbox://`, `rmail://` and `rmails://`: gives what is laid on it to a carrier."""

    # Without it, Apprise would turn the body into plain text first and refuse one it finds empty.
    notify_format = NotifyFormat.HTML

    def __init__(self, transport: Transport) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # as above
        self.transport = transport
        self.handed: Mail | None = None
        self.verdict: Verdict | None = None

    def lay(self, mail: Mail) -> None:
        """Lay down the mail that the next `notify` is about."""
        self.handed, self.verdict = mail, None

    def send(
        self,
        body: str,  # noqa: ARG002 (the mail has it already, as the next two)
        title: str = "",  # noqa: ARG002
        notify_type: NotifyType = NotifyType.INFO,  # noqa: ARG002
        **_: object,
    ) -> bool:
        """Send the mail laid on the service. Called by Apprise."""
        if self.handed is None:
            return False
        self.verdict = _BROKE_OFF  # Apprise takes any error for a plain no
        self.verdict = self.transport.send(self.handed)
        return self.verdict.outcome is Outcome.SENT
