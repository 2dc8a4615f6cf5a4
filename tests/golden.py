"""Golden files: what a change changes, as a diff that a person reads."""

import os
from pathlib import Path

GOLDEN = Path(__file__).with_name("golden")


def assert_golden(path: Path, text: str) -> None:
    """Compare `text` with the golden file; with UPDATE_GOLDEN=1 in the environment, write the file first."""
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path.name} is not there yet: run the test with UPDATE_GOLDEN=1 and read the file"
    assert text == path.read_text(encoding="utf-8")
