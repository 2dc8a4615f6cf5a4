"""Which letters a mail answers, also where a server rewrote its References: by the address it came to."""

from dataclasses import replace
from typing import TYPE_CHECKING

from notifications.headers import letter_names
from records.ledger.letters import letters_beginning
from tasks.inputs.mail.reading import Mail

if TYPE_CHECKING:
    from records.database import Session

_MOST_ADDRESSES = 100  # of one mail
_ADDRESSED = ("to", "cc", "delivered-to", "x-original-to")


def with_letters(session: "Session", mail: Mail) -> Mail:
    """Return a mail that answers the letters too whose own address it came to."""
    addresses = [value for name in _ADDRESSED for value in mail.values_of(name)]
    names = letter_names(addresses)[:_MOST_ADDRESSES]
    found = [letter for name in names for letter in letters_beginning(session, f"<{name}@")]
    return replace(mail, answers=tuple(dict.fromkeys((*mail.answers, *found)))) if found else mail
