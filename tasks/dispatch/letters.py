"""Letters: what is owed to one person in one message, to whom it really goes, and when it may leave."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from language.direction import said_in
from notifications.channels import Takes
from notifications.envelope import Mail, Sender, enclose
from notifications.messages import Away, render
from notifications.notice_content import NoticeContent, from_json
from notifications.short import Short, short
from notifications.signature import Addressee, for_signature
from notifications.trial import for_trial, in_place_of
from policies.calendar.quiet import QuietHours
from policies.people.directory import EMAIL, ENGLISH, Directory, Recipient
from policies.plans.notices import NoticeClass
from records.ledger.letters import name_of_short
from records.ledger.notices import Notice
from tasks.dispatch.packages import announced
from tasks.installation.installation import Installation

Letter = Mail | Short


class UnreachableError(LookupError):
    """Nobody knows where to send this."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Who a letter goes to, who gets a copy, and whom the first stands in for.

    `why` says in ids why it goes to another than it is owed to; empty where it does not.
    """

    to: Recipient
    copies: tuple[Recipient, ...] = ()
    in_place_of: Away | None = None
    why: str = ""


def letter_about(
    installation: Installation,
    directory: Directory,
    notices: Sequence[Notice],
    as_of: date,
    now: datetime,
    takes: Takes = Takes.MAIL,
    calendar: bytes | None = None,
) -> Letter:
    """Return the exact message of what is owed to one person, as it leaves (or would leave) on `as_of`.

    It goes to whoever is in their place by the `directory` of that day; what is to be signed goes as a draft
    to the secretariat. A mail has `calendar` attached.

    In a trial it is a mail to the trial's address, whatever its channel takes, and under other keys, so that
    no mail program takes the real one for a copy of it.

    Raises:
        UnreachableError: nobody is in the place of the person, or their address cannot be read.
        pydantic.ValidationError: what the ledger keeps about a notice cannot be read.
        AlteredPackageError: a package that is announced is not there, or not the one that was recorded.
        jinja2.TemplateError: a template is wrong.
    """
    signed = notices[0].notice_class == NoticeClass.SIGNED
    delivery = _readable(delivery_of(directory, notices[0]))
    told = announced(installation.settings, [content_in(n) for n in notices], delivery.to.language)
    trial = installation.settings.trial
    if takes is Takes.SHORT and not trial and not signed:
        answer_to = installation.settings.reply_to or directory.sender.address
        return short(told.contents, delivery.to, as_of, answer_to)
    to, copies = delivery.to, delivery.copies
    if signed:
        message = for_signature(told.contents[0], addressee_of(directory, notices[0].person), to, as_of)
    else:
        message = render(told.contents, to, as_of, delivery.in_place_of)
    if trial:
        message = for_trial(message, to, copies, notices[0].channel)
        to, copies = in_place_of(to, trial), ()
    return enclose(
        message,
        to,
        copies=copies,
        sender=_sender(installation, directory, to.language),
        notice_keys=[f"trial:{notice.notice_key}" if trial else notice.notice_key for notice in notices],
        cycles=list(dict.fromkeys(notice.cycle for notice in notices)),
        sent_at=now,
        calendar=calendar,
        enclosures=told.enclosures,
        secret=installation.letter_secret,
    )


def _sender(installation: Installation, directory: Directory, language: str) -> Sender:
    """Return who writes; if that is the institution, by its name in the recipient's language."""
    name, own = directory.sender.name, installation.pack.instrument.institution
    called = said_in(language, own) if name in own.values() else name
    return Sender(called, directory.sender.address, installation.settings.reply_to)


def mail_about(
    installation: Installation, directory: Directory, notices: Sequence[Notice], as_of: date, now: datetime
) -> Mail:
    """Return the whole mail about these notices, whatever their channel takes; raises as `letter_about`."""
    letter = letter_about(installation, directory, notices, as_of, now, Takes.MAIL)
    assert isinstance(letter, Mail)  # noqa: S101 (a mail was asked for)
    return letter


def as_kept(letter: Letter, notices: Sequence[Notice]) -> tuple[str, bytes]:
    """Return the name under which a letter is kept, and its content byte for byte."""
    if isinstance(letter, Mail):
        return letter.message_id, letter.content
    return name_of_short(notices), f"{letter.title}\n\n{letter.body}\n".encode()


