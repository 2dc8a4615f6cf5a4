"""What npm has for reading calendars."""

import hashlib
import shutil
import tarfile
from pathlib import Path

import pytest

from tests.patience import run_to_its_end

ICAL_JS = ("2.2.1", "36482280d62cc50f0adddb0587612cff32b96df18eb9e2071ec9929c2e7b3107")


@pytest.fixture(scope="session")
def ical_js(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """ical.js as npm has it: the very version and bytes named above."""
    version, sha256 = ICAL_JS
    folder = tmp_path_factory.mktemp("npm")
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.fail("the feed is read by ical.js as well: install Node.js with npm")
    packed = ["npm", "pack", f"ical.js@{version}", "--pack-destination", str(folder)]
    done = run_to_its_end(packed, cwd=folder)
    assert done.returncode == 0, done.stderr
    (archive,) = folder.glob("*.tgz")
    assert hashlib.sha256(archive.read_bytes()).hexdigest() == sha256
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    return folder / "package" / "dist" / "ical.js"
