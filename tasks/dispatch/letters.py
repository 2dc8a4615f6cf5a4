"""Letters: what is owed to one person in one message, to whom it really goes, and when it may leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notifications.channels import Takes
from notifications.directory import Recipient
from notifications.envelope import Mail, Sender, enclose
from notifications.messages import Away, render
from notifications.notice_content import NoticeContent, from_json
from notifications.short import Short, short
from notifications.trial import for_trial, in_place_of
from policies.calendar.quiet import QuietHours
from records.ledger.letters import name_of_short
from records.ledger.notices import Notice
from tasks.installation.installation import Installation

Letter = Mail | Short


class UnreachableError(LookupError):
    """Nobody knows where to send this."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who a letter goes to, who gets a copy, and whom the first stands in for."""

    to: Recipient
    copies: tuple[Recipient, ...] = ()
    in_place_of: Away | None = None


def letter_about(
    installation: Installation,
    notices: Sequence[Notice],
    as_of: date,
    now: datetime,
    takes: Takes = Takes.MAIL,
    calendar: bytes | None = None,
) -> Letter:
    """Return the exact message of what is owed to one person, as it leaves (or would leave) on `as_of`.

    A mail has `calendar` attached. In a trial it is a mail to the trial's address, whatever its channel
    takes, and under other keys, so that no mail program takes the real one for a copy of it.

    Raises:
        UnreachableError: the person has left the directory.
        pydantic.ValidationError: what the ledger keeps about a notice cannot be read.
        jinja2.TemplateError: a template is wrong.
    """
    delivery = delivery_to(installation, notices[0].person, as_of)
    contents = [content_in(notice) for notice in notices]
    trial = installation.settings.trial
    if takes is Takes.SHORT and not trial:
        return short(contents, delivery.to, as_of)
    sender, to, copies = installation.directory.sender, delivery.to, delivery.copies
    message = render(contents, to, as_of, delivery.in_place_of)
    if trial:
        message = for_trial(message, to, copies, notices[0].channel)
        to, copies = in_place_of(to, trial), ()
    return enclose(
        message,
        to,
        copies=copies,
        sender=Sender(sender.name, sender.address),
        notice_keys=[f"trial:{notice.notice_key}" if trial else notice.notice_key for notice in notices],
        cycles=list(dict.fromkeys(notice.cycle for notice in notices)),
        sent_at=now,
        calendar=calendar,
    )


def mail_about(installation: Installation, notices: Sequence[Notice], as_of: date, now: datetime) -> Mail:
    """Return the whole mail about these notices, whatever their channel takes; raises as `letter_about`."""
    letter = letter_about(installation, notices, as_of, now, Takes.MAIL)
    assert isinstance(letter, Mail)  # noqa: S101 (a mail was asked for)
    return letter


def as_kept(letter: Letter, notices: Sequence[Notice]) -> tuple[str, bytes]:
    """Return the name under which a letter is kept, and its content byte for byte."""
    if isinstance(letter, Mail):
        return letter.message_id, letter.content
    return name_of_short(notices), f"{letter.title}\n\n{letter.body}\n".encode()


def delivery_to(installation: Installation, person: str, on: date) -> Delivery:
    """Return who gets what is owed to a person on a day: they, or their delegate with them in copy.

    Raises:
        UnreachableError: the person has left the directory.
    """
    directory = installation.directory
    recipient = directory.recipient(person)
    if recipient is None:
        raise UnreachableError(f"{person} is not in the directory; add the address there")
    absence = directory.absence_of(person, on)
    delegate = directory.recipient(absence.delegate) if absence and absence.delegate else None
    if absence is None or delegate is None or directory.absence_of(delegate.id, on):
        return Delivery(recipient)
    return Delivery(delegate, (recipient,), Away(recipient.name, absence.last))


def held_back(installation: Installation, on: date, now: datetime) -> dict[str, datetime]:
    """Return who is not written to now, each with the instant from which they are: absences, quiet hours."""
    found = {}
    for person in installation.directory.people:
        at = max(_back_at(installation, person.id, on, now), _hours_end_at(installation, person.id, on, now))
        if at > now:
            found[person.id] = at
    return found


def _back_at(installation: Installation, person: str, on: date, now: datetime) -> datetime:
    """Return the instant from which an absent person without a delegate at work is back; else `now`."""
    absence = installation.directory.absence_of(person, on)
    if absence is None or delivery_to(installation, person, on).in_place_of:
        return now
    return datetime.combine(absence.last + timedelta(days=1), time.min, ZoneInfo(installation.zone))


def _hours_end_at(installation: Installation, person: str, on: date, now: datetime) -> datetime:
    directory, instrument = installation.directory, installation.pack.instrument
    reader = delivery_to(installation, person, on).to.id
    at_the_seat = (name for name, each in instrument.stations.items() if each.zone == instrument.zone)
    station = directory.station_of(reader) or next(at_the_seat, None)
    if station is None or (quiet := directory.quiet.get(station)) is None:
        return now
    zone = instrument.stations[station].zone
    days = installation.pack.working_days_in(zone)
    return QuietHours(zone, quiet.before, quiet.after, quiet.free_days, days).ends_at(now)


def content_in(notice: Notice) -> NoticeContent:
    """Return what a notice says, as the ledger keeps it.

    Raises:
        pydantic.ValidationError: it cannot be read.
    """
    return replace(from_json(notice.matter), notice_key=notice.notice_key)
