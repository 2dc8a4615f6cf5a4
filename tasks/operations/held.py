"""What is held about one person: in the record, in the files of the home, and in what has left already."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from records.database import reading
from records.facts.people import called
from records.packages import versions_on_record
from records.personal.ciphering import number_in
from records.personal.forgetting import forgotten_people, keys_of
from records.personal.holding import (
    KeptMessage,
    Rows,
    clear_texts_with,
    kept_letters,
    kept_messages,
    rows_about,
)
from records.statements import statements
from records.submissions import sums_of_others
from tasks.inputs.folder.keeping import bytes_of, files_of
from tasks.inputs.store import Vault
from tasks.installation.installation import Installation

if TYPE_CHECKING:
    from records.database import Session

_READABLE = (".html", ".txt", ".json", ".xml", ".md", ".csv", ".toml", ".ics")


class UnknownPersonError(LookupError):
    """Nothing is held about anybody of that id or name."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who somebody is: their id, and every name and address they are known by."""

    person: str
    names: tuple[str, ...]

    @property
    def holders(self) -> tuple[str, ...]:
        """Under which holders their values lie."""
        return tuple(dict.fromkeys((self.person, *self.names, *map(str.casefold, self.names))))


@dataclass(frozen=True, slots=True)
class Held:
    """What there is about somebody. `named` are letters to others that name them, by token and number.

    `messages` are from them, or were taken for theirs, or name them, by number; `tokens` are what stands for
    those that lie under the keys of others.
    `files` are theirs alone and can be deleted; `drafts` are packages nobody has released; `stays` says in
    words what cannot be taken back.
    """

    known: Known
    keys: Mapping[int, str]
    rows: Rows
    letters: Mapping[int, bytes]
    named: Mapping[str, int]
    messages: Mapping[int, bytes]
    tokens: Sequence[str]
    files: Sequence[Path]
    drafts: Sequence[Path]
    stays: Sequence[str]


def who(installation: Installation, person: str, also: Collection[str] = ()) -> Known:
    """Return by what somebody is known: every name and address on record, and what else is given."""
    with reading(installation.engine) as session:
        return Known(person, tuple(dict.fromkeys((*called(session, person), *also))))


def held_about(session: "Session", installation: Installation, known: Known) -> Held:
    """Return everything that is held about somebody.

    Raises:
        UnknownPersonError: there is nothing.
    """
    keys = keys_of(session, known.holders)
    rows = rows_about(session, known.person, keys)
    if not rows and not known.names:
        before = forgotten_people(session).get(known.person)
        said = f"was forgotten on {before:%Y-%m-%d}" if before else "is in no row of the record"
        raise UnknownPersonError(f"{known.person!r} {said}; a name is written as it was recorded")
    needles = _needles(known)
    all_letters = list(kept_letters(session))
    theirs = {each.number: each.content for each in all_letters if each.person == known.person}
    named = {
        e.token: e.number for e in all_letters if e.number not in theirs and mentions(e.content, needles)
    }
    came = [each for each in kept_messages(session) if _concerns(each, known, needles)]
    drafts, stays = _left(session, installation, known, needles)
    return Held(
        known,
        keys,
        rows,
        theirs,
        named,
        {each.number: each.content for each in came},
        [token for each in came for token in each.tokens if number_in(token) not in keys],
        sorted(_files(session, installation, known, needles, rows)),
        sorted(drafts),
        [*stays, *_in_clear(session, needles)],
    )


def _concerns(message: KeptMessage, known: Known, needles: Collection[str]) -> bool:
    if known.person in message.people or message.sender in known.holders:
        return True
    try:
        return mentions(message.content, needles)
    except Exception:  # noqa: BLE001 (what broke the reader of mail breaks this one too)
        text = message.content.decode("utf-8", "replace")
        return any(needle in text for needle in needles)


