"""Why a date is what it is, in one sentence of any language."""

from collections.abc import Mapping
from datetime import date

from language.catalogues import english, english_plural, translations
from language.dates import format_date, format_month
from language.direction import inside, said_in
from language.durations import duration
from policies.calendar.counting import Unit
from policies.facts.facts import Certainty
from policies.recurrence.cycles import Anchor, AnchorKind, Basis
from policies.status.explanation import Step

Names = Mapping[str, Mapping[str, str]]

_SENTENCES = {
    "opens_on": english("Opens on %(result)s: %(reason)s."),
    "target_on": english("The target date is %(result)s: %(reason)s."),
    "due_on": english("The due date is %(result)s: %(reason)s."),
}
_REASON = english("%(because)s (%(rule)s)%(unsure)s")
_BECAUSE = {
    -1: english("%(count)s before %(anchor)s"),
    0: english("%(anchor)s"),
    1: english("%(count)s after %(anchor)s"),
}
# A slot or a period is anchored by its first or by its last day; everything else has one day only.
_FIRST_DAY = {
    AnchorKind.SLOT: english("the first day of %(name)s, the month set by the text"),
    AnchorKind.PERIOD: english("the first day of the period %(name)s"),
}
_OWN_COMPLETION = english("the previous completion on %(on)s")
_ANCHORS = {
    AnchorKind.COMPLETION: english("the last completion of “%(name)s” on %(on)s"),
    AnchorKind.EVENT_START: english("the first day of “%(name)s”, %(on)s"),
    AnchorKind.EVENT_END: english("the last day of “%(name)s”, %(on)s"),
    AnchorKind.SLOT: english("the last day of %(name)s, the month set by the text"),
    AnchorKind.PERIOD: english("the last day of the period %(name)s"),
    AnchorKind.ASSUMED: english("%(on)s, the day on which “%(name)s” is assumed to be completed"),
    AnchorKind.MEETING: english("the day of “%(name)s”, %(on)s"),
    AnchorKind.DECISION: english("the day on which decision %(name)s was taken, %(on)s"),
    AnchorKind.DECISION_DUE: english("the day set by decision %(name)s, %(on)s"),
    AnchorKind.STEP: english("the day on which no consensus on %(name)s was recorded, %(on)s"),
    AnchorKind.TERM_END: english("the last day of the term of office %(name)s, %(on)s"),
}
_EDITION = english("%(name)s %(edition)s")
_STANDING = {
    True: english("No due date applies. It was last carried out on %(on)s: %(what)s."),
    False: english("No due date applies, and nothing about it has been recorded."),
}
_COUNTED = {
    True: english("%(anchor)s + %(count)s = %(result)s"),
    False: english("%(anchor)s − %(count)s = %(result)s"),
}
_RULES = {
    Basis.MANDATE: english("in accordance with %(provision)s"),
    Basis.HOUSE_PRACTICE: english("internal practice, not required by %(provision)s"),
}
# For whoever may not know what a provision is called after: with the document it is a provision of.
_RULES_IN_FULL = {
    Basis.MANDATE: english_plural(
        "under provision %(provision)s of “%(document)s”",
        "under provisions %(provision)s of “%(document)s”",
    ),
    Basis.HOUSE_PRACTICE: english_plural(
        "internal practice, not required by provision %(provision)s of “%(document)s”",
        "internal practice, not required by provisions %(provision)s of “%(document)s”",
    ),
}
_UNSURE = {
    Certainty.CONFIRMED: "",
    Certainty.TENTATIVE: english("; provisional, since the date of that event has not been confirmed"),
}


def sentence(
    step: Step,
    language: str,
    names: Names | None = None,
    own: str = "",
    document: Mapping[str, str] | None = None,
) -> str:
    """Return why the step's date is what it is, as one full sentence.

    `names` gives the words for the ids that steps mention, by id and language; an id without a name stands
    for itself. `international-migration-review-forum 2026` is found by its first part as well. `own` is the
    obligation that a letter is about already, and need not be named again. `document` is what its provision
    is a provision of, where that has to be said.
    """
    return translations(language).gettext(_SENTENCES[step.of]) % {
        "result": format_date(step.result, language),
        "reason": reason(step, language, names, own, document),
    }


def reason(
    step: Step,
    language: str,
    names: Names | None = None,
    own: str = "",
    document: Mapping[str, str] | None = None,
) -> str:
    """Return why the step's date is what it is, as `sentence` does, in a clause without the date."""
    say = translations(language).gettext
    unsure = _UNSURE[step.certainty]
    return say(_REASON) % {
        "because": _because(step, language, names or {}, own),
        "rule": _rule(step, language, document),
        "unsure": say(unsure) if unsure else "",
    }


def _rule(step: Step, language: str, document: Mapping[str, str] | None) -> str:
    provision = inside(step.provision, language)
    if document is None:
        return translations(language).gettext(_RULES[step.basis]) % {"provision": provision}
    words = translations(language).ngettext(*_RULES_IN_FULL[step.basis], provisions_in(step.provision))
    return words % {"provision": provision, "document": said_in(language, document)}


def provisions_in(provision: str) -> int:
    """Return how many provisions are named: `DEC-2, DEC-3` are two."""
    return provision.count(",") + 1


def arithmetic(step: Step, language: str) -> str:
    """Return how the step's date was counted: `8 May 2026 + 6 months = 8 November 2026`.

    It is empty where nothing was counted, and the date is that of the event itself.
    """
    if not step.count:
        return ""
    return translations(language).gettext(_COUNTED[step.count > 0]) % {
        "anchor": format_date(step.anchor_on, language),
        "count": duration(abs(step.count), Unit(step.unit), language),
        "result": format_date(step.result, language),
    }


def standing_sentence(last_done: Anchor | None, language: str, names: Names | None = None) -> str:
    """Return that a standing duty has no date, and when it was last done if that is known."""
    words = translations(language).gettext(_STANDING[last_done is not None])
    if last_done is None:
        return words
    what = named(last_done.subject, language, names or {})
    return words % {"on": format_date(last_done.on, language), "what": what}


def _because(step: Step, language: str, names: Names, own: str) -> str:
    return translations(language).gettext(_BECAUSE[_sign(step.count)]) % {
        "count": duration(abs(step.count), Unit(step.unit), language),
        "anchor": _anchor(step, language, names, own),
    }


def _anchor(step: Step, language: str, names: Names, own: str) -> str:
    kind = step.anchor_kind
    if kind is AnchorKind.COMPLETION and step.anchor == own:
        return translations(language).gettext(_OWN_COMPLETION) % {"on": format_date(step.anchor_on, language)}
    pattern = _FIRST_DAY.get(kind, _ANCHORS[kind]) if step.anchor_on.day == 1 else _ANCHORS[kind]
    return translations(language).gettext(pattern) % {
        "name": _slot_name(step.anchor, language)
        if kind is AnchorKind.SLOT
        else named(step.anchor, language, names),
        "on": format_date(step.anchor_on, language),
    }


def _slot_name(slot: str, language: str) -> str:
    return format_month(date.fromisoformat(f"{slot}-01"), language)


def named(subject: str, language: str, names: Names) -> str:
    """Return the words for the id of a duty or of an event's edition; the id itself where it has none."""
    if subject in names:
        return said_in(language, names[subject])
    kind, _, edition = subject.rpartition(" ")
    if kind in names:
        return translations(language).gettext(_EDITION) % {
            "name": said_in(language, names[kind]),
            "edition": inside(edition, language),
        }
    return inside(subject, language)


def _sign(count: int) -> int:
    return (count > 0) - (count < 0)
