"""What may leave from here: everything from the live record, all to one address in a trial, else nothing.

Two copies of one record that both send would send everything twice. So one is live, where a person said it
is; what was restored, copied or moved is not until a person says so.
"""

import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from records.ledger.letters import kept_since
from records.places import Place, RecordUse, Use, last_use, place_in, place_of, record_use
from records.runs import ENFORCE, last_run
from tasks.installation.settings import Settings

if TYPE_CHECKING:
    from records.database import Session

BY = "mandates"
_MACHINE = Path("/etc/machine-id")
_HOW = (
    "If it is to be the live one, stop the other first, or every letter leaves twice. "
    "Then type: mandates live --by NAME"
)
_IN_LIVE = (
    "nothing is sent: MANDATES_TRIAL is set, but this is the live record, which would count as sent what "
    "nobody got. Leave the setting out, or try in an empty home or a restored backup"
)
_TRIED = (
    "nothing is sent: this record was used for a trial, and counts as sent what went to one address only. "
    "Set MANDATES_TRIAL to go on with the trial, or go live in another home"
)


@dataclass(frozen=True, slots=True)
class Leave:
    """What may leave from here: all of it, all to the address `trial`, or nothing, for the reason `nothing`.

    `rests_on` is the row that says so, None where nobody said anything yet; `begins` a use that begins now.
    """

    rests_on: int | None
    trial: str = ""
    nothing: str = ""
    begins: Use | None = None

    @property
    def real(self) -> bool:
        """Whether what is owed reaches those it is owed to."""
        return not (self.trial or self.nothing)


class NotToBeLiveError(LookupError):
    """The record cannot become the live one."""


def leave_to_send(session: "Session", settings: Settings) -> Leave:
    """Return what may leave from the record that `session` reads."""
    said, here = last_use(session), place_of(session, machine_of(settings))
    trial, enforced = settings.trial or "", last_run(session, ENFORCE) is not None
    if said is None or (place_in(said) == here and said.use != Use.COPY and not enforced):
        return _first_word(said, trial, enforced=enforced)
    if said.use == Use.LIVE and place_in(said) != here:
        return Leave(said.id, nothing=_elsewhere(said, here))
    if said.use == Use.LIVE:
        return Leave(said.id, nothing=_IN_LIVE if trial else "")
    if trial:
        return Leave(said.id, trial, begins=Use.TRIAL if said.use == Use.COPY else None)
    return Leave(said.id, nothing=_TRIED if said.use == Use.TRIAL else _copied(said))


def settle_use(session: "Session", settings: Settings, now: datetime) -> Leave:
    """Return what may leave, and record the use that begins with that, if one does.

    A record of which nobody said anything is live where it is first at work, also after an upgrade.
    """
    leave = leave_to_send(session, settings)
    if leave.begins is None:
        return leave
    here = place_of(session, machine_of(settings))
    reason = "MANDATES_TRIAL is set" if leave.trial else "the first start here"
    row = record_use(session, leave.begins, here, reason, now, BY)
    return Leave(row.id, leave.trial, leave.nothing)


def still_holds(session: "Session", leave: Leave) -> bool:
    """Return whether nobody said anything else since."""
    said = last_use(session)
    return (said.id if said else None) == leave.rests_on


def make_live(session: "Session", settings: Settings, now: datetime, by: str) -> bool:
    """Record that this record is the live one, here; return whether that is news.

    Raises:
        NotToBeLiveError: a trial is on or has left its marks, so that notices count as sent that nobody got.
    """
    said, here = last_use(session), place_of(session, machine_of(settings))
    if settings.trial:
        raise NotToBeLiveError("MANDATES_TRIAL is set. Leave it out, then make the record the live one.")
    if said and said.use == Use.TRIAL and kept_since(session, said.recorded_at):
        raise NotToBeLiveError(f"{_TRIED}.")
    if said and said.use == Use.LIVE and place_in(said) == here:
        return False
    record_use(session, Use.LIVE, here, "said by a person", now, by)
    return True


def make_copy(session: "Session", settings: Settings, now: datetime, how: str) -> None:
    """Record that this is not the live record until somebody says so; `how` as in `restored from FILE`."""
    record_use(session, Use.COPY, place_of(session, machine_of(settings)), how, now, BY)


def leave_findings(session: "Session", settings: Settings) -> Iterator[str]:
    """Yield that nothing leaves from here and why, or to whom alone everything goes."""
    leave = leave_to_send(session, settings)
    if leave.nothing:
        yield leave.nothing
    if leave.trial:
        yield f"a trial: everything is sent to {leave.trial}, and to nobody else"


def machine_of(settings: Settings) -> str:
    """Return what this machine is called: as the setting says, else by the system's own id, else its name."""
    if settings.place:
        return settings.place
    try:
        found = _MACHINE.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        found = ""
    # The id itself is not to be shown to others (machine-id(5)).
    return sha256(f"Mandate Keeper {found}".encode()).hexdigest()[:12] if found else platform.node()


def _first_word(said: RecordUse | None, trial: str, *, enforced: bool) -> Leave:
    """Return what may leave where it is not settled yet: before the first run, a trial may still begin."""
    use = Use.TRIAL if trial and not enforced else Use.LIVE
    begins = None if said and said.use == use else use
    number = said.id if said else None
    if use is Use.TRIAL:
        return Leave(number, trial, begins=begins)
    return Leave(number, nothing=_IN_LIVE if trial else "", begins=begins)


def _elsewhere(said: RecordUse, here: Place) -> str:
    there = place_in(said)
    if there.database != here.database:
        otherwise = f"this one is at {here.database}"
    elif there.machine != here.machine:
        otherwise = "this is another machine"
    else:
        otherwise = "this is another file or server there, or one that was restored"
    return (
        f"nothing is sent from here: the record is live at {there.database}, on record since "
        f"{said.recorded_at:%Y-%m-%d}, and {otherwise}. {_HOW}"
    )


def _copied(said: RecordUse) -> str:
    return (
        f"nothing is sent from here: this record was {said.reason} on {said.recorded_at:%Y-%m-%d}, "
        f"and nobody has said since that it is the live one. {_HOW}"
    )
