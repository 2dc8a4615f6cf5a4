"""Letting readers in to the board: a link that works once, the session it opens, and tokens for machines."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from policies.problems import Problem, RefusedFileError
from records.database import reading, writing
from records.feeds import digest_of
from records.passes import Pass, PassKind, give_pass, pass_with

if TYPE_CHECKING:
    from records.database import Engine, Session

LASTS = {
    PassKind.LINK: timedelta(minutes=10),
    PassKind.SESSION: timedelta(hours=12),
    PassKind.TOKEN: timedelta(days=365),
}
_SECRET_BYTES = 24
_LONGEST_NAME = 100


def give(engine: "Engine", kind: PassKind, reader: str, by: str, now: datetime) -> str:
    """Give a reader a new pass in the name of `by`, and return its secret, which is kept nowhere.

    Raises:
        RefusedFileError: the reader's name cannot be shown in a list.
    """
    if not reader.isprintable() or not 0 < len(reader.strip()) <= _LONGEST_NAME:
        expected = f"a name of up to {_LONGEST_NAME} characters, by which it can be revoked"
        raise RefusedFileError([Problem("command line", "NAME", repr(reader)[:_LONGEST_NAME], expected)])
    with writing(engine) as session:
        return _give(session, kind, reader, by, now)


def redeem(engine: "Engine", secret: str, now: datetime) -> str | None:
    """Turn a link into a session, and return the session's secret; None where the link is not good."""
    with writing(engine) as session:
        link = pass_with(session, PassKind.LINK, secret, now)
        if link is None:
            return None
        return _give(session, PassKind.SESSION, link.reader, link.reader, now, link.id)


def is_good(engine: "Engine", kind: PassKind, secret: str, now: datetime) -> bool:
    """Say whether a pass of this kind lets in now."""
    with reading(engine) as session:
        return pass_with(session, kind, secret, now) is not None


def _give(
    session: "Session", kind: PassKind, reader: str, by: str, now: datetime, link: int | None = None
) -> str:
    secret = token_urlsafe(_SECRET_BYTES)
    row = Pass(
        recorded_at=now,
        recorded_by=by,
        kind=kind,
        reader=reader,
        secret_sha256=digest_of(secret),
        expires_at=now + LASTS[kind],
        link=link,
    )
    give_pass(session, row)
    return secret
