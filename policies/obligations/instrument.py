"""The mandating text, its provisions and the actors it names."""

from collections.abc import Mapping
from enum import StrEnum
from string import ascii_lowercase
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from policies.problems import mistake
from policies.recurrence.question import Source, Strict

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
ProvisionId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d+[a-z]?$")]
UNNAMED = "unnamed"


def _english_at_least(words: Mapping[str, str]) -> Mapping[str, str]:
    if not words.get("en", "").strip():
        raise ValueError('words in English at least, such as { en = "Annual meeting" }')
    return words


Words = Annotated[Mapping[str, str], AfterValidator(_english_at_least)]


class Actor(Strict):
    """Somebody the text gives a part to.

    `zone` is the time zone of their seat (IANA name). What goes to a `formal` actor is drafted, and
    signed and sent by a person; an `external` actor is outside the institution.
    """

    id: Identifier
    name: Words
    zone: str
    formal: bool = False
    external: bool = False


class Station(Strict):
    """A duty station: whoever has their seat in its `zone` (IANA name) keeps its holidays."""

    name: Words
    zone: str


class DutyKind(StrEnum):
    """What sort of duty a provision creates: what, if anything, makes it due.

    What another text than the instrument demands, and house practice, are no lines of the text.
    """

    DATED = "dated"
    TRIGGERED = "triggered"
    ON_TERM = "on-term"
    STANDING = "standing"
    ENABLING = "enabling"
    OTHER_TEXT = "other-text"
    HOUSE_PRACTICE = "house-practice"


class WhyNot(StrEnum):
    """Why no rule keeps a provision."""

    STANDING = "standing"
    ENABLING = "enabling"
    COVERED_ELSEWHERE = "covered-elsewhere"
    COVERED_IN_PART = "covered-in-part"
    ONE_OFF = "one-off"
    REGISTER = "register"


_COVERED = (WhyNot.COVERED_ELSEWHERE, WhyNot.COVERED_IN_PART)
# What is no line of the text, and so not counted among them.
NO_LINES = frozenset({DutyKind.OTHER_TEXT, DutyKind.HOUSE_PRACTICE})


class Provision(Strict):
    """A pinpoint in the text, by section-local id. `paragraph` only where the text itself asserts it.

    `holder` is an actor, or `unnamed` where the text names nobody. A provision that no obligation keeps says
    `why_not`; one that others cover names them in `covered_by`.
    """

    id: ProvisionId
    says: Words
    source: Source
    paragraph: Annotated[int, Field(ge=1)] | None = None
    holder: Identifier = UNNAMED
    kind: DutyKind = DutyKind.DATED
    why_not: WhyNot | None = None
    covered_by: tuple[ProvisionId, ...] = ()

    @model_validator(mode="after")
    def _covered_by_something(self) -> "Provision":
        if (self.why_not in _COVERED) != bool(self.covered_by):
            found = f"{self.id!r} with{'' if self.covered_by else 'out'} covered_by"
            where = " or ".join(f'"{why}"' for why in _COVERED)
            raise mistake(found, f"covered_by where, and only where, why_not = {where}")
        return self

    @property
    def whole(self) -> str:
        """The item that this is a part of (`REV-3` of `REV-3a`); its own id where it is no part."""
        return self.id.rstrip(ascii_lowercase)


class Instrument(Strict):
    """The mandating text and the institution that lives by it; `zone` is the institution's seat.

    `events` and `meetings` are the kinds that can be recorded, with the words for them. `escalation` is the
    order in which a matter rises, by actor; without it, plans may escalate in any order. `consulted_agendas`
    are the kinds of meeting whose agenda is fixed only after a consultation, each with the provision.
    """

    id: Identifier
    title: Words
    institution: Words
    zone: str
    source: Source
    languages: tuple[str, ...] = ("en",)
    actors: tuple[Actor, ...]
    escalation: tuple[Identifier, ...] = ()
    events: Mapping[Identifier, Words] = Field(default_factory=dict)
    meetings: Mapping[Identifier, Words] = Field(default_factory=dict)
    consulted_agendas: Mapping[Identifier, ProvisionId] = Field(default_factory=dict)
    stations: Mapping[Identifier, Station] = Field(default_factory=dict)
