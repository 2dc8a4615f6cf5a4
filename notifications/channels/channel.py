"""Opening a channel by its address, and sending through it."""

import gc
from enum import StrEnum
from html import escape
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import SplitResult, urlsplit

from notifications.channels.address import MiswrittenAddressError
from notifications.channels.outbox import Outbox
from notifications.channels.relay import relay_from
from notifications.channels.smtp_sender import SmtpSender
from notifications.channels.tokens import NO_TOKENS, TokenSource
from notifications.channels.verdict import Outcome, Verdict
from notifications.envelope import Mail

if TYPE_CHECKING:
    from collections.abc import Callable

    from apprise import Apprise, NotifyBase

    from notifications.channels.plugins import ReadyMail, Transport

_MISWRITTEN = "it is not of the form user:password@host:port (in a password, / is written %2F and @ %40)"
_EXAMPLES = "outbox://, rmails://user:password@mail.example.org:587 or the address of an Apprise service"
_US = "Mandate Keeper"
_LONGEST_WAIT = 60.0  # seconds; one slow service is not to hold up the messages of all the others


class UnusableChannelError(ValueError):
    """The address of a channel cannot be used. Its message names the scheme and never the password."""

    def __init__(self, url: str, reason: str) -> None:
        scheme, separator, _ = url.partition("://")
        shown = f"{scheme}://…" if separator else "(an address without ://)"
        super().__init__(
            f"The channel {shown} cannot be used: {reason}. Expected {_EXAMPLES}. Mend the channel's setting."
        )


class Takes(StrEnum):
    """What a channel takes: the whole mail, or a short text (`notifications/short.py`)."""

    MAIL = "mail"
    SHORT = "short"


class Channel:
    """A way for messages to leave, one at a time. Close it after use, or use it in a `with`.

    `ready` is our own service within `apprise`: it takes whole mails. Without it, `apprise` holds a service
    of its own, a chat or a webhook, which takes short texts and says no more than yes or no.
    """

    def __init__(self, apprise: "Apprise", ready: "ReadyMail | None" = None) -> None:
        self._apprise = apprise
        self._ready = ready

    @property
    def takes(self) -> Takes:
        """Which of the two ways of sending this channel is for."""
        return Takes.MAIL if self._ready else Takes.SHORT

    def send(self, mail: Mail) -> Verdict:
        """Send a whole mail and return what became of it; a refusal is a verdict, not an exception."""
        if not self._ready:
            return _WRONG_TEXT
        self._ready.lay(mail)
        self._apprise.notify(body=_ANY_BODY)
        return self._ready.verdict or _NOT_TAKEN

    def send_short(self, title: str, body: str) -> Verdict:
        """Send a short text, its body in HTML, and return what became of it.

        A plain refusal is one; whatever leaves open whether the text arrived is unknown.
        """
        from notifications.channels.apprise_log import listen  # noqa: PLC0415 (loads what only this needs)

        if self._ready:
            return _WRONG_TEXT
        if not self._apprise[0].title_maxlen:
            # Apprise would take the title for HTML where a service has none.
            title, body = "", f"<b>{escape(title)}</b><br>{body}"
        with listen() as listener:
            result = self._apprise.notify(body=body, title=title, body_format="html")
        return _TAKEN if _accepted(result) else listener.verdict

    def trouble(self) -> str | None:
        """Return why nothing can leave now, found without sending anything; None where nothing is seen.

        A chat or a webhook cannot be tried without writing into it.
        """
        return self._ready.transport.trouble() if self._ready else None

    def refusal_of(self, sender: str, to: str) -> str | None:
        """Return why no mail can go to an address, found without sending one; None where nothing is seen."""
        return self._ready.transport.refusal_of(sender, to) if self._ready else None

    def close(self) -> None:
        """Let go of the connection, if one is open."""
        if self._ready:
            self._ready.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


_ANY_BODY = "the mail laid on the service"  # Apprise refuses an empty one
_TAKEN = Verdict(Outcome.SENT, "taken by the service")
_NOT_TAKEN = Verdict(Outcome.REFUSED_NOW, "not tried: Apprise did not take the message")
_WRONG_TEXT = Verdict(Outcome.REFUSED_NOW, "not tried: the channel takes the other kind of text")


