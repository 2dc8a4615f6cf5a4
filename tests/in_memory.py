"""`python -m tests.in_memory …`: pytest in a temporary folder of its own, in memory where there is room.

What tests write to a disk is synchronised all the time. The folder is new each time and gone afterwards:
the watch remembers by the path of a home what it told, and must not meet a home of an earlier run.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of ours is made in it)
_ROOM = 8_000_000_000  # bytes


def main() -> int:
    """Run pytest with the arguments given, and return its exit code."""
    roomy = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    place = _MEMORY if roomy else None
    with TemporaryDirectory(dir=place, prefix="tests-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # some tests look as another user of the machine
        command = [str(Path(sys.executable).with_name("pytest")), *sys.argv[1:]]
        return subprocess.run(command, env={**os.environ, "TMPDIR": folder}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
