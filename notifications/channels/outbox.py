"""An outbox folder: one `.eml` file per message, whole or not there at all."""

import errno
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from notifications.channels.verdict import Outcome, Verdict
from notifications.envelope import Mail

_LONGEST_KEY = 150  # with the date and the digest, a name stays below the 255 bytes file systems allow


class Outbox:
    """Writes messages into `folder`. The same notices have one file, however often they are written."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._names: dict[str, str] | None = None

    def send(self, mail: Mail) -> Verdict:
        """Write the mail, unless its notices have their file already."""
        key = "\n".join(sorted(mail.notice_keys))
        try:
            self._refuse_a_link()
            if there := self._there().get(_digest(key)):
                return Verdict(Outcome.SENT, f"already in the outbox as {there}")
            file = self._folder / _file_name(mail, key)
            _write_whole(file, mail.content)
            self._there()[_digest(key)] = file.name
        except OSError as error:
            reason = error.strerror or str(error)
            return Verdict(Outcome.UNREACHED, f"the outbox {self._folder} cannot be written: {reason}")
        return Verdict(Outcome.SENT, f"in the outbox as {file.name}")

    def trouble(self) -> str | None:
        """Return why nothing can be written, as far as the folder itself shows."""
        try:
            self._refuse_a_link()
            self._there()
        except OSError as error:
            return f"the outbox {self._folder} cannot be used: {error.strerror or error}"
        return None

    def refusal_of(self, sender: str, to: str) -> str | None:  # noqa: ARG002 (a folder takes everything)
        """Return nothing: whatever address a mail has, it becomes a file."""
        return None

    def close(self) -> None:
        """Nothing is kept open between two messages."""

    def _refuse_a_link(self) -> None:
        """Refuse a folder that leads elsewhere: letters would leave the home, where others may read them."""
        if self._folder.is_symlink():
            raise OSError(
                errno.ELOOP, "it is a symbolic link; put a folder of its own there, then they are written"
            )

    def _there(self) -> dict[str, str]:
        """Return the files by the digest of their notices: the day in a name may be another.

        The folder is read once, since one letter after the other is written into it; what another dispatcher
        writes meanwhile are other notices, as the ledger sees to.
        """
        if self._names is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._names = {file.stem.rpartition("-")[2]: file.name for file in self._folder.glob("*.eml")}
        return self._names


def digest_of(keys: Iterable[str]) -> str:
    """Return what stands at the end of the name of the file about the notices of these keys."""
    return _digest("\n".join(sorted(keys)))


def _file_name(mail: Mail, key: str) -> str:
    day = mail.sent_at.date()
    first, *others = key.splitlines()
    readable = re.sub(r"[^a-z0-9+-]+", "_", first.lower()).strip("_")[:_LONGEST_KEY]
    readable += f"+{len(others)}" if others else ""
    return f"{day}-{readable}-{_digest(key)}.eml"


def _digest(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:12]


def _write_whole(file: Path, content: bytes) -> None:
    """Write the file so that a reader, or a power cut, finds all of it or nothing."""
    with _temporary(file) as temporary:
        with open(temporary, "wb", opener=_no_link) as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _no_link(file: str, flags: int) -> int:
    return os.open(file, flags | os.O_NOFOLLOW, 0o666)


@contextmanager
def _temporary(file: Path) -> Iterator[Path]:
    temporary = file.with_name(f".{file.stem[-12:]}.{os.getpid()}.part")
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
