"""A mail read: who wrote, which letters it answers, whether a machine wrote it, and what it holds."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.utils import getaddresses

from tasks.inputs.mail.delivery_reports import is_report
from tasks.inputs.mail.parts import Parts, in_words, parts_of

_ID = re.compile(r"<[^<>\s]{1,900}>")
_LONGEST_HEADER, _MOST_HEADERS = 50_000, 2000  # characters; headers of one mail
# What only machines write into a header, in small letters; any value counts where none is named.
_AUTOMATIC: dict[str, Collection[str]] = {
    "x-autoreply": (),
    "x-autorespond": (),
    "precedence": ("auto_reply",),
    "return-path": ("<>",),
}
# What lists add to the mail of people too: a mailbox that is a group gets all of its mail so.
_PASSED_ON: dict[str, Collection[str]] = {
    "x-auto-response-suppress": ("all", "oof"),
    "list-id": (),
    "list-unsubscribe": (),
    "precedence": ("bulk", "list", "junk"),
}
_READ_RECEIPT = "disposition-notification"


class UnreadableMailError(ValueError):
    """A mail has headers that no mail program writes."""


@dataclass(frozen=True, slots=True)
class Mail:
    """What is known of a mail. `senders` are the addresses in From, in small letters.

    `answers` are the Message-IDs it refers to, `id` is its own; `automatic` says in words why a machine wrote
    it, empty where a person did; `passed_on` what lists and machines add, and a person's mail may have too.
    """

    message: Message
    id: str
    senders: tuple[str, ...]
    subject: str
    answers: tuple[str, ...]
    report: bool
    automatic: str
    passed_on: str
    verdicts: tuple[str, ...]

    @property
    def sender(self) -> str:
        """The address it is from, as it says; empty where it says none."""
        return self.senders[0] if self.senders else ""

    def values_of(self, name: str) -> tuple[str, ...]:
        """Return what stands in every header of this name, each on one line."""
        return tuple(" ".join(str(value).split()) for value in self.message.get_all(name, ()))

    def parts(self, *, forwarded: bool = False) -> Parts:
        """Return what it holds; as `parts_of`, which it raises as too."""
        return parts_of(self.message, forwarded=forwarded)


def read_mail(content: bytes) -> Mail:
    """Read the headers of a mail.

    Raises:
        UnreadableMailError: there are more, or longer ones, than any mail program writes.
    """
    message = message_from_bytes(content)
    headers = [(name.casefold(), str(value)) for name, value in message.items()]
    if len(headers) > _MOST_HEADERS or any(len(value) > _LONGEST_HEADER for _, value in headers):
        raise UnreadableMailError("it has more headers, or longer ones, than mail programs write")
    by_name: dict[str, list[str]] = {}
    for name, value in headers:
        by_name.setdefault(name, []).append(value)
    return Mail(
        message=message,
        id=next(_named(by_name, "message-id"), ""),
        senders=_senders(value for name, value in headers if name == "from"),
        subject=in_words(message["Subject"]),
        answers=tuple(
            dict.fromkeys(each for name in ("in-reply-to", "references") for each in _named(by_name, name))
        ),
        report=is_report(by_name),
        automatic=_automatic(by_name),
        passed_on=_marked(by_name, _PASSED_ON),
        verdicts=tuple(by_name.get("authentication-results", ())),
    )


def sender_in(header: bytes) -> str:
    """Return the address in a From header, in small letters; empty where none can be read."""
    try:
        addresses = _senders([str(value) for value in message_from_bytes(header).get_all("From", ())])
    except Exception:  # noqa: BLE001 (parsers of addresses fail in many ways; the mail is read all the same)
        return ""
    return next(iter(addresses), "")


def _senders(values: Iterable[str]) -> tuple[str, ...]:
    found = (address.casefold().strip() for _, address in getaddresses(list(values)) if "@" in address)
    return tuple(dict.fromkeys(found))


def _named(headers: dict[str, list[str]], name: str) -> Iterator[str]:
    """Yield the Message-IDs in a header, however they are folded or put together."""
    for value in headers.get(name, ()):
        yield from _ID.findall("".join(value.split()))


def _automatic(headers: dict[str, list[str]]) -> str:
    """Return by what it is seen that a machine wrote a mail; empty where nothing says so."""
    submitted = " ".join(headers.get("auto-submitted", ())).casefold().strip()
    if submitted and not submitted.startswith("no"):
        return f"Auto-Submitted: {submitted}"
    if _READ_RECEIPT in " ".join(headers.get("content-type", ())).casefold():
        return "a read receipt"
    return _marked(headers, _AUTOMATIC)


def _marked(headers: dict[str, list[str]], marks: dict[str, Collection[str]]) -> str:
    """Return the first header that has one of these values; empty where none has."""
    for name, values in marks.items():
        said = " ".join(headers.get(name, ())).casefold()
        if name in headers and (not values or any(each in said.split(", ") for each in values)):
            return f"{name.title()}: {said}"[:200]
    return ""
