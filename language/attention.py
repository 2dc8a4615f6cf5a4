"""What somebody must look at about one obligation, in a sentence of any language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from language.catalogues import english, translations
from language.durations import duration
from policies.calendar.counting import Unit

Value = date | int | Sequence[str] | tuple[date, date] | None

_ONE = {
    "unrecorded": english("due %(on)s, before records began; outcome to be recorded"),
    "unrecorded-target": english("planned for %(on)s, before records began; outcome to be recorded"),
    "advisory": english("more than 12 months since %(on)s (advisory, no breach)"),
    "unchecked": english("respect for the mandates of the members is not on record (%(provision)s)"),
    "unexplained": english("missed (due %(on)s); no reason on record"),
    "loose": english(
        "the completion of %(on)s closes no cycle; correct it, and say with counts_for which cycle it was for"
    ),
}
_MANY = {
    "overdue": english("overdue %(days)s (due %(on)s)"),
    "past-target": english("%(days)s past the internal target date %(on)s; not overdue"),
}
_UNKNOWN = english("not known: %(missing)s; to be recorded when available")
_BETWEEN = {
    "due": english("; due between %(first)s and %(last)s"),
    "target": english("; target date between %(first)s and %(last)s"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a reader is told: the language, how dates are written, and what a missing anchor is called."""

    language: str
    dated: Callable[[date, str], str]
    anchor: Callable[[str], str] = str


def attention_sentence(kind: str, values: Mapping[str, Value], wording: Wording) -> str:
    """Return what is to be looked at, without the name of the obligation or cycle it is about.

    Raises:
        KeyError: nobody has words for this kind.
    """
    language = wording.language
    on = values.get("on")
    dated = {"on": wording.dated(on, language)} if isinstance(on, date) else {}
    if kind == "unknown":
        return _unknown(values, wording)
    if kind in _MANY:
        days = values["days"]
        assert isinstance(days, int)  # noqa: S101 (these kinds count days)
        told = {"days": duration(days, Unit.DAYS, language), **dated}
        return translations(language).gettext(_MANY[kind]) % told
    provisions = values.get("provision")
    named = {"provision": provisions[0]} if isinstance(provisions, tuple) else {}
    return translations(language).gettext(_ONE[kind]) % {**dated, **named}


def _unknown(values: Mapping[str, Value], wording: Wording) -> str:
    missing = values["missing"]
    assert isinstance(missing, tuple)  # noqa: S101 (the anchors of a cycle)
    say = translations(wording.language).gettext
    named = ", ".join(wording.anchor(str(each)) for each in missing)
    told = say(_UNKNOWN) % {"missing": named}
    for name, pattern in _BETWEEN.items():
        bounds = values.get(name)
        if isinstance(bounds, tuple):
            first, last = (wording.dated(on, wording.language) for on in bounds if isinstance(on, date))
            told += say(pattern) % {"first": first, "last": last}
    return told
