"""Whether our own mail server vouches for a mail: by its verdict, or by its word that it is from inside."""

import re

from tasks.inputs.mail.reading import Mail
from tasks.inputs.mail.verdicts import findings_in
from tasks.installation.settings import Settings

_FAILED = re.compile(r"\b(?:dmarc|spf|dkim)\s*=\s*(?:\w*fail|\w*error)\b", re.IGNORECASE)


def vouched(settings: Settings, ours: str, mail: Mail) -> bool:
    """Return whether our own mail server says that a mail is from whom it says; `ours` is our own address."""
    verdict = _own_verdict(settings.relay, mail)
    sender = _domain(mail.sender)
    if verdict is not None and sender and findings_in(verdict).passed("dmarc", "header.from", sender):
        return True
    return _from_inside(settings, ours, mail, verdict)


def _own_verdict(relay: str | None, mail: Mail) -> str | None:
    """Return what our own mail server found, which is the topmost verdict; None where that is another's."""
    if relay is None or not mail.verdicts:
        return None
    verdict = mail.verdicts[0]
    return verdict if findings_in(verdict).server == relay.casefold() else None


def _from_inside(settings: Settings, ours: str, mail: Mail, verdict: str | None) -> bool:
    """Return whether a mail is from our own domain and has the header that our server sets on such mail.

    Anybody can write a header. It counts if the server takes it out of what comes from outside, or if the
    same server looked at the mail and found nothing wrong.
    """
    if settings.inside_header is None or not _is_inside(_domain(mail.sender), _domain(ours)):
        return False
    name, _, value = settings.inside_header.partition(":")
    if [each.casefold() for each in mail.values_of(name)] != [value.strip().casefold()]:
        return False
    return settings.inside_header_stripped or (verdict is not None and not _FAILED.search(verdict))


def _is_inside(domain: str, ours: str) -> bool:
    """Return whether a domain is ours, or the one that ours lies in."""
    return bool(domain) and f".{ours}".endswith(f".{domain}")


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()
