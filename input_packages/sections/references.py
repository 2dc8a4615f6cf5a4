"""The documents reviewers should have at hand, and where they are."""

from input_packages.blocks import Row, Section, Table
from input_packages.contents import Contents
from input_packages.speech import Speech
from language.catalogues import english


def section(c: Contents, s: Speech) -> Section | None:
    """Return the table of reference documents; None where the definition names none."""
    if not c.references:
        return None
    columns = (english("Document"), english("Where it is"), english("Depends on"))
    table = Table(
        caption=s.plain(english("Reference documents for the review")),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(
            Row(((s.words(each.title),), (s.words(each.where),), (s.basis(each.basis),)))
            for each in c.references
        ),
        widths=(5, 5, 3),
    )
    return Section("references", s.plain(english("Reference documents")), (table,))
