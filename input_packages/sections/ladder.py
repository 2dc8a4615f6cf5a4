"""A proposal on which there is no consensus: where each entity stands, and what was done about it."""

from input_packages.blocks import Block, Heading, Paragraph, Row, Run, Section, Table, Text
from input_packages.contents import Contents, PositionStated, StepTaken
from input_packages.speech import Speech
from language.catalogues import english
from language.ladder_names import ladder_name, stance_name


def section(c: Contents, s: Speech) -> Section | None:
    """Return the history of the proposal; None where the package is about none."""
    if not c.ladder:
        return None
    blocks: list[Block] = []
    if c.particular:
        blocks.append(Paragraph((s.name(c.particular),)))
    blocks += [Heading(s.gettext(english("Positions"))), _positions(c.positions, s)]
    blocks += [Heading(s.gettext(english("What was done so far"))), _steps(c.ladder, s)]
    return Section("ladder", s.plain(english("The matter, and what was done about it")), tuple(blocks))


def _positions(positions: tuple[PositionStated, ...], s: Speech) -> Table:
    columns = (english("Entity"), english("Position"), english("Stated on"))
    return Table(
        caption=s.plain(english("Where each entity stood on each day")),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(
            Row(
                (
                    ((s.name(each.entity),),),
                    (_said(stance_name(each.stance, s.language)), *_more(each.says, s)),
                    (s.date(each.stated_on),),
                )
            )
            for each in positions
        ),
        widths=(4, 6, 3),
    )


def _steps(steps: tuple[StepTaken, ...], s: Speech) -> Table:
    columns = (english("Taken on"), english("Step"), english("By"))
    return Table(
        caption=s.plain(english("Every step in its order")),
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(
            Row(
                (
                    (s.date(each.taken_on),),
                    (
                        _said(ladder_name(each.kind, s.language)),
                        *_more(each.says, s),
                        (s.name(each.source),),
                    ),
                    ((s.name(each.by),),),
                )
            )
            for each in steps
        ),
        widths=(3, 7, 3),
    )


def _said(words: str) -> Text:
    return (Run(words),)


def _more(says: str | None, s: Speech) -> tuple[Text, ...]:
    return ((s.name(says),),) if says else ()
