"""What the text says: in the reader's language first, and in the others at the end of the package."""

from input_packages.blocks import Block, Heading, Paragraph, Quotation, Run, Section, Style
from input_packages.contents import Contents, ProvisionText
from input_packages.speech import Speech, styled
from language.catalogues import english, spoken
from language.direction import direction

_OF_SOURCES = "en"
_OURS = english("Summary prepared by the secretariat. For the wording itself, see the instrument.")


def section(c: Contents, s: Speech) -> Section:
    """Return the provisions the duty rests on, each in the reader's language, if it has words in it."""
    blocks: list[Block] = [s.note(_OURS)]
    for provision in c.provisions:
        blocks += [*_provision(provision, [_own(provision, s)], s), *_source(provision, s)]
    return Section("provisions", s.plain(english("Authoritative text (summary)")), tuple(blocks))


def in_other_languages(c: Contents, s: Speech) -> Section | None:
    """Return the same provisions in the other languages of the instrument; None where there is no other."""
    languages = dict.fromkeys(map(spoken, c.languages))
    blocks: list[Block] = []
    for provision in c.provisions:
        others = [each for each in languages if each in provision.says and each != _own(provision, s)]
        blocks += _provision(provision, others, s) if others else []
    title = s.plain(english("Authoritative text in the other languages (summary)"))
    return Section("provisions-in-other-languages", title, tuple(blocks)) if blocks else None


def _own(provision: ProvisionText, s: Speech) -> str:
    """Return the language in which a reader is shown a provision first."""
    return s.language if s.language in provision.says else next(iter(provision.says))


def _provision(provision: ProvisionText, languages: list[str], s: Speech) -> list[Block]:
    heading: tuple[Run, ...] = (s.id(provision.id),)
    if provision.paragraph is not None:
        said = s.gettext(english("paragraph %(number)s"), number=provision.paragraph)
        heading = (*heading, Run(" "), *styled(said, Style.SOFT))
    says = (Quotation(provision.says[o], o, direction(o)) for o in languages if o in provision.says)
    return [Heading(heading), *says]


def _source(provision: ProvisionText, s: Speech) -> list[Block]:
    """Return where it stands in the instrument; the pack says that in English alone."""
    if s.language != _OF_SOURCES:
        return []
    said = s.gettext(english("Source: %(source)s"), source=s.name(provision.source))
    return [Paragraph(said, "source")]
