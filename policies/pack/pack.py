"""The policy pack: one folder with everything that is owed under one instrument."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field

from policies.calendar.working_days import WEEKENDS_FREE, Seats, WorkingDays
from policies.facts.facts import Facts
from policies.obligations.instrument import Actor, Identifier, Instrument, Provision, Words
from policies.obligations.obligations import Obligation
from policies.pack.bodies import Body, RollsFile, body_problems
from policies.pack.checks import PARTS, crossed_references
from policies.pack.coverage import coverage_problems
from policies.pack.holidays import HolidayList, calendars, holiday_problems
from policies.pack.packages import PackageDefinition, definition_problems
from policies.pack.retention import FILE as RETENTION
from policies.pack.retention import Retention
from policies.pack.wording import wording_problems
from policies.plans.notices import DUTY_OFFICER
from policies.plans.work_back import AskOnce, CatchUp, WorkBackPlan
from policies.problems import Problem, RefusedFileError, combined, parse, read_toml
from policies.recurrence.question import Strict
from policies.status.status import ObligationStatus, status

Model = TypeVar("Model", bound=BaseModel)


class ProvisionsFile(Strict):
    """What `provisions.toml` holds."""

    provisions: Annotated[tuple[Provision, ...], Field(min_length=1)]


class PlansFile(Strict):
    """What `plans.toml` holds."""

    plans: Mapping[Identifier, WorkBackPlan]
    catch_up: CatchUp | None = None
    ask_once: AskOnce | None = None


@dataclass(frozen=True)
class Pack:
    """The rules of one instrument, checked as a whole. `folder` is where they were read from.

    `calendars` are the working days of each duty station, by its time zone; `packages` how the packages of
    obligations are made, by obligation; `bodies` those that a roll is kept of, by actor, and `member_names`
    how those on it are called, by id.
    """

    folder: Path
    instrument: Instrument
    provisions: Mapping[str, Provision]
    plans: Mapping[str, WorkBackPlan]
    obligations: Mapping[str, Obligation]
    calendars: Mapping[str, WorkingDays]
    catch_up: CatchUp | None = None
    ask_once: AskOnce | None = None
    packages: Mapping[str, PackageDefinition] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    member_names: Mapping[str, Words] = field(default_factory=dict)
    retention: Retention = field(default_factory=Retention)

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """The actors of the instrument by id."""
        return {actor.id: actor for actor in self.instrument.actors}

    def status(
        self, obligation: str, facts: Facts, as_of: date, until: date | None = None
    ) -> ObligationStatus:
        """Return where one obligation stands at the end of `as_of`, with the cycles that begin by `until`.

        Raises:
            UnknownObligationError: the pack has no such obligation.
        """
        found = self.obligation(obligation)
        return status(found, self.plans[found.plan], facts, as_of, self.seats(found), until)

    def most_pages(self, obligation: Obligation) -> int | None:
        """Return how many pages an input to an obligation should have at most; None where nobody says."""
        length = obligation.length or self.plans[obligation.plan].length
        return length.pages if length else None

    @property
    def working_days(self) -> WorkingDays:
        """The working days at the institution's seat, which sends the notices."""
        return self.working_days_in(self.instrument.zone)

    def working_days_in(self, zone: str) -> WorkingDays:
        """Return the working days of a time zone; where no duty station keeps it, only weekends are free."""
        return self.calendars.get(zone, WEEKENDS_FREE)

    def seats(self, obligation: Obligation) -> Seats:
        """Return whose working days the cycles of an obligation keep."""
        return Seats(self.working_days_in(self.actors[obligation.holder].zone), self.working_days)

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
    """Read `instrument.toml`, `provisions.toml`, `plans.toml`, `rolls.toml` if there is one, and the folders.

    These are `obligations`, `holidays` and `packages`, each with `*.toml`.

    Raises:
        RefusedFileError: with every mistake in every file; nothing is taken.
    """
    refusals: list[RefusedFileError] = []
    instrument = _read(Instrument, folder / "instrument.toml", refusals)
    provisions = _read(ProvisionsFile, folder / "provisions.toml", refusals)
    plans = _read(PlansFile, folder / "plans.toml", refusals, _spoken_to(instrument))
    files = sorted((folder / "obligations").glob("*.toml"))
    obligations = [(file, _read(Obligation, file, refusals)) for file in files]
    if not files:
        refusals.append(_empty(folder))
    lists = _lists(HolidayList, folder / "holidays", refusals)
    definitions = _lists(PackageDefinition, folder / "packages", refusals)
    rolls = _read(RollsFile, folder / "rolls.toml", refusals) if (folder / "rolls.toml").exists() else None
    bodies = rolls.bodies if rolls else ()
    kept = _read(Retention, folder / RETENTION, refusals) if (folder / RETENTION).exists() else None
    if not (instrument and provisions):
        raise combined(refusals)
    named = {file.name: obligation for file, obligation in obligations if obligation}
    problems = crossed_references(instrument, provisions.provisions, plans.plans if plans else None, named)
    names = rolls.names if rolls else {}
    problems += wording_problems(instrument, provisions.provisions, named, definitions, names)
    if not refusals:  # an obligation that could not be read keeps its provisions and its package all the same
        problems += coverage_problems(provisions.provisions, named.values())
        problems += definition_problems(instrument, provisions.provisions, named.values(), definitions)
        problems += body_problems(instrument, provisions.provisions, named.values(), bodies)
    if problems := [*problems, *holiday_problems(instrument, lists)]:
        refusals.append(RefusedFileError(problems))
    if refusals or plans is None:
        raise combined(refusals)
    return Pack(
        folder=folder,
        instrument=instrument,
        provisions={provision.id: provision for provision in provisions.provisions},
        plans=plans.plans,
        obligations={obligation.id: obligation for obligation in named.values()},
        calendars=calendars(instrument, lists.values()),
        packages={definition.obligation: definition for definition in definitions.values()},
        bodies={body.actor: body for body in bodies},
        member_names=names,
        retention=kept or Retention(),
        catch_up=plans.catch_up,
        ask_once=plans.ask_once,
    )


def _spoken_to(instrument: Instrument | None) -> frozenset[str] | None:
    """Return whom a scheduled notice may speak to; None while the actors cannot be read."""
    return (
        frozenset({*PARTS, DUTY_OFFICER, *(actor.id for actor in instrument.actors)}) if instrument else None
    )


def _read(
    model: type[Model], file: Path, refusals: list[RefusedFileError], context: object = None
) -> Model | None:
    try:
        return parse(model, read_toml(file), file, context)
    except RefusedFileError as refusal:
        refusals.append(refusal)
        return None


def _lists(model: type[Model], folder: Path, refusals: list[RefusedFileError]) -> dict[str, Model]:
    read = ((file.name, _read(model, file, refusals)) for file in sorted(folder.glob("*.toml")))
    return {name: each for name, each in read if each}


def _empty(folder: Path) -> RefusedFileError:
    return RefusedFileError(
        [Problem(f"{folder.name}/obligations", "", "no file", "one .toml file per obligation")]
    )
