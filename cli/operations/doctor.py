"""`mandates doctor`: settings, directory, ledger, holidays and the audit chain."""

import typer

from cli.output import say, say_list
from flows.clock import today
from records.audit import breaks
from records.database import reading
from records.facts.facts import read_facts
from records.runs import ENFORCE, last_run
from tasks.dispatch.channels import channel_findings, watch_findings
from tasks.installation.workplace import open_workplace
from tasks.status.findings import findings_of
from tasks.status.holidays import holiday_findings
from tasks.status.standings import standings


def doctor() -> None:
    """Check everything that can be checked; the exit code is 1 when the record is not as it was sealed."""
    with open_workplace() as workplace, reading(workplace.engine) as session:
        on = today(workplace.zone)
        say(f"policies   {workplace.pack.folder} ({len(workplace.pack.obligations)} obligations)")
        say(f"database   {workplace.engine.url.render_as_string(hide_password=True)}")
        say(f"directory  {len(workplace.directory.people)} people, {workplace.directory.status}")
        run = last_run(session, ENFORCE)
        enforced = f"last for {run.as_of}, at {run.recorded_at:%Y-%m-%d %H:%M} UTC" if run else "never"
        say(f"enforced   {enforced}")
        broken = [str(found) for found in breaks(session)]
        say(f"audit      {'the chain holds' if not broken else f'{len(broken)} breaks in the chain'}")
        say_list("The record is not as it was sealed:", broken)
        facts = read_facts(session)
        watched = standings(workplace.pack, facts, on)
        holidays = holiday_findings(workplace.pack, on)
        channels = [*channel_findings(workplace), *watch_findings(workplace.settings)]
        found = findings_of(session, workplace, watched, facts, on)
        say_list("To look at:", [*found, *channels, *holidays])
    if broken:
        raise typer.Exit(1)
