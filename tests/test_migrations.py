"""Migrations that were released are never changed: whoever ran one would have another schema than ours."""

from hashlib import sha256
from pathlib import Path

from tests.golden import GOLDEN, assert_golden

ROOT = Path(__file__).parents[1]
VERSIONS = ROOT / "records" / "migrations" / "versions"
RELEASED = GOLDEN / "released-migrations.txt"


def sums() -> dict[str, str]:
    return {file.name: sha256(file.read_bytes()).hexdigest() for file in sorted(VERSIONS.glob("[0-9]*.py"))}


def released() -> dict[str, str]:
    lines = (line.split("  ") for line in RELEASED.read_text(encoding="utf-8").splitlines())
    return {name: total for total, name in lines}


def test_a_released_migration_has_the_bytes_it_was_released_with():
    kept = released()
    assert {name: sums().get(name) for name in kept} == kept


def test_every_migration_is_on_the_list_of_those_that_are_never_changed():
    """Refreshing the list adds the new ones, and leaves what it says of the old."""
    listed = sums() | released()
    assert_golden(RELEASED, "".join(f"{total}  {name}\n" for name, total in sorted(listed.items())))
