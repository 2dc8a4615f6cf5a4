"""A drop folder for tests: files as contributors put them there, and what is in it afterwards."""

import os
from collections.abc import Callable
from pathlib import Path

from input_packages.reading.reader import Reader
from input_packages.reading.refusals import Refusal
from tasks.inputs.collected import Collected
from tasks.inputs.folder.folder import read_folder
from tasks.inputs.folder.walking import WalkLimits
from tasks.inputs.intake import Intake
from tasks.installation.installation import Installation
from tests.input_packages.files import OLE, repacked, word
from tests.installations import TODAY, at

GROUPS = "working-group-review/2026"
ILO = f"{GROUPS}/ilo"
MACROS = repacked(word(), {"word/vbaProject.bin": OLE})


def dropped(installation: Installation, where: str, content: bytes, hour: int = 7) -> Path:
    """Put a file into the drop folder, written last at an hour of today."""
    file = installation.settings.incoming / where
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    written = at(TODAY, hour).timestamp()
    os.utime(file, (written, written))
    return file


def below(root: Path) -> list[str]:
    """Return the files below a folder, by their names from there."""
    return sorted(file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())


def folded(
    installation: Installation,
    hour: int = 8,
    meanwhile: Callable[[Path], Refusal | None] = lambda _: None,
    limits: WalkLimits | None = None,
) -> Collected:
    """Read the drop folder; `meanwhile` is done when a file is copied and not yet put away, with its copy."""
    done = Collected()
    given = [limits] if limits else []
    with Reader(scanner=meanwhile) as reader:
        read_folder(Intake(installation, TODAY), reader, at(TODAY, hour), done, *given)
    return done


def people(done: Collected) -> list[str]:
    return sorted(row["person"] for row in done.rows)


def outcomes(done: Collected) -> list[str]:
    return sorted(row["outcome"].partition(":")[0] for row in done.rows)


def waiting(installation: Installation) -> list[str]:
    return below(installation.settings.incoming)


def put_away(installation: Installation) -> list[str]:
    return below(installation.settings.collected)


def outside(tmp_path: Path) -> Path:
    """A folder of somebody else, with a file in it that nobody may read through a link."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "views.txt").write_text("secret")
    os.utime(folder / "views.txt", (at(TODAY).timestamp(),) * 2)
    return folder
