"""Figures for whoever watches many systems: what Prometheus reads from a text file."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Gauge, generate_latest, write_to_textfile

from policies.plans.notices import NoticeState
from records.database import reading
from records.facts.facts import read_facts
from records.metrics import notices_by_state, opened_and_breached, trouble
from records.runs import last_whole_enforcement
from tasks.installation.installation import Installation
from tasks.status.findings import findings_of
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from records.database import Session

_READABLE = 0o644  # it names nobody, and is there for a program that runs as somebody else


def figures(installation: Installation, as_of: date) -> CollectorRegistry:
    """Return what there is to count on a day: of obligations, notices, findings and runs; nobody is named."""
    registry = CollectorRegistry()
    with reading(installation.engine) as session:
        _of_the_record(registry, session)
        facts = read_facts(session)
        watched = statuses(installation.pack, facts, as_of)
        findings = findings_of(session, installation, watched, facts, as_of)
    by_state = Counter(str(status.current.state) for status in watched)
    _labelled(registry, "mandates_obligations", "Obligations by the state of their current cycle.", by_state)
    _gauge(registry, "mandates_findings", "What a person has to look at.", len(findings))
    _gauge(
        registry,
        "mandates_rules_refused",
        "1 while the last good rules stand in.",
        bool(installation.refused),
    )
    return registry


def write_figures(installation: Installation, as_of: date) -> None:
    """Write the figures to the file that the settings name, whole or not at all; none if they name none."""
    if file := installation.settings.metrics_file:
        write_to_textfile(str(Path(file)), figures(installation, as_of))
        file.chmod(_READABLE)


def as_text(registry: CollectorRegistry) -> str:
    """Return the figures as Prometheus reads them."""
    return generate_latest(registry).decode()


def _of_the_record(registry: CollectorRegistry, session: "Session") -> None:
    run = last_whole_enforcement(session)
    at = run.recorded_at.timestamp() if run else 0
    _gauge(registry, "mandates_last_enforcement_timestamp_seconds", "The last enforcement of all.", at)
    states = {str(state): 0 for state in NoticeState} | dict(notices_by_state(session))
    _labelled(registry, "mandates_notices", "Notices in the ledger by state.", states)
    opened, breached = opened_and_breached(session)
    _gauge(registry, "mandates_opened_cycles", "Cycles ever opened.", opened)
    _gauge(registry, "mandates_breaches", "Breaches on record.", breached)
    _gauge(
        registry, "mandates_incident", "1 while an incident that people were told of lasts.", trouble(session)
    )


def _gauge(registry: CollectorRegistry, name: str, says: str, value: float) -> None:
    Gauge(name, says, registry=registry).set(value)


def _labelled(registry: CollectorRegistry, name: str, says: str, values: Mapping[str, int]) -> None:
    gauge = Gauge(name, says, ["state"], registry=registry)
    for state, value in sorted(values.items()):
        gauge.labels(state).set(value)
