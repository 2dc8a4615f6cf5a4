"""Where the project stands on this machine, found by every process for itself."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
"""The folder of prefect.yaml and pyproject.toml."""


def enter() -> dict[str, str]:
    """The pull step of every deployment: work in the checkout of the worker, not in that of who deployed."""
    os.chdir(ROOT)
    return {"directory": str(ROOT)}
