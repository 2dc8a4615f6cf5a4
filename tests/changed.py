"""Which folders of tests `make quick` runs: those of policies and language, and of what changed against main.

`python -m tests.changed` prints them on one line, as the working tree stands.
"""

import subprocess
from collections.abc import Iterable
from pathlib import Path

TESTS = Path(__file__).parent
ALWAYS = frozenset({"policies", "language"})


def folders(changed: Iterable[str]) -> list[str]:
    """Return the folders of the tests for files that changed, each as its path from the project's root."""
    parts = [Path(name).parts for name in changed]
    rooms = {path[1] if path[0] == "tests" and len(path) > 2 else path[0] for path in parts}
    return [f"tests/{room}" for room in sorted(ALWAYS | rooms) if room != "tests" and (TESTS / room).is_dir()]


def since_main() -> list[str]:
    """Return every file that differs from where this branch left main, committed or not."""
    asked = (
        ["git", "diff", "--name-only", "--merge-base", "main"],
        ["git", "ls-files", "--others", "--exclude-standard"],
    )
    said = (subprocess.run(words, capture_output=True, text=True, check=False) for words in asked)
    return [line for done in said for line in done.stdout.splitlines()]


if __name__ == "__main__":
    print(*folders(since_main()))  # noqa: T201 (what the Makefile reads)
