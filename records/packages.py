"""The input packages that were assembled: which file, with which hash, for which cycle."""

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from policies.facts.facts import ROLLS
from policies.plans.notices import NoticeState
from policies.recurrence.cycle_key import CycleKey
from records.cycles import OpenedCycle
from records.facts.answers import Answer
from records.facts.decisions import Decision, Progress
from records.facts.facts import KINDS, Completion, EventDate, Explanation
from records.facts.proposals import Position, ProposalStep
from records.facts.terms import Term
from records.ledger.deliveries import DeliveryReport, Fate
from records.ledger.moves import NoticeTransition
from records.ledger.notices import Notice
from records.personal.columns import OWN, Personal, PersonalChanges
from records.personal.tables import Forgetting
from records.schema import ADDED_LATER, Base, Recorded
from records.submissions import Submission


class AssembledPackage(Recorded, Base):
    """One version of a cycle's package. `file` is its name in the folder of packages.

    `facts_sha256` is the sum of what it says, whichever version says it; `changes` are what changed since the
    version before, as kind and subject. A version that somebody released is final.
    """

    __tablename__ = "packages"

    cycle: Mapped[str] = mapped_column(ForeignKey("opened_cycles.cycle"), index=True)
    version: Mapped[int]
    file: Mapped[str]
    sha256: Mapped[str]
    facts_sha256: Mapped[str | None] = mapped_column(default=None, info=ADDED_LATER)
    changes: Mapped[list[str] | None] = mapped_column(PersonalChanges, default=None, info=ADDED_LATER)
    released_by: Mapped[str | None] = mapped_column(Personal(OWN), default=None, info=ADDED_LATER)
    released_on: Mapped[date | None] = mapped_column(default=None, info=ADDED_LATER)

    @property
    def final(self) -> bool:
        """Whether a person has released it."""
        return self.released_by is not None


def latest_package(session: Session, cycle: str) -> AssembledPackage | None:
    """Return the last version of a cycle's package."""
    asked = select(AssembledPackage).where(AssembledPackage.cycle == cycle)
    return session.scalars(asked.order_by(AssembledPackage.version.desc())).first()


def packages_of(session: Session, cycle: str) -> list[AssembledPackage]:
    """Return every version of a cycle's package, the latest first."""
    return list(versions_on_record(session, cycle))[::-1]


def versions_on_record(session: Session, cycle: str | None = None) -> Sequence[AssembledPackage]:
    """Return every version of a cycle's package, or of all, in the order they were assembled."""
    asked = select(AssembledPackage).order_by(AssembledPackage.id)
    return session.scalars(asked.where(AssembledPackage.cycle == cycle) if cycle else asked).all()


def packages_by(session: Session, last: date) -> list[AssembledPackage]:
    """Return every version assembled by the end of a day (UTC), the earliest first."""
    until = datetime.combine(last, time(), UTC) + timedelta(days=1)
    asked = select(AssembledPackage).where(AssembledPackage.recorded_at < until)
    return list(session.scalars(asked.order_by(AssembledPackage.id)))


def package_in(session: Session, file: str) -> AssembledPackage | None:
    """Return the package that is in a file of this name."""
    return session.scalars(select(AssembledPackage).where(AssembledPackage.file == file)).first()


def record_package(session: Session, row: AssembledPackage) -> None:
    """Record a new version of a cycle's package."""
    session.add(row)
    session.flush()


def newest_fact_at(
    session: Session,
    cycle: str,
    obligation: str,
    events: Collection[str],
    body: str | None = None,
    *,
    of_rolls: bool = False,
) -> datetime | None:
    """Return when the newest fact that a cycle's package rests on was recorded.

    `events` names the editions its dates are counted from, as explanations do: kind and edition; `body` is
    the one whose seats the review falls into. `of_rolls`, it also says something of rolls.
    """
    name, of_obligation = CycleKey.parse(cycle).name, str(CycleKey(obligation, ""))
    edition = EventDate.kind + " " + EventDate.edition
    rolls = [KINDS[name] for name in ROLLS] if of_rolls else []
    called = (
        select(func.max(NoticeTransition.recorded_at))
        .join(Notice, Notice.notice_key == NoticeTransition.notice_key)
        .where(Notice.cycle == cycle, Notice.kind == "call-for-inputs")
        .where(NoticeTransition.state == NoticeState.SENT)
    )
    came_back = (
        select(func.max(DeliveryReport.recorded_at))
        .join(Notice, Notice.letter == DeliveryReport.letter)
        .where(Notice.cycle == cycle, DeliveryReport.fate != Fate.DELAYED)
    )
    sources = (
        select(func.max(EventDate.recorded_at)).where(edition.in_(events)),
        select(func.max(Completion.recorded_at)).where(Completion.obligation == obligation),
        select(func.max(OpenedCycle.recorded_at)).where(OpenedCycle.cycle == cycle),
        select(func.max(Explanation.recorded_at)).where(Explanation.cycle.startswith(of_obligation)),
        select(func.max(Answer.recorded_at)).where(Answer.cycle == cycle),
        select(func.max(Submission.recorded_at)).where(Submission.cycle == cycle),
        select(func.max(Decision.recorded_at)),
        select(func.max(Progress.recorded_at)),
        select(func.max(Position.recorded_at)).where(Position.proposal == name),
        select(func.max(ProposalStep.recorded_at)).where(ProposalStep.proposal == name),
        select(func.max(Term.recorded_at)).where(Term.body == body),
        *(select(func.max(kind.recorded_at)) for kind in rolls),
        called,
        came_back,
        select(func.max(Forgetting.recorded_at)).where(Forgetting.person.is_not(None)),
    )
    return max((at for source in sources if (at := session.scalar(source))), default=None)
