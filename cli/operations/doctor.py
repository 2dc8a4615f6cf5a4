"""`mandates doctor`: settings, directory, mail, ledger, holidays, who may read the home, the audit chain."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import typer

from cli.opening import open_installation
from cli.output import say, say_list
from flows.clock import today
from policies.people.directory import Directory
from policies.problems import RefusedFileError
from records.database import reading, shown
from records.facts.facts import UnreadableRecordError, read_facts
from records.runs import ENFORCE, last_run
from tasks.dispatch.channels import channel_findings, watch_findings
from tasks.facts.people import directory_differences
from tasks.installation.file_modes import mode_findings
from tasks.installation.installation import Installation
from tasks.installation.reading_files import reader_in_words
from tasks.installation.signing_key import key_findings
from tasks.installation.who import directory_at, people_copy_findings
from tasks.operations.integrity import everything_amiss
from tasks.operations.mail_routes import ways_in, ways_out
from tasks.operations.reaching import unreachable
from tasks.operations.reply_addresses import reply_address_findings
from tasks.status.findings import findings_of
from tasks.status.forgotten import forgotten_said
from tasks.status.holidays import holiday_findings
from tasks.status.statuses import statuses

if TYPE_CHECKING:
    from records.database import Session


def doctor() -> None:
    """Check everything that can be checked; the exit code is 1 when the record is not as it was sealed."""
    with open_installation() as installation, reading(installation.engine) as session:
        say(f"policies   {installation.pack.folder} ({len(installation.pack.obligations)} obligations)")
        say(f"database   {shown(installation.engine)}")
        on = today(installation.zone)
        directory = directory_at(session, on)
        say(f"directory  {len(directory.people)} people on record, {directory.status}")
        run = last_run(session, ENFORCE)
        enforced = f"last for {run.as_of}, at {run.recorded_at:%Y-%m-%d %H:%M} UTC" if run else "never"
        say(f"enforced   {enforced}")
        _say_mail(installation, directory)
        say(f"reader     {reader_in_words(installation.settings)}")
        broken = everything_amiss(session, installation.settings)
        holds = "chain intact; ledger, guards and files as they were sealed"
        say(f"audit      {holds if not broken else f'{len(broken)} breaks in the chain or in what it seals'}")
        say_list("The record is not as it was sealed:", broken)
        say_list("Forgotten:", forgotten_said(session))
        say_list("Requires attention:", list(_findings(session, installation, directory, on)))
    if broken:
        raise typer.Exit(1)


def _findings(
    session: "Session", installation: Installation, directory: Directory, on: date
) -> Iterator[str]:
    try:
        facts = read_facts(session)
        yield from findings_of(session, installation, statuses(installation.pack, facts, on), facts, on)
    except UnreadableRecordError as error:
        yield str(error)
    yield from directory_differences(session, installation, on)
    yield from people_copy_findings(installation, directory)
    yield from channel_findings(installation, directory)
    yield from unreachable(installation)
    yield from reply_address_findings(installation, directory)
    yield from watch_findings(installation.settings)
    yield from holiday_findings(installation.pack, on)
    yield from mode_findings(installation.settings)
    yield from key_findings(session, installation.settings)


def _say_mail(installation: Installation, directory: Directory) -> None:
    """Say where mail leaves and comes in; what is wrong there is among the findings."""
    sender, trial = directory.sender, installation.settings.trial
    say(f"mail out   from {sender.name} <{sender.address}>{f', all of it to {trial}' if trial else ''}")
    if reply_to := installation.settings.reply_to:
        say(f"           answers to {reply_to}, with a plus and a secret of each letter")
    with suppress(RefusedFileError):
        for name, where in ways_out(installation):
            say(f"           {name}: {where}")
    for title, (name, where) in zip(("mail in    ", " " * 11), ways_in(installation), strict=True):
        say(f"{title}{name}: {where}")