def delivery_to(directory: Directory, person: str) -> Delivery:
    """Return who gets what is owed to a person: whoever has their place, or the delegate of that one.

    Who is away, or has named a delegate, is in copy; who was succeeded is not.

    Raises:
        UnreachableError: nobody is in the place of the person.
    """
    recipient = directory.recipient(person)
    if recipient is None:
        raise UnreachableError(
            f"{person} is not in the directory; record an address (mandates record contact {person} …), or "
            f"who took the place (mandates record succession {person} …)"
        )
    stands_in = directory.delegation_of(person)
    delegate = directory.recipient(stands_in.delegate) if stands_in else None
    if stands_in is None or delegate is None or directory.absence_of(stands_in.delegate):
        return Delivery(recipient, why=_succeeded(person, recipient))
    why = f"{delegate.id} stands in for {recipient.id} until {stands_in.last}"
    absent = directory.absence_of(person) is not None
    return Delivery(delegate, (recipient,), Away(recipient.name, stands_in.last, absent), why)


def delivery_of(directory: Directory, notice: Notice) -> Delivery:
    """Return who gets a notice: what is to be signed, whoever is on duty at the secretariat.

    Raises:
        UnreachableError: nobody is there who would get it.
    """
    person = notice.person
    if notice.notice_class != NoticeClass.SIGNED:
        return delivery_to(directory, person)
    for each in directory.on_duty:
        delivery = delivery_to(directory, each)
        return replace(delivery, why=f"a draft for signature, addressed to {person}")
    raise UnreachableError(
        "nobody stands for the secretariat, which gets the draft; record an address "
        "(mandates record contact PERSON …) and a place (mandates record appointment PERSON secretariat …)"
    )


def channel_of(notice: Notice) -> str:
    """Return the channel that a notice leaves by: what is to be signed leaves as a mail."""
    return EMAIL if notice.notice_class == NoticeClass.SIGNED else notice.channel


def addressee_of(directory: Directory, person: str) -> Addressee:
    """Return who a note to a person is addressed to, and in which language it is written."""
    found = directory.find(person)
    if found is None:
        return Addressee(directory.name_of(person), ENGLISH)
    return Addressee(found.called(found.language), found.language)


def _readable(delivery: Delivery) -> Delivery:
    """Return a delivery without copies to addresses that nobody can read: forgotten, or their key not here.

    Raises:
        UnreachableError: the address it goes to is one of these.
    """
    if "@" not in delivery.to.address:
        raise UnreachableError(f"the address of {delivery.to.id} cannot be read: {delivery.to.address}")
    return replace(delivery, copies=tuple(each for each in delivery.copies if "@" in each.address))


def _succeeded(person: str, recipient: Recipient) -> str:
    return f"{recipient.id} took the place of {person}" if recipient.id != person else ""


def held_back(installation: Installation, directory: Directory, now: datetime) -> dict[str, datetime]:
    """Return who is not written to now, each with the instant from which they are: absences, quiet hours."""
    found = {}
    for person in directory.everybody():
        if directory.recipient(person) is None:
            continue
        at = max(
            _back_at(installation, directory, person, now),
            _hours_end_at(installation, directory, person, now),
        )
        if at > now:
            found[person] = at
    return found


def _back_at(installation: Installation, directory: Directory, person: str, now: datetime) -> datetime:
    """Return the instant from which an absent person without a delegate at work is back; else `now`."""
    absence = directory.absence_of(person)
    if absence is None or delivery_to(directory, person).in_place_of:
        return now
    return datetime.combine(absence.last + timedelta(days=1), time.min, ZoneInfo(installation.zone))


def _hours_end_at(installation: Installation, directory: Directory, person: str, now: datetime) -> datetime:
    instrument = installation.pack.instrument
    reader = delivery_to(directory, person).to.id
    at_the_seat = (name for name, each in instrument.stations.items() if each.zone == instrument.zone)
    station = directory.station_of(reader) or next(at_the_seat, None)
    quiet = directory.quiet.get(station) if station else None
    if station is None or quiet is None or station not in instrument.stations:
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
