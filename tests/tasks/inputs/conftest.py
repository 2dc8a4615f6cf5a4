"""What tests of the ways in share, where a module makes none of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.enforcement.enforcement import enforce
from tasks.installation.installation import Installation
from tests.installations import TODAY, at, workplace_in


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with workplace_in(tmp_path / "home") as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened
