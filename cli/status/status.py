"""`mandates status`: where each obligation stands."""

from cli.days import AsOf, KnownAt, day, instant
from cli.opening import open_installation
from cli.options import AsJson
from cli.output import say, say_list, write_json_rows, write_table
from records.cycles import opened_cycles
from records.database import reading
from records.facts.facts import read_facts
from tasks.installation.live import leave_findings
from tasks.status.findings import findings_on
from tasks.status.statuses import one_by_one, row_of, status_json
from tasks.status.unasked import unasked_findings

COLUMNS = ("obligation", "cycle", "state", "due_on", "target_on", "days_overdue")


def status(as_of: AsOf = None, known_at: KnownAt = None, *, as_json: AsJson = False) -> None:
    """Show where each obligation stands."""
    with open_installation() as installation, reading(installation.engine) as session:
        known = instant(known_at, installation)
        on = day(as_of, installation, known)
        facts = read_facts(session, known)
        found = one_by_one(installation.pack, facts, on)
        actors = installation.pack.actors
        if as_json:
            rows = (status_json(each, external=actors[each.obligation.holder].external) for each in found)
            write_json_rows({"as_of": on.isoformat()}, "obligations", rows)
            return
        say(f"{installation.pack.instrument.institution['en']}, as of {on}\n")
        opened = opened_cycles(session, known)
        told = [
            (
                row_of(each),
                [*findings_on(each), *unasked_findings(session, installation, [each], opened, facts)],
            )
            for each in found
        ]
        write_table([row for row, _ in told], COLUMNS, empty="the pack has no obligations")
        leave = leave_findings(session, installation.settings)
        say_list("Requires attention:", [*leave, *(finding for _, findings in told for finding in findings)])
