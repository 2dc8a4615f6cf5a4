"""What should be on the table and is not, and who owes it."""

from input_packages import labels
from input_packages.blocks import Block, Bullets, Heading, Paragraph, Row, Section, Style, Table, Text
from input_packages.contents import Contents, Item
from input_packages.speech import Speech, styled
from language.catalogues import english

_MISSING = english("Items expected and not received, those required by the text first")


def section(c: Contents, s: Speech) -> Section:
    """Return the gaps, and after them what is there."""
    blocks: list[Block] = []
    if c.unknown:
        anchors = (s.isolated(labels.anchor_label(one, s.language, c.names)) for one in c.unknown)
        blocks += [
            Heading(s.gettext(english("Not known"))),
            Bullets(tuple((anchor,) for anchor in anchors)),
            s.note(english("Dates that depend on these cannot be calculated until they are recorded.")),
        ]
    gaps = sorted((i for i in c.items if not i.present), key=lambda item: item.basis != "mandate")
    if gaps:
        blocks.append(_table(s.plain(_MISSING), english("To be submitted by"), gaps, s))
    else:
        blocks.append(Paragraph(s.gettext(english("All expected items have been received."))))
    if there := [item for item in c.items if item.present]:
        caption = s.plain(english("Items received"))
        blocks += [Heading(s.gettext(english("Received"))), _table(caption, english("From"), there, s)]
    return Section("missing", s.plain(english("Outstanding")), tuple(blocks))


def _table(caption: str, givers: str, items: list[Item], s: Speech) -> Table:
    return Table(
        caption=caption,
        columns=tuple(s.plain(column) for column in (english("Item"), givers, english("Depends on"))),
        rows=tuple(Row(((s.words(i.title),), _givers(i, s), (s.basis(i.basis),))) for i in items),
        widths=(5, 5, 3),
    )


def _givers(item: Item, s: Speech) -> tuple[Text, ...]:
    actor = s.words(item.from_) if item.from_ else s.absent(english("not specified"))
    if not item.expected or item.present:
        return (actor,)
    tally = s.gettext(english("%(count)s of %(total)s have answered"), count=item.came, total=item.expected)
    names = s.listed([(s.name(name, Style.SOFT),) for name in item.owed_by])
    soft = styled(tally, Style.SOFT)
    return (actor, soft, names) if item.came and names else (actor, soft)
