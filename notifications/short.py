"""A notice in few words, for chats and webhooks: what is asked, by when, and the reference.

The body is small HTML: Apprise turns it into what each service shows. The marks that keep Latin names whole
within Arabic stay characters in it, because services drop the elements for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from language.catalogues import spoken
from language.direction import inside
from language.forgotten import forgotten_in
from notifications.layouts import briefly
from notifications.messages import words_for
from notifications.notice_content import NoticeContent, most_urgent_first
from policies.people.directory import Recipient


@dataclass(frozen=True, slots=True)
class Short:
    """A title in plain text, a body in small HTML, and the language both really are in."""

    title: str
    body: str
    language: str


def short(contents: Sequence[NoticeContent], recipient: Recipient, as_of: date) -> Short:
    """Return what one or several notices ask of one recipient, as it is right on `as_of`.

    The title is that of the most urgent, and counts the others.

    Raises:
        jinja2.UndefinedError: a template uses a name nobody gave.
    """
    language = spoken(recipient.language)
    several, name = len(contents) > 1, inside(recipient.name, language)
    ordered = most_urgent_first(contents, as_of)
    laid = [
        briefly(content, language, words_for(content, language, as_of) | {"several": several, "name": name})
        for content in ordered
    ]
    title = laid[0][0] + (f" (+{len(contents) - 1})" if several else "")
    body = "\n".join(body for _, body in laid)
    return Short(forgotten_in(title, language), forgotten_in(body, language), language)
