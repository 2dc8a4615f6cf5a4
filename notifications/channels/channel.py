"""Opening a channel by its address, and sending through it."""

from email.message import EmailMessage
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import SplitResult, urlsplit

from notifications.channels.outbox import Outbox
from notifications.channels.relay import Postman, relay_from
from notifications.channels.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from apprise import Apprise

    from notifications.channels.plugins import Carrier, ReadyMail

_MISWRITTEN = "it is not of the form user:password@host:port (in a password, / is written %2F and @ %40)"
_EXAMPLES = "outbox://, rmails://user:password@mail.example.org:587 or the address of an Apprise service"


class UnusableChannelError(ValueError):
    """The address of a channel cannot be used. Its message names the scheme and never the password."""

    def __init__(self, url: str, reason: str) -> None:
        scheme, separator, _ = url.partition("://")
        shown = f"{scheme}://…" if separator else "(an address without ://)"
        super().__init__(
            f"The channel {shown} cannot be used: {reason}. Expected {_EXAMPLES}. Mend the channel's setting."
        )


class Channel:
    """A way for messages to leave, one recipient at a time. Close it after use, or use it in a `with`.

    `ready` is our own service within `apprise`; without it, any service Apprise knows gets the subject and
    the HTML, and says no more than yes or no.
    """

    def __init__(self, apprise: "Apprise", ready: "ReadyMail | None" = None) -> None:
        self._apprise = apprise
        self._ready = ready

    def send(self, message: EmailMessage) -> Verdict:
        """Send the message and return what became of it; a refusal is a verdict, not an exception."""
        if self._ready:
            self._ready.handed, self._ready.verdict = message, None
        accepted = _accepted(
            self._apprise.notify(body=_html(message), title=str(message["Subject"]), body_format="html")
        )
        if self._ready:
            return self._ready.verdict or _NOT_TAKEN
        return _TAKEN if accepted else _UNCLEAR

    def close(self) -> None:
        """Let go of the connection, if one is open."""
        if self._ready:
            self._ready.carrier.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


_TAKEN = Verdict(Outcome.SENT, "taken by the service")
_UNCLEAR = Verdict(Outcome.UNKNOWN, "the service did not confirm it; it may have arrived all the same")
_NOT_TAKEN = Verdict(Outcome.REFUSED_NOW, "not tried: Apprise did not take the message")


def open_channel(url: str, *, outbox: Path) -> Channel:
    """Return the channel that `url` names.

    Args:
        url: `outbox://`, `rmail://user:password@host:port`, `rmails://…` (TLS), or an Apprise address.
        outbox: the folder that `outbox://` writes into.

    Raises:
        UnusableChannelError: nothing can be sent to such an address.
    """
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 (takes a second; nobody else has to wait)

    from notifications.channels.plugins import ReadyMail  # noqa: PLC0415 (the same)

    apprise = Apprise(asset=AppriseAsset(app_id="Mandate Keeper", async_mode=False))
    carrier = _carrier(url, outbox)
    ready = ReadyMail(carrier) if carrier else None
    if not apprise.add(ready or url) or len(apprise) != 1:
        raise UnusableChannelError(url, "Apprise knows no such service")
    return Channel(apprise, ready)


def _carrier(url: str, outbox: Path) -> "Carrier | None":
    carriers: dict[str, Callable[[SplitResult], Carrier]] = {
        "outbox": lambda _: Outbox(outbox),
        "rmail": lambda parts: Postman(relay_from(parts)),
        "rmails": lambda parts: Postman(relay_from(parts)),
    }
    try:
        parts = urlsplit(url)
        return carriers[parts.scheme](parts) if parts.scheme in carriers else None
    except ValueError as error:
        raise UnusableChannelError(url, _MISWRITTEN) from error


def _html(message: EmailMessage) -> str:
    body = message.get_body(("html", "plain"))
    return str(body.get_content()) if body else str(message["Subject"])


def _accepted(result: object) -> bool:
    """Whether Apprise says so plainly: True before version 2, a result with the status SUCCESS from it on."""
    return result is True or getattr(getattr(result, "status", None), "name", None) == "SUCCESS"
