"""What is otherwise than in the version before."""

from collections.abc import Mapping
from typing import Final

from input_packages import labels
from input_packages.blocks import Bullets, Run, Section, Text
from input_packages.contents import Change, Contents
from input_packages.speech import Speech
from language.catalogues import english

_SENTENCES: Final[Mapping[str, str]] = {
    "contribution-new": english("A contribution was received from %(subject)s."),
    "contribution-replaced": english("%(subject)s sent a later version of a contribution."),
    "answer": english("%(subject)s replied."),
    "asked": english("%(subject)s was asked for an input."),
    "item": english("Now available: %(subject)s."),
    "item-gone": english("No longer available: %(subject)s."),
    "date": english("A date of the cycle moved: %(subject)s."),
    "decision": english("There is news of decision %(subject)s."),
    "earlier-cycle": english("There is news of the earlier cycle %(subject)s."),
    "group": english("There is news of the working group %(subject)s."),
    "roll": english("The membership reported on has changed."),
    "lead": english("%(subject)s leads the review."),
    "released": english("%(subject)s released the package to the reviewers."),
    "rules": english("The rules or the words that the package is made from were changed."),
}
KINDS = tuple(_SENTENCES)


def section(c: Contents, s: Speech) -> Section | None:
    """Return what changed, or None in a first version."""
    if not c.edition.changes:
        return None
    said = (
        s.gettext(_SENTENCES[change.kind], subject=_subject(change, c, s)) for change in c.edition.changes
    )
    return Section(
        "changes",
        s.plain(english("What changed since the version before")),
        (Bullets(tuple((sentence,) for sentence in said)),),
    )


def _subject(change: Change, c: Contents, s: Speech) -> Text:
    """Return what a change is about in words: dates and items go by their ids in the record."""
    titles = {item.id: item.title for item in c.items}
    if change.kind == "date":
        return (Run(labels.date_label(change.subject, s.language)),)
    if change.subject in titles:
        return s.words(titles[change.subject])
    return (s.name(change.subject),)
