"""What the text says, in every language there is."""

from input_packages.blocks import Block, Heading, Paragraph, Quotation, Run, Section, Style
from input_packages.contents import Contents, ProvisionText
from input_packages.speech import Speech, styled
from language.catalogues import english, spoken
from language.direction import direction

_OURS = english(
    "Summary prepared by the secretariat, in each language of the instrument. For the wording"
    " itself, see the instrument."
)


def section(c: Contents, s: Speech) -> Section:
    """Return the provisions the duty rests on."""
    languages = sorted(dict.fromkeys(map(spoken, c.languages)), key=lambda other: other != s.language)
    blocks: list[Block] = [s.note(_OURS)]
    for provision in c.provisions:
        blocks += _provision(provision, languages, s)
    return Section("provisions", s.plain(english("Authoritative text (summary)")), tuple(blocks))


def _provision(provision: ProvisionText, languages: list[str], s: Speech) -> list[Block]:
    heading: tuple[Run, ...] = (s.id(provision.id),)
    if provision.paragraph is not None:
        said = s.gettext(english("paragraph %(number)s"), number=provision.paragraph)
        heading = (*heading, Run(" "), *styled(said, Style.SOFT))
    says = (Quotation(provision.says[o], o, direction(o)) for o in languages if o in provision.says)
    source = s.gettext(english("Source: %(source)s"), source=s.name(provision.source))
    return [Heading(heading), *says, Paragraph(source, "source")]
