"""Collecting: the mailbox, and the drop folder with a place per cycle and contributor, as a shared drive has.

    incoming/working-group-review/2026/ilo/views.docx
    incoming/working-group-review/2026/secretariat/progress-declaration/declaration.pdf
    incoming/working-group-review/2026/ilo/also/annual-meeting/2026/views.docx

A folder inside that of a contributor is named after an item; one called `also` is followed by a further cycle
that its files are for. What was taken goes to `taken`, what was refused to `refused` with the reason beside
it. What belongs to nobody stays where it is and is a finding.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import takewhile
from pathlib import Path

from input_packages.reading.reader import Reader
from input_packages.reading.refusals import sentence_for
from policies.problems import is_text, visible
from policies.recurrence.cycle_key import CycleKey
from records.database import reading
from tasks.inputs.collected import Collected
from tasks.inputs.mailbox import UnreachableMailboxError, read_mailbox
from tasks.inputs.outcomes import Outcome
from tasks.inputs.submitting import Sending, UnplacedError, reader_of, submit
from tasks.installation.installation import Installation
from tasks.installation.live import leave_to_send

FOLDER = "folder"
_TAKEN, _REFUSED, _ALSO = "taken", "refused", "also"
_STILL_WRITTEN_SECONDS = 60
# What computers leave in shared folders by themselves.
_LITTER = ("~$", ".", "Thumbs.db", "desktop.ini")


def collect(installation: Installation, as_of: date, now: datetime) -> Collected:
    """Take everything from the mailbox and the drop folder; a bad or misplaced file stops nothing.

    A copy of the record, or a trial, leaves the mailbox to the live one: what it took would be lost there.
    """
    done = Collected()
    root = installation.settings.incoming
    with reader_of(installation) as reader:
        if _is_live(installation):
            try:
                read_mailbox(installation, reader, as_of, now, done)
            except UnreachableMailboxError as error:
                done.findings.append(str(error.strerror))
        elif installation.settings.mailbox:
            done.findings.append("the mailbox is not read: this is not the live record")
        for folder in _folders(root, done):
            files = list(_files(folder, now, done, root))
            if files:
                _collect(installation, reader, folder, files, as_of, now, done)
    return done


def _is_live(installation: Installation) -> bool:
    with reading(installation.engine) as session:
        return leave_to_send(session, installation.settings).real


def _folders(root: Path, done: Collected) -> Iterator[Path]:
    """Yield every folder that is not one of ours, the outer before the inner."""
    if not root.is_dir():
        return
    yield root
    for folder in sorted(root.rglob("*")):
        ours = {_TAKEN, _REFUSED} & set(folder.relative_to(root).parts)
        if folder.is_dir() and not folder.is_symlink() and not ours:
            if is_text(str(folder)):
                yield folder
            elif is_text(str(folder.parent)):
                done.findings.append(_nameless(folder, root))


def _files(folder: Path, now: datetime, done: Collected, root: Path) -> Iterator[Path]:
    """Yield the files of a folder that are whole; what still grows waits for the next time."""
    for file in sorted(folder.iterdir()):
        if file.name.startswith(_LITTER) or (file.is_dir() and not file.is_symlink()):
            continue
        if file.is_symlink() or not file.is_file():
            where = visible(str(file.relative_to(root)))
            done.findings.append(f"{where}: not a file but a link or a device; left where it is")
        elif now.timestamp() - file.stat().st_mtime >= _STILL_WRITTEN_SECONDS:
            yield file


def _nameless(folder: Path, root: Path) -> str:
    """Say what to do about a folder that another system named in an encoding of its own."""
    name = visible(str(folder.relative_to(root)))
    return f"{name}: a folder whose name is not in UTF-8 names no cycle and nobody; left as it is: rename it"


def _collect(
    installation: Installation,
    reader: Reader,
    folder: Path,
    files: list[Path],
    as_of: date,
    now: datetime,
    done: Collected,
) -> None:
    sending = _sending(folder.relative_to(installation.settings.incoming).parts, files)
    try:
        outcomes = submit(installation, reader, sending, FOLDER, as_of, now)
    except UnplacedError as error:
        names = visible(", ".join(file.name for file in files))
        done.findings.append(f"{folder}: {names}: left where it is: {error}")
        return
    for file, outcome in zip(files, outcomes, strict=True):
        _put_away(file, outcome)
        done.add(sending.cycles, sending.person, outcome)


def _sending(folders: Sequence[str], files: Sequence[Path]) -> Sending:
    """Return what lies in a folder as sent by whom it is named after, for the cycles that it names."""
    obligation, name, person, *inner = (*folders, *[""] * (3 - len(folders)))
    own = list(takewhile(lambda each: each != _ALSO, inner))
    also = [_named(inner[at : at + 3]) for at in range(len(own), len(inner), 3)]
    pairs = [(file, file.name) for file in files]
    return Sending(str(CycleKey(obligation, name)), person, pairs, FOLDER, next(iter(own), None), also=also)


def _named(folders: Sequence[str]) -> str:
    """Return the cycle that `also/annual-meeting/2026` names; other folders name none that there is."""
    return "/".join(folders[1:] if folders[0] == _ALSO else folders) or "/"


def _put_away(file: Path, outcome: Outcome) -> None:
    """Move a file where its sender sees what became of it, never over another one."""
    folder = file.parent / (_TAKEN if outcome.accepted else _REFUSED)
    folder.mkdir(exist_ok=True)
    number = 1
    target = folder / file.name
    while target.exists():
        number += 1
        target = folder / f"{file.stem}-{number}{file.suffix}"
    file.replace(target)
    if outcome.refusals:
        why = "\n".join(sentence_for(refusal, "en") for refusal in outcome.refusals)
        target.with_name(f"{target.name}.why.txt").write_text(f"{why}\n", encoding="utf-8")