def mentions(content: bytes, needles: Collection[str]) -> bool:
    """Return whether a message names somebody, in its headers or in a text of it."""
    if not needles:
        return False
    mail = message_from_bytes(content, _class=EmailMessage, policy=policy.default)
    texts = [content.decode("utf-8", "replace"), *(str(value) for value in mail.values())]
    texts += [str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text"]
    return any(needle in text for text in texts for needle in needles)


def export(installation: Installation, held: Held, folder: Path, now: datetime) -> int:
    """Write what is held about somebody into a new folder; return how many files that were.

    Raises:
        FileExistsError: the folder is there already.
    """
    folder.mkdir(parents=True, mode=0o700)
    content = {
        "person": held.known.person,
        "known_by": list(held.known.names),
        "made_at": now.isoformat(),
        "rows": {table: [_plain(row) for row in rows] for table, rows in held.rows.items()},
        "elsewhere": list(held.stays),
    }
    (folder / "held.json").write_text(
        json.dumps(content, indent=2, ensure_ascii=False, default=str), encoding="utf-8"
    )
    for number, letter in held.letters.items():
        _put(folder / "letters" / f"{number}.eml", letter)
    for number, message in held.messages.items():
        _put(folder / "messages" / f"{number}.eml", message)
    home = installation.settings.home.absolute()
    for file in held.files:
        _put(folder / "files" / file.absolute().relative_to(home), bytes_of(installation.settings, file))
    return 1 + len(held.letters) + len(held.messages) + len(held.files)


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not isinstance(value, bytes)}


def _needles(known: Known) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known.names, *map(str.casefold, known.names))))


def _files(
    session: "Session", installation: Installation, known: Known, needles: Collection[str], rows: Rows
) -> Iterator[Path]:
    """Yield the files of the home that are theirs alone, or letters that name them."""
    settings = installation.settings
    sums = {row["sha256"] for row in rows.get("submissions", ()) if row["person"] == known.person}
    for sum_ in filter(None, sums - sums_of_others(session, known.person)):
        yield from Vault(settings.inputs, settings.quarantine).files_of(sum_)
    yield from files_of(settings, known.person)
    for file in settings.outbox.glob("*.eml"):
        if mentions(file.read_bytes(), needles):
            yield file


def _left(
    session: "Session", installation: Installation, known: Known, needles: Collection[str]
) -> tuple[list[Path], list[str]]:
    """Return the drafts of packages that name somebody, and in words what was released or published."""
    settings = installation.settings
    drafts, stays = [], []
    for version in versions_on_record(session):
        file = settings.packages / version.file
        if not _archive_names(file, needles, known.person):
            continue
        if version.final:
            stays.append(f"the released package {version.file}: whoever was sent it has it")
        else:
            drafts.append(file)
    for published in statements(session):
        naming = (name for name in published.files if _text_names(settings.statements / name, needles))
        stays += [f"the published statement {name}: it was made public" for name in naming]
    file = installation.directory_file
    if file.is_file() and _text_names(file, needles):
        stays.append(f"the directory file {file}, from which nothing is read any more: take them out by hand")
    return drafts, stays


def _archive_names(file: Path, needles: Collection[str], person: str) -> bool:
    try:
        with ZipFile(file) as archive:
            return any(
                f"/{person}/" in name or f"-{person}" in name or _named_in(archive, name, needles)
                for name in archive.namelist()
            )
    except (OSError, BadZipFile):
        return False


def _named_in(archive: ZipFile, name: str, needles: Collection[str]) -> bool:
    if not name.endswith(_READABLE):
        return False
    text = archive.read(name).decode("utf-8", "replace")
    return any(needle in text for needle in needles)


def _text_names(file: Path, needles: Collection[str]) -> bool:
    if file.suffix not in _READABLE or not file.is_file():
        return False
    text = file.read_text(encoding="utf-8", errors="replace")
    return any(needle in text for needle in needles)


def _in_clear(session: "Session", needles: Collection[str]) -> Iterator[str]:
    for table, key in clear_texts_with(session, needles):
        if table != "notices":
            yield f"{table} {key}: a text of the institution names them; it is sealed, and can be withdrawn"
