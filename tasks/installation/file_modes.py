"""Who may read what we write: the user this runs as, and a group where a setting names one; nobody else.

What a person exports to a place they name is theirs, and has the rights they give their own files. The drop
folder has those that its administrator gave it.
"""

import os
import shlex
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tasks.installation.settings import Settings

_CLOSED, _FOR_A_GROUP = 0o077, 0o027
_HOME, _DROP = 0o2750, 0o2770  # what is made inside belongs to the same group


class _Umask:
    """The mask of this process, and the one that it was started with: a person's own."""

    def __init__(self) -> None:
        self.persons: int | None = None

    def set(self, mask: int) -> None:
        before = os.umask(mask)
        if self.persons is None:
            self.persons = before


_UMASK = _Umask()


def close_files(group: str | None) -> None:
    """Let nobody else read what this process and its children write from now on, but a group where named."""
    _UMASK.set(_FOR_A_GROUP if group else _CLOSED)


@contextmanager
def handed_over() -> Iterator[None]:
    """Write what a person exports to a place they named as any other program of theirs would."""
    before = os.umask(_CLOSED if _UMASK.persons is None else _UMASK.persons)
    try:
        yield
    finally:
        os.umask(before)


def prepare_home(settings: Settings) -> None:
    """Make the home, and the drop folder where a group may put files into it; what is there is left as it is.

    Raises:
        OSError: they cannot be made, or not be given to the group.
    """
    _make(settings.home, settings.group, _HOME)
    if settings.group:
        _make(settings.incoming, settings.group, _DROP)


def mode_findings(settings: Settings) -> Iterator[str]:
    """Yield what others than us, and the group of the settings, may read or change; and how to mend it."""
    closed = _FOR_A_GROUP if settings.group else _CLOSED
    open_ = [path for path in _all(settings) if stat.S_IMODE(path.lstat().st_mode) & closed]
    if open_:
        mode = stat.S_IMODE(open_[0].lstat().st_mode)
        yield (
            f"{settings.home}: others may read or change {len(open_)} of its files and folders, such as "
            f"{open_[0]} (mode {mode:04o}); close them: {_mending(settings)}"
        )


def _make(folder: Path, group: str | None, mode: int) -> None:
    if folder.exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    if group:
        shutil.chown(folder, group=group)
        folder.chmod(mode)


def _all(settings: Settings) -> Iterator[Path]:
    """Yield the home and what is in it, but the drop folder, which is for others, and links."""
    yield settings.home
    for folder, folders, files in os.walk(settings.home):
        here = Path(folder)
        if here == settings.home and settings.incoming.name in folders:
            folders.remove(settings.incoming.name)
        yield from (path for name in (*folders, *files) if not (path := here / name).is_symlink())


def _mending(settings: Settings) -> str:
    home, drop = shlex.quote(str(settings.home)), shlex.quote(str(settings.incoming))
    found = f"find {home} -path {drop} -prune -o ! -type l -exec"
    if settings.group:
        return f"{found} chgrp {settings.group} {{}} + -exec chmod u=rwX,g=rX,o= {{}} +"
    return f"{found} chmod go= {{}} +"
