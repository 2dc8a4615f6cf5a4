"""The mandating text, its provisions and the actors it names."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from policies.clocks.question import Source, Strict

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]
ProvisionId = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}-\d+[a-z]?$")]


def _english_at_least(words: Mapping[str, str]) -> Mapping[str, str]:
    if not words.get("en", "").strip():
        raise ValueError('words in English at least, such as { en = "Annual meeting" }')
    return words


Words = Annotated[Mapping[str, str], AfterValidator(_english_at_least)]


class Actor(Strict):
    """Somebody the text gives a part to.

    `zone` is the time zone of their seat (IANA name). Notices to a `formal` actor leave only when a named
    person has released them; an `external` actor is outside the institution.
    """

    id: Identifier
    name: Words
    zone: str
    formal: bool = False
    external: bool = False


class Provision(Strict):
    """A pinpoint in the text, by section-local id. `paragraph` only where the text itself asserts it."""

    id: ProvisionId
    says: Words
    source: Source
    paragraph: Annotated[int, Field(ge=1)] | None = None


class Instrument(Strict):
    """The mandating text and the institution that lives by it; `zone` is the institution's seat."""

    id: Identifier
    title: Words
    institution: Words
    zone: str
    source: Source
    languages: tuple[str, ...] = ("en",)
    actors: tuple[Actor, ...]
    events: Mapping[Identifier, Words] = Field(default_factory=dict)
