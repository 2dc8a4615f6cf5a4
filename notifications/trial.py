"""A message as a trial sends it: to one address, the same words below a line that says who would get them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from notifications.messages import Message
from policies.people.directory import Recipient

_BODY = re.compile("<body[^>]*>")


def for_trial(message: Message, to: Recipient, copies: Sequence[Recipient], channel: str) -> Message:
    """Return a message headed by who would get it, who would have a copy, and by which channel it would go.

    They are in English, whatever language the message is in: whoever tries the program out reads them.
    """
    lines = [f"Trial: in earnest this would go to {_named(to)} by {channel}."]
    if copies:
        lines.append(f"Copies would go to {', '.join(map(_named, copies))}.")
    said = " ".join(lines)
    marked = f'<p lang="en" dir="ltr" style="margin:16px"><strong>{escape(said)}</strong></p>'
    return replace(
        message,
        subject=f"[Trial, for {to.name}] {message.subject}",
        text=f"{said}\n\n{message.text}",
        html=_BODY.sub(lambda body: body[0] + marked, message.html, count=1),
    )


def in_place_of(to: Recipient, address: str) -> Recipient:
    """Return the one address of a trial, as the recipient of what is meant for somebody else."""
    return replace(to, name=f"Trial, for {to.name}", address=address)


def _named(person: Recipient) -> str:
    return f"{person.name} <{person.address}>"
