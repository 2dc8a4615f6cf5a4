"""What one file of a pack says about another: every name must be somebody's."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from zoneinfo import available_timezones

from policies.obligations.instrument import UNNAMED, Instrument, Provision
from policies.obligations.obligations import OWNERS, SECRETARIAT, Obligation, audience
from policies.plans.notices import NoticeKind
from policies.plans.work_back import WorkBackPlan
from policies.problems import Problem
from policies.recurrence import Recurrence
from policies.recurrence.after_event import AfterEvent
from policies.recurrence.before_event import BeforeEvent
from policies.recurrence.earliest_of import EarliestOf
from policies.recurrence.latest_of import LatestOf
from policies.recurrence.on_term import OnTerm
from policies.recurrence.per_trigger import PerTrigger
from policies.recurrence.standing_duty import StandingDuty

PARTS = ("holder", "supports", "consulted", "contributors", "overseers", OWNERS)


def crossed_references(
    instrument: Instrument,
    provisions: Sequence[Provision],
    plans: Mapping[str, WorkBackPlan] | None,
    obligations: Mapping[str, Obligation],
) -> list[Problem]:
    """Return every reference to something the pack does not have. `obligations` are by file name.

    `plans` is None where they could not be read: then nobody is told that one is missing.
    """
    actors = {actor.id for actor in instrument.actors}
    paragraphs = {provision.id for provision in provisions}
    found = [*_zones(instrument)]
    found += _unknown("instrument.toml", "escalation", instrument.escalation, actors)
    agendas = instrument.consulted_agendas
    found += _unknown("instrument.toml", "consulted_agendas", agendas, instrument.meetings)
    found += _unknown("instrument.toml", "consulted_agendas", agendas.values(), paragraphs)
    found += _twins("instrument.toml", "actors", [actor.id for actor in instrument.actors])
    found += _twins("provisions.toml", "provisions", [provision.id for provision in provisions])
    for provision in provisions:
        found += _unknown("provisions.toml", f"{provision.id}.holder", [provision.holder], {*actors, UNNAMED})
        found += _unknown("provisions.toml", f"{provision.id}.covered_by", provision.covered_by, paragraphs)
    for file, obligation in obligations.items():
        found += _unknown(file, "provisions", obligation.provisions, paragraphs)
        found += _unknown(file, "plan", [obligation.plan], [obligation.plan] if plans is None else plans)
        found += _unknown(file, "actors", sorted(obligation.actors), actors)
        givers = [item.from_ for item in obligation.package if item.from_]
        found += _unknown(file, "package.from", givers, actors)
        for recurrence in (version.recurrence for version in obligation.versions):
            found += _unknown(file, "versions.clock.event", _events(recurrence), instrument.events)
            found += _unknown(file, "versions.clock.meetings", _meetings(recurrence), instrument.meetings)
            found += _unknown(file, "versions.clock.body", _bodies(recurrence), actors)
            respected = [recurrence.mandates_respected] if isinstance(recurrence, PerTrigger) else []
            wanted = filter(None, respected)
            found += _unknown(file, "versions.clock.mandates_respected", wanted, paragraphs)
        found += _escalations(file, obligation, plans or {}, instrument.escalation)
        if file != f"{obligation.id}.toml":
            found.append(Problem(file, "id", repr(obligation.id), f"the file's own name, {file[:-5]!r}"))
    return found


def _unknown(file: str, key: str, names: Iterable[str], known: Iterable[str]) -> Iterator[Problem]:
    available = sorted(known)
    for name in names:
        if name not in available:
            yield Problem(file, key, repr(name), f"one of: {', '.join(available)}")


def _events(recurrence: Recurrence) -> list[str]:
    if isinstance(recurrence, EarliestOf | LatestOf):
        return [event for part in recurrence.of for event in _events(part)]
    return [recurrence.event] if isinstance(recurrence, AfterEvent | BeforeEvent) else []


def _meetings(recurrence: Recurrence) -> tuple[str, ...]:
    return recurrence.meetings if isinstance(recurrence, PerTrigger | StandingDuty) else ()


def _bodies(recurrence: Recurrence) -> list[str]:
    return [recurrence.body] if isinstance(recurrence, OnTerm) else []


def _twins(file: str, key: str, ids: Iterable[str]) -> Iterator[Problem]:
    for name, count in Counter(ids).items():
        if count > 1:
            yield Problem(file, key, f"{name!r} {count} times", "each id once")


def _escalations(
    file: str, obligation: Obligation, plans: Mapping[str, WorkBackPlan], order: Sequence[str]
) -> Iterator[Problem]:
    """A matter rises step by step, in the instrument's own order, beginning above the secretariat."""
    plan = plans.get(obligation.plan)
    scheduled_notices = (
        [scheduled for scheduled in plan.scheduled_notices if scheduled.kind is NoticeKind.ESCALATION]
        if plan
        else []
    )
    if not order or not scheduled_notices:
        return
    rising = sorted(scheduled_notices, key=lambda scheduled: scheduled.days)
    steps = list(dict.fromkeys(actor for scheduled in rising for actor in audience(scheduled, obligation)))
    above = [actor for actor in order if actor != SECRETARIAT]
    if steps != above[: len(steps)]:
        expected = f"{' → '.join(above)}, from its beginning and without a gap"
        yield Problem(file, f"plan {obligation.plan}: escalations", " → ".join(steps) or "nobody", expected)


def _zones(instrument: Instrument) -> Iterator[Problem]:
    known = available_timezones()
    stations = {f"stations.{name}.zone": station.zone for name, station in instrument.stations.items()}
    actors = {actor.id: actor.zone for actor in instrument.actors}
    for where, zone in [("zone", instrument.zone), *actors.items(), *stations.items()]:
        if zone not in known:
            yield Problem("instrument.toml", where, repr(zone), 'an IANA time zone such as "Europe/Zurich"')
    yield from _twins("instrument.toml", "stations", stations.values())