def open_channel(url: str, *, outbox: Path, tokens: TokenSource = NO_TOKENS) -> Channel:
    """Return the channel that `url` names. Nothing is connected to yet.

    Args:
        url: `outbox://`, `rmail://user:password@host:port`, `rmails://…` (TLS), or an Apprise address.
        outbox: the folder that `outbox://` writes into.
        tokens: gives the tokens for an address with `auth=xoauth2`.

    Raises:
        UnusableChannelError: nothing can be sent to such an address.
    """
    from apprise import Apprise, AppriseAsset  # noqa: PLC0415 (takes a second; nobody else has to wait)

    from notifications.channels.apprise_log import listen  # noqa: PLC0415 (the same)
    from notifications.channels.plugins import ReadyMail  # noqa: PLC0415 (the same)

    # No pictures and no addresses of Apprise's own in messages of an institution.
    plain = AppriseAsset(
        app_id=_US, app_desc=_US, app_url="", image_url_mask="", image_url_logo="", async_mode=False
    )
    transport = _transport(url, outbox, tokens)
    ready = ReadyMail(transport) if transport else None
    with listen():  # Apprise may log the address
        apprise = Apprise(asset=plain)
        added = apprise.add(ready or url) and len(apprise) == 1
    if not added:
        raise UnusableChannelError(
            url, "Apprise knows no such service, or something in the address is missing"
        )
    if not ready:
        _bound(url, apprise[0])
    gc.freeze()  # what Apprise loads lasts; to search it for garbage takes longer than to write the mails
    return Channel(apprise, ready)


def takes(url: str) -> Takes:
    """Return what the channel that `url` names takes, without opening it."""
    return Takes.MAIL if url.partition("://")[0] in _OURS else Takes.SHORT


def way_in_words(url: str, *, outbox: Path) -> str:
    """Return where the channel that `url` names sends to, for people: no user, no password, no key."""
    scheme, mark, _ = url.partition("://")
    if scheme == "outbox":
        return f"files in {outbox}"
    if scheme not in _OURS:
        return f"{scheme if mark else 'an address without'}://…"
    try:
        relay = relay_from(urlsplit(url))
    except ValueError:
        return f"{scheme}://…, which cannot be used"
    return f"mail server {relay.host}:{relay.port}, {'with' if relay.context else 'without'} TLS"


def _bound(url: str, service: "NotifyBase") -> None:
    """Make sure that one text is one request that ends.

    Raises:
        UnusableChannelError: a verdict could not say of whom or of which attempt it is.
    """
    if len(service) != 1:
        reason = (
            "it names several targets, or retry=; name a channel for each target, and leave retries to us"
        )
        raise UnusableChannelError(url, reason)
    if getattr(service, "optional", False):
        raise UnusableChannelError(url, "with optional= a failure would be called a success; leave it out")
    waits = service.socket_connect_timeout, service.socket_read_timeout
    if not all(0 < wait <= _LONGEST_WAIT for wait in waits):
        raise UnusableChannelError(
            url, f"cto= and rto= are seconds, more than 0 and up to {_LONGEST_WAIT:.0f}"
        )


def _transport(url: str, outbox: Path, tokens: TokenSource) -> "Transport | None":
    try:
        parts = urlsplit(url)
        return _OURS[parts.scheme](parts, outbox, tokens) if parts.scheme in _OURS else None
    except MiswrittenAddressError as error:
        raise UnusableChannelError(url, str(error)) from None
    except ValueError:  # its words hold pieces of the address
        raise UnusableChannelError(url, _MISWRITTEN) from None


def _relayed(parts: SplitResult, _outbox: Path, tokens: TokenSource) -> "Transport":
    return SmtpSender(relay_from(parts), tokens)


# The services that are our own, by scheme: they take whole mails.
_OURS: "dict[str, Callable[[SplitResult, Path, TokenSource], Transport]]" = {
    "outbox": lambda _, outbox, __: Outbox(outbox),
    "rmail": _relayed,
    "rmails": _relayed,
}


def _accepted(result: object) -> bool:
    """Whether Apprise says so plainly: True before version 2, a result with the status SUCCESS from it on."""
    return result is True or getattr(getattr(result, "status", None), "name", None) == "SUCCESS"
