"""The bodies whose members the house keeps a roll of, and what the text wants before somebody enters one."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from policies.obligations.instrument import Identifier, Instrument, Provision, ProvisionId, Words
from policies.obligations.obligations import Obligation
from policies.problems import Problem, mistake
from policies.recurrence.question import Source, Strict


class BodyKind(StrEnum):
    """What a body's roll is made of: members; working groups with members of their own; seats with terms."""

    MEMBERS = "members"
    GROUPS = "groups"
    SEATS = "seats"


class Body(Strict):
    """A body with a roll; `actor` is what the instrument calls it.

    `admission` is the provision that lets nobody enter without a decision; `decided_by` is the actor that
    takes the decisions about this roll. Of working groups: `partners` is the provision on partners, for whom
    a decision and a consultation are needed; whoever is not on the roll of `among` is one. `chairs` is the
    actor that their chairs are, `reviewed_by` the obligation that is met by a decision on each group.
    `reported_by` is the obligation that reports the changes of this roll.
    """

    actor: Identifier
    kind: BodyKind
    source: Source
    admission: ProvisionId | None = None
    decided_by: Identifier | None = None
    partners: ProvisionId | None = None
    among: Identifier | None = None
    chairs: Identifier | None = None
    reviewed_by: Identifier | None = None
    reported_by: Identifier | None = None

    @model_validator(mode="after")
    def _only_groups_have_groups(self) -> "Body":
        of_groups = ("partners", "among", "chairs", "reviewed_by")
        named = [key for key in of_groups if getattr(self, key) is not None]
        if named and self.kind is not BodyKind.GROUPS:
            raise mistake(f"{', '.join(named)} of {self.actor!r}", 'these keys only with kind = "groups"')
        return self


class RollsFile(Strict):
    """What `rolls.toml` holds: the bodies, and how packages and pages call those on their rolls, by id."""

    bodies: Annotated[tuple[Body, ...], Field(min_length=1)]
    names: Mapping[Identifier, Words] = Field(default_factory=dict)


def body_problems(
    instrument: Instrument,
    provisions: Iterable[Provision],
    obligations: Iterable[Obligation],
    bodies: Iterable[Body],
) -> list[Problem]:
    """Return every reference to something the pack does not have, and every body that stands twice."""
    known = {
        "actor": {actor.id for actor in instrument.actors},
        "provision": {provision.id for provision in provisions},
        "obligation": {obligation.id for obligation in obligations},
    }
    bodies = tuple(bodies)
    actors = [body.actor for body in bodies]
    twice = sorted({actor for actor in actors if actors.count(actor) > 1})
    families = [body.actor for body in bodies if body.kind is BodyKind.GROUPS]
    return [
        *(Problem("rolls.toml", "bodies.actor", repr(actor), "each body once") for actor in twice),
        *(Problem("rolls.toml", "bodies.kind", repr(f), "one body of groups") for f in families[1:]),
        *(
            Problem("rolls.toml", f"bodies.{key}", repr(name), f"one of: {', '.join(sorted(known[kind]))}")
            for body in bodies
            for key, kind, name in _references(body)
            if name not in known[kind]
        ),
    ]


def _references(body: Body) -> Iterator[tuple[str, str, str]]:
    named = (
        ("actor", "actor", body.actor),
        ("admission", "provision", body.admission),
        ("decided_by", "actor", body.decided_by),
        ("partners", "provision", body.partners),
        ("among", "actor", body.among),
        ("chairs", "actor", body.chairs),
        ("reviewed_by", "obligation", body.reviewed_by),
        ("reported_by", "obligation", body.reported_by),
    )
    yield from ((key, kind, name) for key, kind, name in named if name)
