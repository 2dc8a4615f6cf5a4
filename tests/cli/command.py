"""The command `mandates`, in a process and a home of its own."""

import atexit
import json
import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import cli
from tasks.installation.settings import PACK
from tests.kernels import lack
from tests.patience import ended_by_itself

FACTS = """
[[events]]
kind = "international-migration-review-forum"
edition = "2022"
starts_on = 2022-05-17
ends_on = 2022-05-20
certainty = "confirmed"
source = "as held"

[[events]]
kind = "international-migration-review-forum"
edition = "2026"
starts_on = 2026-05-05
ends_on = 2026-05-08
certainty = "confirmed"
source = "as held"

[[completions]]
obligation = "working-arrangements-review"
completed_on = 2025-11-10
evidence = "report 25"

[[completions]]
obligation = "working-group-review"
completed_on = 2022-12-06
evidence = "decision 22"

[[completions]]
obligation = "fund-board-review"
completed_on = 2025-06-30
counts_for = "2025"
evidence = "note 25"

[[completions]]
obligation = "secretary-general-review"
completed_on = 2024-11-20
counts_for = "2024"
evidence = "letter 24"
"""


@cache
def pack_of_two_languages() -> Path:
    """The Network's pack without its history, for packages in two languages: six take three times as long,
    and the tests of packages make them.
    """
    folder = Path(mkdtemp(prefix="pack-of-two-languages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(PACK, folder, dirs_exist_ok=True)
    (folder / "history.toml").unlink()  # tests record the facts they are about
    file = folder / "instrument.toml"
    six = 'languages = ["en", "ar", "fr", "es", "ru", "zh"]'
    before = file.read_text(encoding="utf-8")
    assert six in before
    file.write_text(before.replace(six, 'languages = ["en", "ar"]'), encoding="utf-8")
    return folder


# Processes are forked from one that has done the imports, which would take most of a test's time. It has no
# threads: one forked from the tests' own inherits the locks that another thread holds at that moment.
FORKED = get_context("forkserver")
_IMPORTED = [each.name for each in walk_packages(cli.__path__, "cli.") if not each.name.endswith("__main__")]
FORKED.set_forkserver_preload([*_IMPORTED, "alembic.command", "apprise", "icalendar"])


def _run(
    words: Sequence[str], environment: Mapping[str, str], lacking: Sequence[str], out: Path, err: Path
) -> None:
    if lacking:
        lack(lacking)
    for stream, file in ((sys.stdout, out), (sys.stderr, err)):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), stream.fileno())
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["mandates", *words]
    import_module("cli.main").main()


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Mandates:
    """The command in its home, on a machine whose kernel may be `lacking` mechanisms (`tests/kernels.py`)."""

    home: Path
    lacking: Sequence[str] = ()

    def __call__(self, *words: str, **environment: str) -> Answer:
        own = {
            "MANDATES_HOME": str(self.home),
            "MANDATES_POLICIES": str(pack_of_two_languages()),
            "COLUMNS": "200",
        }
        around = os.environ | own | environment
        with TemporaryDirectory() as folder:
            said = Path(folder, "out"), Path(folder, "err")
            process = FORKED.Process(target=_run, args=(words, around, self.lacking, *said))
            process.start()
            code = ended_by_itself(process, f"mandates {' '.join(words)}")
            return Answer(code, *(file.read_text(encoding="utf-8") for file in said))

    def imported(self, text: str = FACTS) -> Answer:
        file = self.home / "facts.toml"
        self.home.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return self("import", str(file))
