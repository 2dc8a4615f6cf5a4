"""Terms of office on the seats of a body."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from records.facts.rows import FactRow
from records.personal.columns import OWN, Personal
from records.schema import Base


class Term(FactRow, Base):
    """A term of office on a seat of a body; without its last day as long as nobody has recorded that."""

    __tablename__ = "terms"
    fact_kind = "term"

    body: Mapped[str] = mapped_column(index=True)
    seat: Mapped[str]
    holder: Mapped[str] = mapped_column(Personal(OWN))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    source: Mapped[str]
