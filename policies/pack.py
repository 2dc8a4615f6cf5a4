"""The policy pack: one folder with everything that is owed under one instrument."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field

from policies.clocks.question import Strict
from policies.facts import Facts
from policies.instrument import Actor, Identifier, Instrument, Provision
from policies.obligations import Obligation
from policies.pack_check import crossed_references
from policies.problems import Problem, RefusedFileError, combined, parse, read_toml
from policies.standing import Standing, standing
from policies.work_back import WorkBackPlan
from policies.working_days import WorkingDays

Model = TypeVar("Model", bound=BaseModel)


class _Provisions(Strict):
    provisions: Annotated[tuple[Provision, ...], Field(min_length=1)]


class _Plans(Strict):
    plans: Mapping[Identifier, WorkBackPlan]


@dataclass(frozen=True)
class Pack:
    """The rules of one instrument, checked as a whole. `folder` is where they were read from."""

    folder: Path
    instrument: Instrument
    provisions: Mapping[str, Provision]
    plans: Mapping[str, WorkBackPlan]
    obligations: Mapping[str, Obligation]
    working_days: WorkingDays

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """The actors of the instrument by id."""
        return {actor.id: actor for actor in self.instrument.actors}

    def standing(self, obligation: str, facts: Facts, as_of: date) -> Standing:
        """Return where one obligation stands at the end of `as_of`.

        Raises:
            UnknownObligationError: the pack has no such obligation.
        """
        found = self.obligation(obligation)
        return standing(found, self.plans[found.plan], facts, as_of, self.working_days)

    def obligation(self, obligation: str) -> Obligation:
        """Return one obligation.

        Raises:
            UnknownObligationError: the pack has no such obligation.
        """
        if obligation not in self.obligations:
            raise UnknownObligationError(obligation, self.obligations)
        return self.obligations[obligation]


class UnknownObligationError(LookupError):
    """The pack has no obligation of that name."""

    def __init__(self, obligation: str, known: Iterable[str]) -> None:
        super().__init__(f"no obligation is called {obligation!r}; the pack has: {', '.join(sorted(known))}")


def load_pack(folder: Path) -> Pack:
    """Read a pack: `instrument.toml`, `provisions.toml`, `plans.toml` and `obligations/*.toml`.

    Raises:
        RefusedFileError: with every mistake in every file; nothing is taken.
    """
    refusals: list[RefusedFileError] = []
    instrument = _read(Instrument, folder / "instrument.toml", refusals)
    provisions = _read(_Provisions, folder / "provisions.toml", refusals)
    plans = _read(_Plans, folder / "plans.toml", refusals)
    files = sorted((folder / "obligations").glob("*.toml"))
    obligations = [(file, _read(Obligation, file, refusals)) for file in files]
    if not files:
        refusals.append(_empty(folder))
    if not (instrument and provisions and plans):
        raise combined(refusals)
    named = {file.name: obligation for file, obligation in obligations if obligation}
    if problems := crossed_references(instrument, provisions.provisions, plans.plans, named):
        refusals.append(RefusedFileError(problems))
    if refusals:
        raise combined(refusals)
    return Pack(
        folder=folder,
        instrument=instrument,
        provisions={provision.id: provision for provision in provisions.provisions},
        plans=plans.plans,
        obligations={obligation.id: obligation for obligation in named.values()},
        working_days=WorkingDays(),
    )


def _read(model: type[Model], file: Path, refusals: list[RefusedFileError]) -> Model | None:
    try:
        return parse(model, read_toml(file), file)
    except RefusedFileError as refusal:
        refusals.append(refusal)
        return None


def _empty(folder: Path) -> RefusedFileError:
    return RefusedFileError(
        [Problem(f"{folder.name}/obligations", "", "no file", "one .toml file per obligation")]
    )
