"""Outages: that nobody could be reached through a channel, attempt by attempt, and that it works again.

What is recorded are attempts: each that failed, and the first after them that did not. Whether a channel is
down, and since when, follows from them.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.ledger.moves import NoticeTransition
from records.ledger.notices import READY, Notice
from records.personal.columns import WITHIN, Personal
from records.schema import Base, Recorded

# How long to wait after each attempt that failed before the next one; after the last of them always as long.
WAITS = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)


class ChannelTry(Recorded, Base):
    """An attempt to reach whoever is behind a channel, and what was seen; `reached` ends an outage."""

    __tablename__ = "channel_tries"

    channel: Mapped[str] = mapped_column(index=True)
    reached: Mapped[bool]
    what: Mapped[str] = mapped_column(Personal(WITHIN))


@dataclass(frozen=True, slots=True)
class Outage:
    """That nobody is reached through a channel: since which instant, and what was seen last."""

    channel: str
    since_at: datetime
    last_at: datetime
    tries: int
    what: str

    @property
    def again_at(self) -> datetime:
        """When the channel is to be tried again, if nothing new is to leave through it before."""
        return self.last_at + wait_after(self.tries)


def wait_after(tries: int) -> timedelta:
    """Return how long to wait after so many attempts (one or more) that reached nobody; a day at most."""
    return WAITS[min(tries, len(WAITS)) - 1]


def record_try(session: Session, channel: str, what: str, at: datetime, by: str, *, reached: bool) -> None:
    """Record an attempt to reach whoever is behind a channel."""
    session.add(ChannelTry(recorded_at=at, recorded_by=by, channel=channel, reached=reached, what=what))
    session.flush()


def outages(session: Session) -> dict[str, Outage]:
    """Return the channels through which nobody was reached at the last attempt, by name."""
    worked = select(func.coalesce(func.max(ChannelTry.id), 0)).where(ChannelTry.reached)
    since: defaultdict[str, list[ChannelTry]] = defaultdict(list)
    for channel in session.scalars(select(ChannelTry.channel).distinct().order_by(ChannelTry.channel)):
        last = session.scalar(worked.where(ChannelTry.channel == channel)) or 0
        asked = select(ChannelTry).where(ChannelTry.channel == channel, ChannelTry.id > last)
        since[channel] = list(session.scalars(asked.order_by(ChannelTry.id)))
    return {channel: _outage(tries) for channel, tries in since.items() if tries}


def closed_channels(session: Session, now: datetime) -> dict[str, Outage]:
    """Return the channels that are not to be tried yet: their wait is not over, and nothing new came."""
    return {
        name: outage
        for name, outage in outages(session).items()
        if now < outage.again_at and not _fresh(session, outage)
    }


def _outage(tries: Sequence[ChannelTry]) -> Outage:
    first, last = tries[0], tries[-1]
    return Outage(last.channel, first.recorded_at, last.recorded_at, len(tries), last.what)


def _fresh(session: Session, outage: Outage) -> bool:
    """Return whether a notice became ready to leave through the channel since it was last tried."""
    ready = [str(state) for state in READY]
    asked = (
        select(Notice.notice_key)
        .join(NoticeTransition, NoticeTransition.notice_key == Notice.notice_key)
        .where(Notice.channel == outage.channel, Notice.state.in_(ready))
        .where(NoticeTransition.state.in_(ready), NoticeTransition.recorded_at > outage.last_at)
    )
    return session.scalars(asked.limit(1)).first() is not None
