"""The command `mandates`, run as people run it, in a home of its own."""

import atexit
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tasks.settings import PACK

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
    """The Network's pack, for packages in two languages: six take three times as long, and the tests of
    packages make them.
    """
    folder = Path(mkdtemp(prefix="pack-of-two-languages-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(PACK, folder, dirs_exist_ok=True)
    file = folder / "instrument.toml"
    six = 'languages = ["en", "ar", "fr", "es", "ru", "zh"]'
    before = file.read_text(encoding="utf-8")
    assert six in before
    file.write_text(before.replace(six, 'languages = ["en", "ar"]'), encoding="utf-8")
    return folder


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
    home: Path

    def __call__(self, *words: str, **environment: str) -> Answer:
        command = [sys.executable, "-c", "from cli.main import main; main()", *words]
        own = {
            "MANDATES_HOME": str(self.home),
            "MANDATES_POLICIES": str(pack_of_two_languages()),
            "COLUMNS": "200",
        }
        around = os.environ | own | environment
        done = subprocess.run(command, check=False, capture_output=True, text=True, env=around, timeout=60)
        return Answer(done.returncode, done.stdout, done.stderr)

    def imported(self, text: str = FACTS) -> Answer:
        file = self.home / "facts.toml"
        self.home.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return self("import", str(file))
