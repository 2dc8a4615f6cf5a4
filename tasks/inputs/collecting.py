"""Collecting: what came by the mailbox, then what lies in the drop folder; neither waits for the other."""

from collections.abc import Callable
from datetime import date, datetime

from input_packages.reading.reader import Reader
from records.database import reading
from tasks.inputs.collected import Collected
from tasks.inputs.folder.folder import read_folder
from tasks.inputs.folder.opening import why
from tasks.inputs.intake import Intake
from tasks.inputs.mail.account import UnreachableMailboxError
from tasks.inputs.mail.mailbox import read_mailbox
from tasks.inputs.submitting import reader_of
from tasks.installation.installation import Installation
from tasks.installation.live import leave_to_send
from tasks.installation.reading_files import reader_findings
from tasks.status.findings import inbox_findings

_Reading = Callable[[Intake, Reader, datetime, Collected], None]


def collect(installation: Installation, as_of: date, now: datetime) -> Collected:
    """Take everything from the mailbox and the drop folder; whatever fails is a finding and stops nothing."""
    done = Collected(findings=list(reader_findings(installation.settings)))
    intake = Intake(installation, as_of)
    with reader_of(installation) as reader:
        for name, read in (("mailbox", _read_mailbox), ("drop folder", read_folder)):
            _guarded(name, read, intake, reader, now, done)
    with reading(installation.engine) as session:
        done.findings += inbox_findings(session)
    return done


def _guarded(
    name: str, read: _Reading, intake: Intake, reader: Reader, now: datetime, done: Collected
) -> None:
    try:
        read(intake, reader, now, done)
    except UnreachableMailboxError as error:
        done.findings.append(str(error))
    except Exception as error:  # noqa: BLE001 (what one way in fails of must not close the other)
        done.findings.append(
            f"the {name} was not read to its end: {why(error)}; the rest waits for the next run"
        )


def _read_mailbox(intake: Intake, reader: Reader, now: datetime, done: Collected) -> None:
    """Read the mailbox, if this is the live record: what a copy or a trial took would be lost to it."""
    installation = intake.installation
    with reading(installation.engine) as session:
        live = leave_to_send(session, installation.settings).real
    if live:
        read_mailbox(intake, reader, now, done)
    elif installation.settings.mailbox:
        done.findings.append("the mailbox is not read: this is not the live record")
