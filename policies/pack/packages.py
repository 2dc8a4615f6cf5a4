"""How the package of an obligation is made: what it asks its reviewers, its parts, what must come first.

What has to be on the table is the obligation's own matter; this is how it is put before those who review.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from policies.obligations.instrument import Identifier, Instrument, Provision, ProvisionId, Words
from policies.obligations.obligations import Obligation
from policies.problems import Problem
from policies.recurrence.question import Strict

Basis = Literal["mandate", "house-practice"]


class Question(Strict):
    """What the reviewers are asked to settle, and the provision it rests on."""

    id: Identifier
    asks: Words
    provision: ProvisionId
    basis: Basis


class Reference(Strict):
    """A document the reviewers should have at hand, and where it is."""

    id: Identifier
    title: Words
    where: Words
    basis: Basis


class Parts(Strict):
    """The review falls into the seats of `body`, whose terms are recorded, or into the groups it is of."""

    body: Identifier
    title: Words
    asks: Words


class PackageDefinition(Strict):
    """How one obligation's package is made.

    `final_needs` names the actors every one of whom must have been consulted, and the period for whose
    answers must be over, before the package can be final; `needed_by` is the provision that wants it so.
    """

    obligation: Identifier
    warnings: tuple[Words, ...] = ()
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    parts: Parts | None = None
    references: tuple[Reference, ...] = ()
    final_needs: tuple[Identifier, ...] = ()
    needed_by: ProvisionId


def definition_problems(
    instrument: Instrument,
    provisions: Iterable[Provision],
    obligations: Iterable[Obligation],
    definitions: Mapping[str, PackageDefinition],
) -> list[Problem]:
    """Return every reference to something the pack does not have. `definitions` are by file name."""
    known = {
        "obligation": {obligation.id for obligation in obligations},
        "provision": {provision.id for provision in provisions},
        "actor": {actor.id for actor in instrument.actors},
    }
    return [
        Problem(f"packages/{file}", key, repr(name), f"one of: {', '.join(sorted(known[kind]))}")
        for file, definition in definitions.items()
        for key, kind, name in _references(definition)
        if name not in known[kind]
    ]


def _references(definition: PackageDefinition) -> Iterator[tuple[str, str, str]]:
    yield "obligation", "obligation", definition.obligation
    yield "needed_by", "provision", definition.needed_by
    yield from (("questions.provision", "provision", question.provision) for question in definition.questions)
    yield from (("final_needs", "actor", actor) for actor in definition.final_needs)
    if definition.parts:
        yield "parts.body", "actor", definition.parts.body
