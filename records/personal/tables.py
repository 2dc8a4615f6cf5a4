"""Where personal values lie: keys, encrypted values, who was forgotten, what moved out of old rows."""

from sqlalchemy.orm import Mapped, mapped_column

from records.schema import Base, Recorded


class PersonalKey(Base):
    """The content key of one holder: the id of a person, or a name or an address that is known by itself."""

    __tablename__ = "personal_keys"

    number: Mapped[int] = mapped_column(primary_key=True, init=False)
    holder: Mapped[str] = mapped_column(unique=True)
    secret: Mapped[bytes]

    # A number is never given twice: the tokens of a key that was destroyed would be taken for another's.
    __table_args__ = ({"sqlite_autoincrement": True},)


class PersonalValue(Base):
    """One value, encrypted under the key of its holder; `token` is what the sealed rows hold instead."""

    __tablename__ = "personal_values"

    token: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[int] = mapped_column(index=True)
    value: Mapped[bytes]


class Forgetting(Recorded, Base):
    """That all that belonged to a key was destroyed, or one value, where there is a `token`.

    `person` is an id; null for a name or an address alone, and where a period was over.
    """

    __tablename__ = "forgettings"

    key: Mapped[int] = mapped_column(index=True)
    token: Mapped[str | None] = mapped_column(unique=True)
    person: Mapped[str | None] = mapped_column(index=True)
    reason: Mapped[str]


class Resealing(Recorded, Base):
    """That the personal values of an old row were moved out of it: the digest it had, and the one it has."""

    __tablename__ = "resealings"

    of_table: Mapped[str]
    of_row: Mapped[int]
    before: Mapped[str]
    after: Mapped[str]
