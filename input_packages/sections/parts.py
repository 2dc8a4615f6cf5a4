"""What the review falls into: one part for each seat of a board."""

from input_packages.blocks import Block, Heading, Paragraph, Row, Section, Table, Text
from input_packages.contents import Contents, Contribution, Seat
from input_packages.speech import Speech
from language.catalogues import english

NOBODY_RECORDED = english(
    "No working groups are on record; the review is therefore submitted as a whole. Please "
    "have the groups recorded."
)


def section(c: Contents, s: Speech) -> Section | None:
    """Return the parts of the review; None where it is one."""
    if c.parts is None:
        return None
    title = "".join(run.text for run in s.words(c.parts.title))
    asks = Paragraph(s.words(c.parts.asks))
    if not c.parts.seats:
        return Section("parts", title, (asks, Paragraph(s.gettext(NOBODY_RECORDED), "alert")))
    blocks: list[Block] = [asks, _table(c, title, s)]
    for seat in c.parts.seats:
        blocks += _part(c, seat, s)
    return Section("parts", title, tuple(blocks))


def _table(c: Contents, title: str, s: Speech) -> Table:
    assert c.parts  # noqa: S101 (asked only where there are parts)
    columns = (
        english("Part"),
        english("Responsible"),
        english("Since"),
        english("Until"),
        english("Has answered"),
    )
    return Table(
        caption=title,
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(
            Row(
                (
                    ((s.id(seat.id),),),
                    ((s.name(seat.holder),),),
                    (s.date(seat.since),),
                    (s.date(seat.until, english("not recorded")),),
                    (s.gettext(english("yes")) if seat.answered else s.absent(english("no")),),
                )
            )
            for seat in c.parts.seats
        ),
        widths=(3, 4, 3, 3, 2),
    )


def _part(c: Contents, seat: Seat, s: Speech) -> list[Block]:
    said = own_contributions(c, seat.id, s)
    return [Heading((s.id(seat.id),)), *said] if said else []


def own_contributions(c: Contents, part: str, s: Speech) -> list[Block]:
    """Return which annexes came about one part of the review; nothing where none did."""
    annexes = [_annex(each, s) for each in c.contributions if each.part == part]
    said = english("Its own contributions: %(annexes)s")
    return [Paragraph(s.gettext(said, annexes=s.listed(annexes)))] if annexes else []


def _annex(contribution: Contribution, s: Speech) -> Text:
    return s.gettext(english("annex %(number)s"), number=contribution.annex)
