"""Walking the drop folder: each folder and the files in it, within limits, whatever lies there."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random

from policies.problems import is_text
from tasks.inputs.folder.opening import NO_FILE, Way, finding, opened_folder, why

WHY = ".why.txt"  # the note beside a file that was refused
OURS = frozenset({"taken", "refused"})  # where earlier versions put away; nothing in them is new

# What computers leave in shared folders by themselves, and what programs have not finished yet.
# What programs leave: of no use to anybody, and of no interest.
_LITTER = re.compile(
    r"~\$.*|\.ds_store|\._.*|\.~lock\..*#|(eh)?thumbs\.db|desktop\.ini|icon\r|.*\.why\.txt",
    re.IGNORECASE | re.DOTALL,
)
# What is being written, or looks so: if it stays, somebody may believe to have sent it.
_HALF_WRITTEN = re.compile(
    r"\..*|.*\.(tmp|temp|part|partial|filepart|crdownload|opdownload|download|sb-\w+-\w+)",
    re.IGNORECASE | re.DOTALL,
)
_LITTER_FOLDER = re.compile(
    r"\..*|lost\+found|\$recycle\.bin|system volume information", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class WalkLimits:
    """How much of a drop folder is looked at in one run; the rest is for the next one. All is house practice.

    `depth` counts folders within each other, `entries` what lies in one folder, `all` what lies in all of
    them, `listed` names that are read to choose among, `files` those that are opened: one may take its
    reader 20 seconds. `name` is bytes: ours are added to it.
    """

    depth: int = 30
    entries: int = 2000
    all: int = 20_000
    listed: int = 100_000
    files: int = 500
    name: int = 240


LIMITS = WalkLimits()


@dataclass(frozen=True, slots=True)
class Place:
    """A folder that is open, its names from the root down, and the names of the files in it."""

    folder: int
    way: Way
    files: Sequence[str]


@dataclass(slots=True)
class Walk:
    """One walk; `chance` says in which order, so that nobody can stand before somebody else in every run."""

    findings: list[str]
    chance: Random
    limits: WalkLimits = LIMITS
    seen: int = 0
    full: bool = False

    def places(self, folder: int, way: Way = ()) -> Iterator[Place]:
        """Yield a folder and all below it, the outer before the inner; each is open until the next one."""
        try:
            folders, files = self._sorted_out(folder, way)
        except Exception as error:  # noqa: BLE001 (whatever one folder has, the others are still read)
            self._find(way, f"a folder that cannot be read ({why(error)}); left as it is: let us read it")
            return
        yield Place(folder, way, files)
        for name in self.chance.sample(folders, len(folders)):
            yield from self._inside(folder, (*way, name))

    def _inside(self, folder: int, way: Way) -> Iterator[Place]:
        if len(way) > self.limits.depth:
            self._find(
                way, f"more than {self.limits.depth} folders within each other; left as it is: move it up"
            )
            return
        if self.seen >= self.limits.all:
            if not self.full:
                self._find((), f"more than {self.limits.all} files and folders; the rest is for the next run")
                self.full = True
            return
        try:
            with opened_folder(way[-1], folder) as inner:
                yield from self.places(inner, way)
        except OSError as error:
            self._find(way, f"a folder that cannot be opened ({why(error)}); left as it is: let us read it")

    def _sorted_out(self, folder: int, way: Way) -> tuple[list[str], list[str]]:
        """Return the names of the folders and of the files in a folder, each fit to be looked at."""
        folders, files = [], []
        for entry in self._chosen(folder, way):
            inner = (*way, entry.name)
            if entry.is_dir(follow_symlinks=False):
                if (
                    entry.name not in OURS
                    and not _LITTER_FOLDER.fullmatch(entry.name)
                    and self._fit(inner)
                    and self._is_text(inner)
                ):
                    folders.append(entry.name)
            elif not _LITTER.fullmatch(entry.name) and self._fit(inner):
                if _HALF_WRITTEN.fullmatch(entry.name):
                    self._find(inner, "its name says that it is being written; left as it is: rename it")
                elif entry.is_file(follow_symlinks=False):
                    files.append(entry.name)
                else:
                    self._find(inner, f"{NO_FILE}; left where it is")
        return folders, files

    def _chosen(self, folder: int, way: Way) -> Sequence["os.DirEntry[str]"]:
        """Return what lies in a folder; where that is too much, some of it, and others the next time."""
        with os.scandir(folder) as entries:
            found = list(islice(entries, self.limits.listed))
        most = min(self.limits.entries, self.limits.all - self.seen)
        if len(found) > most:
            self._find(
                way,
                f"more files and folders than the {most} that are looked at; the rest is for the next run",
            )
            found = self.chance.sample(found, most)
        self.seen += len(found)
        return sorted(found, key=lambda entry: entry.name)

    def _fit(self, way: Way) -> bool:
        if len(os.fsencode(way[-1])) > self.limits.name:
            self._find(
                way, f"a name of more than {self.limits.name} bytes; left as it is: give it a shorter one"
            )
            return False
        return True

    def _is_text(self, way: Way) -> bool:
        if is_text(way[-1]):
            return True
        said = "a folder whose name is not in UTF-8 names no cycle and nobody; left as it is: rename it"
        self._find(way, said)
        return False

    def _find(self, way: Way, what: str) -> None:
        self.findings.append(finding(way, what=what))
