"""What changed on the roll that the duty reports: who entered and left, or that nobody did."""

from input_packages.blocks import Block, Paragraph, Row, Section, Table
from input_packages.contents import Contents
from input_packages.roll_contents import ChangeKind, RollChange, RollChanges
from input_packages.sections.members import named
from input_packages.speech import Speech
from language.catalogues import english

_NIL = english("No changes since %(since)s (nil return).")
_SINCE = english("Changes since %(since)s:")
_NOW = english("Membership after those changes: %(members)s.")
_VOUCHED = english("The list was certified as complete on %(on)s.")
_UNVOUCHED = english(
    "The completeness of this list has not been certified. Please check it before relying on it."
)
_KINDS = {ChangeKind.ENTERED: english("entered"), ChangeKind.LEFT: english("left")}


def section(c: Contents, s: Speech) -> Section | None:
    """Return the difference since the last report; None where the duty reports no roll."""
    if c.roll is None:
        return None
    title = s.plain(english("Changes in membership"))
    return Section("roll", title, (_vouched(c.roll, s), *_changes(c.roll, title, s), *_members(c.roll, s)))


def _vouched(roll: RollChanges, s: Speech) -> Paragraph:
    if roll.attested_on is None:
        return Paragraph(s.gettext(_UNVOUCHED), "alert")
    return Paragraph(s.gettext(_VOUCHED, on=s.date(roll.attested_on)))


def _changes(roll: RollChanges, title: str, s: Speech) -> tuple[Block, ...]:
    since = s.date(roll.since, english("the beginning of records"))
    if not roll.changes:
        return (Paragraph(s.gettext(_NIL, since=since)),)
    columns = (english("Name"), english("Change"), english("Day"), english("Decision"))
    table = Table(
        caption=title,
        columns=tuple(s.plain(column) for column in columns),
        rows=tuple(_row(change, s) for change in roll.changes),
        widths=(4, 3, 3, 4),
    )
    return (Paragraph(s.gettext(_SINCE, since=since)), table)


def _row(change: RollChange, s: Speech) -> Row:
    decision = (s.id(change.decision),) if change.decision else s.absent(english("not recorded"))
    what = s.gettext(_KINDS[change.kind])
    return Row(((named(change.member, s),), (what,), (s.date(change.on),), (decision,)))


def _members(roll: RollChanges, s: Speech) -> tuple[Paragraph, ...]:
    members = s.listed([named(member, s) for member in roll.members])
    return (Paragraph(s.gettext(_NOW, members=members)),) if roll.members else ()
