"""Secrets of the installation: each is made with the database, and every worker on it has the same."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from records.schema import Base

LETTERS = "letters"


class Secret(Base):
    """Random bytes that nobody outside is to know, by what they are for."""

    __tablename__ = "secrets"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[bytes]


def secret_of(session: Session, name: str) -> bytes:
    """Return a secret."""
    return session.scalars(select(Secret.value).where(Secret.name == name)).one()


def drop_secrets(session: Session) -> None:
    """Take the secrets out of a new database, which gets those of another one."""
    session.execute(delete(Secret))
