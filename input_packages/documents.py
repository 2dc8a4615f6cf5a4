"""A package as a document of one language: its sections, and what stands at its head and foot."""

from input_packages.blocks import Document, Style, Text
from input_packages.contents import Contents
from input_packages.sections import sections
from input_packages.speech import Speech, plain, styled
from language.catalogues import english, spoken
from language.direction import direction

_FOOTER = english(
    "Produced by Mandate Keeper from recorded facts alone: the same facts give the same "
    "package, byte for byte."
)


def languages(contents: Contents) -> tuple[str, ...]:
    """Return the languages the package is written in: those of the contents that have a catalogue."""
    return tuple(dict.fromkeys(map(spoken, contents.languages)))


def document(contents: Contents, language: str) -> Document:
    """Return the package in one language."""
    s = Speech(language)
    title = s.words(contents.title)
    return Document(
        language=language,
        direction=direction(language),
        institution=s.words(contents.institution),
        kind=s.plain(english("Input package")),
        title=title,
        plain_title=plain(s.gettext(english("Input package: %(title)s"), title=title)),
        cycle=s.gettext(english("Cycle: %(cycle)s"), cycle=s.cycle(contents.cycle)),
        edition=_edition(contents, s),
        contents=s.plain(english("Contents")),
        sections=sections(contents, s),
        footer=s.plain(_FOOTER),
    )


def _edition(contents: Contents, s: Speech) -> Text:
    edition = contents.edition
    if not edition.final:
        said = s.gettext(english("Draft, version %(version)s"), version=edition.version)
        return styled(said, Style.ALERT)
    return s.gettext(
        english("Version %(version)s, released by %(name)s on %(on)s"),
        version=edition.version,
        name=s.name(edition.released_by or ""),
        on=s.date(edition.released_on),
    )
