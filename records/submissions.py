"""The files that came for open cycles: what each was, for what, by which way, and why it was refused."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.personal.columns import Personal
from records.personal.forgetting import forgotten_people
from records.schema import ADDED_LATER, Base, Recorded


class Submission(Recorded, Base):
    """One file that came. Its bytes are kept under their SHA-256; with `refusals`, they are kept apart.

    `title` is the name it came with, `item` what it is for, `part` which part of the review it is about,
    `way` how it came, `message` the message it came in. `sha256` is null for a file too large to be kept.
    `text_sha256` is that of the text that was read of it; null where none was, or before that was kept.
    """

    __tablename__ = "submissions"

    cycle: Mapped[str] = mapped_column(ForeignKey("opened_cycles.cycle"), index=True)
    person: Mapped[str]
    item: Mapped[str]
    part: Mapped[str | None]
    title: Mapped[str] = mapped_column(Personal("person"))
    sha256: Mapped[str | None]
    size: Mapped[int]
    kind: Mapped[str | None]
    pages: Mapped[int | None]
    refusals: Mapped[list[str]]
    way: Mapped[str]
    message: Mapped[str | None] = mapped_column(Personal("person"))
    received_on: Mapped[date]
    text_sha256: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)

    @property
    def accepted(self) -> bool:
        """Whether the file was taken."""
        return not self.refusals


def submissions_for(session: Session, cycle: str) -> Sequence[Submission]:
    """Return everything that came for a cycle and was not forgotten, refused or not, in the order it came."""
    asked = select(Submission).where(Submission.cycle == cycle).order_by(Submission.id)
    return _remembered(session, session.scalars(asked))


def submissions_taken_like(session: Session, row: Submission) -> Sequence[Submission]:
    """Return what was taken from the same person for the same thing, as `submissions_for`."""
    asked = select(Submission).where(*_same_place(row)).order_by(Submission.id)
    return [each for each in _remembered(session, session.scalars(asked)) if each.accepted]


def _same_place(row: Submission) -> tuple[ColumnElement[bool], ...]:
    return (
        Submission.cycle == row.cycle,
        Submission.person == row.person,
        Submission.item == row.item,
        Submission.part.is_not_distinct_from(row.part),
    )


def _remembered(session: Session, came: Iterable[Submission]) -> list[Submission]:
    """Return what did not come from somebody who was forgotten since: their files are gone."""
    gone = forgotten_people(session)
    return [each for each in came if each.person not in gone or each.recorded_at > gone[each.person]]


def refused_before(session: Session, last: date) -> set[str]:
    """Return the SHA-256 of files that were refused, all of which came on a day up to `last`."""
    came = session.execute(select(Submission.sha256, Submission.refusals, Submission.received_on)).all()
    later = {sum_ for sum_, _, on in came if on > last}
    return {sum_ for sum_, refusals, _ in came if sum_ and refusals} - later


def sums_taken(session: Session) -> set[str]:
    """Return the SHA-256 of every file that was taken."""
    came = session.execute(select(Submission.sha256, Submission.refusals)).all()
    return {sum_ for sum_, refusals in came if sum_ and not refusals}


def vault_sums(session: Session) -> tuple[set[str], set[str]]:
    """Return the SHA-256 of the files that must be kept because they were taken, and of all others."""
    came = list(session.scalars(select(Submission)))
    taken = {each.sha256 for each in _remembered(session, came) if each.sha256 and each.accepted}
    return taken, {each.sha256 for each in came if each.sha256 and each.refusals}


def texts_taken(session: Session) -> dict[str, set[str]]:
    """Return the SHA-256 of the texts that were read of files that were taken, by that of the file."""
    found: defaultdict[str, set[str | None]] = defaultdict(set)
    asked = select(Submission.sha256, Submission.text_sha256, Submission.refusals)
    for sha256, of_text, refusals in session.execute(asked):
        if sha256 and not refusals:
            found[sha256].add(of_text)
    return {sha256: {each for each in texts if each} for sha256, texts in found.items() if None not in texts}


def sums_of_others(session: Session, person: str) -> set[str]:
    """Return the SHA-256 of every file that somebody else sent than this person."""
    asked = select(Submission.sha256).where(Submission.person != person, Submission.sha256.is_not(None))
    return {each for each in session.scalars(asked.distinct()) if each}


def given_for_others(session: Session, submissions: Sequence[Submission]) -> dict[int, tuple[str, ...]]:
    """Return the other cycles that the very same file of the same person was given for by then, by its id.

    What is given for another cycle only later is not among them: what is known of a file never changes.
    """
    sums = {each.sha256 for each in submissions if each.accepted}
    asked = select(Submission).where(Submission.sha256.in_(sums)).order_by(Submission.cycle, Submission.id)
    same: defaultdict[tuple[str, str | None], list[Submission]] = defaultdict(list)
    for each in filter(lambda each: each.accepted, session.scalars(asked)):
        same[each.person, each.sha256].append(each)
    return {one.id: tuple(dict.fromkeys(_others(one, same[one.person, one.sha256]))) for one in submissions}


def _others(one: Submission, same: Iterable[Submission]) -> Iterator[str]:
    for other in same:
        if other.cycle != one.cycle and other.recorded_at <= one.recorded_at:
            yield other.cycle


def came_before(session: Session, row: Submission) -> Submission | None:
    """Return the very same file, by the same person for the same thing, if it came before."""
    asked = select(Submission).where(*_same_place(row), Submission.sha256 == row.sha256)
    return session.scalars(asked.order_by(Submission.id)).first() if row.sha256 else None


def refused_submissions(session: Session) -> list[Submission]:
    """Return what was refused and was not followed by something that was taken, from the same person."""
    came = _remembered(session, session.scalars(select(Submission).order_by(Submission.id)))
    last_taken = {(each.cycle, each.person): each.id for each in came if each.accepted}
    return [
        each for each in came if not each.accepted and last_taken.get((each.cycle, each.person), 0) < each.id
    ]


def messages_read(session: Session, before: datetime) -> set[str]:
    """Return the names of the messages that files came in until an instant."""
    asked = select(Submission.message).where(Submission.message.is_not(None), Submission.recorded_at < before)
    return set(session.scalars(asked))


def record_submission(session: Session, row: Submission) -> None:
    """Record that a file came."""
    session.add(row)
    session.flush()
