"""What one file of a pack says about another: every name must be somebody's."""

from collections.abc import Iterable, Iterator, Mapping
from zoneinfo import available_timezones

from policies.instrument import Instrument, Provision
from policies.obligations import Obligation
from policies.problems import Problem
from policies.work_back import WorkBackPlan

PARTS = ("holder", "supports", "consulted", "contributors")


def crossed_references(
    instrument: Instrument,
    provisions: Mapping[str, Provision],
    plans: Mapping[str, WorkBackPlan],
    obligations: Mapping[str, Obligation],
) -> list[Problem]:
    """Return every reference to something the pack does not have. `obligations` are by file name."""
    actors = {actor.id for actor in instrument.actors}
    found = [*_zones(instrument), *_rungs(plans, actors)]
    for file, obligation in obligations.items():
        found += _unknown(file, "provisions", obligation.provisions, provisions)
        found += _unknown(file, "plan", [obligation.plan], plans)
        found += _unknown(file, "actors", sorted(obligation.actors), actors)
        givers = [item.from_ for item in obligation.package if item.from_]
        found += _unknown(file, "package.from", givers, actors)
        if file != f"{obligation.id}.toml":
            found.append(Problem(file, "id", repr(obligation.id), f"the file's own name, {file[:-5]!r}"))
    return found


def _unknown(file: str, key: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    available = sorted(known)
    for name in names:
        if name not in available:
            yield Problem(file, key, repr(name), f"one of: {', '.join(available)}")


def _rungs(plans: Mapping[str, WorkBackPlan], actors: set[str]) -> Iterator[Problem]:
    for name, plan in plans.items():
        audience = [part for rung in plan.rungs for part in rung.to]
        yield from _unknown("plans.toml", f"plans.{name}.rungs.to", audience, {*PARTS, *actors})


def _zones(instrument: Instrument) -> Iterator[Problem]:
    known = available_timezones()
    for where, zone in [("zone", instrument.zone), *((a.id, a.zone) for a in instrument.actors)]:
        if zone not in known:
            yield Problem("instrument.toml", where, repr(zone), 'an IANA time zone such as "Europe/Zurich"')
