"""The working groups under review, one part for each, from the group's own record."""

from input_packages.blocks import Block, Definitions, Heading, Paragraph, Row, Section, Table, Text
from input_packages.contents import Contents
from input_packages.roll_contents import GroupPart, Groups, Member
from input_packages.sections.members import named
from input_packages.sections.parts import NOBODY_RECORDED, own_contributions
from input_packages.speech import Speech, plain
from language.catalogues import english

_NOT_RECORDED = english("not recorded")


def section(c: Contents, s: Speech) -> Section | None:
    """Return the groups; None where the review is not one of groups."""
    if c.groups is None:
        return None
    title, asks = plain(s.words(c.groups.title)), Paragraph(s.words(c.groups.asks))
    if not c.groups.groups:
        return Section("groups", title, (asks, Paragraph(s.gettext(NOBODY_RECORDED), "alert")))
    blocks: list[Block] = [asks, _table(c.groups, title, s)]
    for group in c.groups.groups:
        blocks += [_heading(group, s), _record(group, s), *own_contributions(c, group.id, s)]
    return Section("groups", title, tuple(blocks))


def _table(groups: Groups, title: str, s: Speech) -> Table:
    columns = (english("Working group"), english("Chairs"), english("Since"), english("Has answered"))
    return Table(
        caption=title,
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(
            Row(
                (
                    ((s.id(group.id),), (s.name(group.title),)),
                    (_members(group.chairs, s),),
                    (s.date(group.since),),
                    (s.gettext(english("yes")) if group.answered else s.absent(english("no")),),
                )
            )
            for group in groups.groups
        ),
        widths=(5, 4, 3, 2),
    )


def _heading(group: GroupPart, s: Speech) -> Heading:
    return Heading((s.name(group.title),))


def _record(group: GroupPart, s: Speech) -> Definitions:
    workplan = (s.name(group.workplan),) if group.workplan else s.absent(_NOT_RECORDED)
    rows = (
        (english("Focus"), (s.name(group.focus),)),
        (english("Workplan"), workplan),
        (english("Chairs"), _members(group.chairs, s)),
        (english("Members"), _members(group.members, s)),
        (english("Partners"), _members(group.partners, s)),
    )
    return Definitions(tuple((s.gettext(label), said) for label, said in rows))


def _members(members: tuple[Member, ...], s: Speech) -> Text:
    return s.listed([named(member, s) for member in members]) if members else s.absent(_NOT_RECORDED)
