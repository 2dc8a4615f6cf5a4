"""The files of the package, what each is for, and how anyone can check them."""

from collections.abc import Iterator

from input_packages import labels
from input_packages.blocks import Row, Run, Section, Style, Table, Text
from input_packages.contents import Contents
from input_packages.manifest import FACTS, FORMS, MANIFEST, SUMS, page_name
from input_packages.speech import Speech
from language.catalogues import english, spoken

_FORMS = {
    "html": english("this document, for the screen: %(language)s"),
    "pdf": english("this document, for printing and for reading aloud: %(language)s"),
    "docx": english("this document, for editing: %(language)s"),
    "reading-copy": english("this document with every contribution as an annex: %(language)s"),
}
_CHECK = english(
    "To check that nothing was changed: %(whole)s on the archive, or %(listed)s where it was unpacked."
)


def section(c: Contents, s: Speech) -> Section:
    """Return the list of files."""
    table = Table(
        caption=s.plain(english("The files and what each is for")),
        columns=(s.plain(english("File")), s.plain(english("What it is"))),
        rows=tuple(Row((((s.id(name, Style.CODE),),), (what,))) for name, what in _files(c, s)),
        widths=(4, 7),
    )
    check = s.note(
        _CHECK,
        whole=s.id("mandates package verify", Style.CODE),
        listed=s.id(f"sha256sum -c {SUMS}", Style.CODE),
    )
    return Section("files", s.plain(english("Files in this package")), (table, check))


def _files(c: Contents, s: Speech) -> Iterator[tuple[str, Text]]:
    for language in dict.fromkeys(map(spoken, c.languages)):
        own = Run(labels.own_name(language), direction=None, language=language)
        for form in FORMS:
            yield page_name(form, language), s.gettext(_FORMS[form], language=own)
    if c.contributions:
        yield "annex-…", s.gettext(english("the contributions as they came; the list of annexes names them"))
    yield FACTS, s.gettext(english("all of its facts, for machines"))
    yield MANIFEST, s.gettext(english("the list of files, each with its size and SHA-256"))
    yield SUMS, s.gettext(english("the check sums, for those without Mandate Keeper"))
