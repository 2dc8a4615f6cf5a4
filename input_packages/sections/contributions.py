"""The documents that came, as annexes of this package."""

from input_packages.blocks import Paragraph, Row, Run, Section, Style, Table, Text
from input_packages.contents import Contents, Contribution
from input_packages.speech import Speech, styled
from language.catalogues import english

_WHERE = english(
    "Each stands in the package as it came, under the name given here, and in the reading copy as an annex. "
    "The bytes that came are the record; what the reading copy shows of them is a preview."
)


def section(c: Contents, s: Speech) -> Section:
    """Return the list of annexes."""
    title = s.plain(english("Contributions"))
    if not c.contributions:
        return Section("contributions", title, (Paragraph(s.gettext(english("No document has come yet."))),))
    columns = (english("Annex"), english("From"), english("Document"), english("Received on"))
    table = Table(
        caption=s.plain(english("The documents that came, by annex")),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(_row(each, c, s) for each in c.contributions),
        widths=(2, 6, 8, 4),
    )
    return Section("contributions", title, (table, s.note(_WHERE)))


def _row(contribution: Contribution, c: Contents, s: Speech) -> Row:
    titles = {item.id: item.title for item in c.items}
    what = s.words(titles[contribution.item]) if contribution.item in titles else (s.id(contribution.item),)
    file = (s.id(contribution.file, Style.CODE),)
    came_as = s.gettext(english("came as %(name)s"), name=s.name(contribution.title))
    soft = styled(came_as, Style.SOFT)
    later = _later(contribution.version, s)
    return Row(
        (
            ((Run(str(contribution.annex)),),),
            ((s.name(contribution.name),), *(((s.id(contribution.part),),) if contribution.part else ())),
            (what, file, soft, *_also_for(contribution, s)),
            (s.date(contribution.received_on), *later),
        )
    )


def _also_for(contribution: Contribution, s: Speech) -> tuple[Text, ...]:
    """Return the other cycles that the same document was given for, each on a line."""
    said = english("also given for %(cycle)s")
    return tuple(styled(s.gettext(said, cycle=s.id(cycle)), Style.SOFT) for cycle in contribution.also_for)


def _later(version: int, s: Speech) -> tuple[Text, ...]:
    """Return which version it is, where the giver has sent an earlier one."""
    said = styled(s.gettext(english("version %(number)s"), number=version), Style.SOFT)
    return (said,) if version > 1 else ()
