"""What should be on the table and is not, and who owes it."""

from input_packages import labels
from input_packages.blocks import Block, Bullets, Heading, Paragraph, Row, Section, Style, Table, Text
from input_packages.contents import Contents, Item
from input_packages.speech import Speech, joined, styled
from language.catalogues import english

_MISSING = english("Items that should be on the table and are not, those the text demands first")


def section(c: Contents, s: Speech) -> Section:
    """Return the gaps, and after them what is there."""
    blocks: list[Block] = []
    if c.unknown:
        anchors = (s.isolated(labels.anchor_label(one, s.language, c.names)) for one in c.unknown)
        blocks += [
            Heading(s.gettext(english("Not known"))),
            Bullets(tuple((anchor,) for anchor in anchors)),
            s.note(english("What rests on these has no date until they are recorded.")),
        ]
    gaps = sorted((i for i in c.items if not i.present), key=lambda item: item.basis != "mandate")
    if gaps:
        blocks.append(_table(s.plain(_MISSING), english("Owed by"), gaps, s))
    else:
        blocks.append(Paragraph(s.gettext(english("Every item that should be on the table is there."))))
    if there := [item for item in c.items if item.present]:
        caption = s.plain(english("Items that are on the table"))
        blocks += [Heading(s.gettext(english("On the table"))), _table(caption, english("From"), there, s)]
    return Section("missing", s.plain(english("What is missing")), tuple(blocks))


def _table(caption: str, givers: str, items: list[Item], s: Speech) -> Table:
    return Table(
        caption=caption,
        columns=tuple(s.plain(column) for column in (english("Item"), givers, english("Rests on"))),
        rows=tuple(Row(((s.words(i.title),), _givers(i, s), (s.basis(i.basis),))) for i in items),
        widths=(5, 5, 3),
    )


def _givers(item: Item, s: Speech) -> tuple[Text, ...]:
    actor = s.words(item.from_) if item.from_ else s.absent(english("nobody in particular"))
    if not item.expected or item.present:
        return (actor,)
    tally = s.gettext(english("%(count)s of %(total)s have answered"), count=item.came, total=item.expected)
    names = joined([(s.name(name, Style.SOFT),) for name in item.owed_by])
    soft = styled(tally, Style.SOFT)
    return (actor, soft, names) if item.came and names else (actor, soft)
