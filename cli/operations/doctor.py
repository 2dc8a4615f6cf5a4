"""`mandates doctor`: settings, directory, ledger, holidays, who may read the home, and the audit chain."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import typer

from cli.opening import open_workplace
from cli.output import say, say_list
from flows.clock import today
from policies.problems import RefusedFileError
from records.audit import breaks
from records.database import reading, shown
from records.facts.facts import UnreadableRecordError, read_facts
from records.runs import ENFORCE, last_run
from tasks.dispatch.channels import channel_findings, watch_findings
from tasks.installation.file_modes import mode_findings
from tasks.installation.workplace import Workplace
from tasks.operations.mail_routes import ways_in, ways_out
from tasks.status.findings import findings_of
from tasks.status.holidays import holiday_findings
from tasks.status.standings import standings

if TYPE_CHECKING:
    from records.database import Session


def doctor() -> None:
    """Check everything that can be checked; the exit code is 1 when the record is not as it was sealed."""
    with open_workplace() as workplace, reading(workplace.engine) as session:
        say(f"policies   {workplace.pack.folder} ({len(workplace.pack.obligations)} obligations)")
        say(f"database   {shown(workplace.engine)}")
        say(f"directory  {len(workplace.directory.people)} people, {workplace.directory.status}")
        run = last_run(session, ENFORCE)
        enforced = f"last for {run.as_of}, at {run.recorded_at:%Y-%m-%d %H:%M} UTC" if run else "never"
        say(f"enforced   {enforced}")
        _say_mail(workplace)
        broken = [str(found) for found in breaks(session)]
        say(f"audit      {'the chain holds' if not broken else f'{len(broken)} breaks in the chain'}")
        say_list("The record is not as it was sealed:", broken)
        say_list("To look at:", list(_findings(session, workplace, today(workplace.zone))))
    if broken:
        raise typer.Exit(1)


def _findings(session: "Session", workplace: Workplace, on: date) -> Iterator[str]:
    try:
        facts = read_facts(session)
        yield from findings_of(session, workplace, standings(workplace.pack, facts, on), facts, on)
    except UnreadableRecordError as error:
        yield str(error)
    yield from channel_findings(workplace)
    yield from watch_findings(workplace.settings)
    yield from holiday_findings(workplace.pack, on)
    yield from mode_findings(workplace.settings)


def _say_mail(workplace: Workplace) -> None:
    """Say where mail leaves and comes in; what is wrong there is among the findings."""
    sender, trial = workplace.directory.sender, workplace.settings.trial
    say(f"mail out   from {sender.name} <{sender.address}>{f', all of it to {trial}' if trial else ''}")
    with suppress(RefusedFileError):
        for name, where in ways_out(workplace):
            say(f"           {name}: {where}")
    for title, (name, where) in zip(("mail in    ", " " * 11), ways_in(workplace), strict=True):
        say(f"{title}{name}: {where}")
