"""A notice in few words, for chats and webhooks: what is asked, and by when.

The body is small HTML: Apprise turns it into what each service shows. The marks that keep Latin names whole
within Arabic stay characters in it, because services drop the elements for that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from language.catalogues import spoken
from language.direction import inside
from language.forgotten import forgotten_in
from notifications.bundling import told_once
from notifications.layouts import briefly
from notifications.messages import subject_of_several, words_for
from notifications.notice_content import NoticeContent
from policies.people.directory import Recipient


@dataclass(frozen=True, slots=True)
class Short:
    """A title in plain text, a body in small HTML, and the language both really are in."""

    title: str
    body: str
    language: str


def short(
    contents: Sequence[NoticeContent], recipient: Recipient, as_of: date, answer_to: str | None = None
) -> Short:
    """Return what one or several notices ask of one recipient, as it is right on `as_of`.

    The title of several counts them, as the subject of a mail does. Whoever is asked for something answers
    by mail to `answer_to`: a chat takes no replies.

    Raises:
        jinja2.UndefinedError: a template uses a name nobody gave.
    """
    language = spoken(recipient.language)
    told, name = told_once(contents, as_of), inside(recipient.name, language)
    around = {"several": len(told) > 1, "name": name, "brief": True, "answer_to": answer_to}
    laid = [briefly(each, language, words_for(each, language, as_of) | around) for each in told]
    title = laid[0][0] if len(told) == 1 else subject_of_several(told, language, as_of)
    body = "\n".join(body for _, body in laid)
    return Short(forgotten_in(title, language), forgotten_in(body, language), language)
