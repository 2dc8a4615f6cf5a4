"""A new home: whichever command comes first, the shipped history is on record before anything else."""

from pathlib import Path

import pytest

from tasks.installation.settings import PACK
from tests.cli.command import Mandates

NETWORK = {"MANDATES_POLICIES": str(PACK)}
TOLD = "The public history that ships with the policies is on record: 24 facts.\n"
ROLL = """
[[attestations]]
body = "executive-committee"
attested_on = 2026-11-20
source = "list of the secretariat"
"""


@pytest.mark.parametrize("first", ["status", "doctor", "preview", "owed", "metrics", "notices"])
def test_the_history_is_taken_by_whichever_command_comes_first(tmp_path: Path, first):
    mandates = Mandates(tmp_path / "home")
    answer = mandates(first, **NETWORK)
    assert (answer.code, answer.err) == (0, TOLD)
    again = mandates("status", **NETWORK)
    assert (again.code, again.err) == (0, "")
    assert "last done 2019-11-14" in again.out


def test_what_people_record_comes_after_the_history(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    mandates.home.mkdir()
    file = mandates.home / "roll.toml"
    file.write_text(ROLL, encoding="utf-8")
    answer = mandates("import", str(file), **NETWORK)
    assert (answer.code, answer.err) == (0, TOLD)


def test_notices_in_a_state_that_none_is_in_are_none(tmp_path: Path):
    answer = Mandates(tmp_path / "home")("notices", "--state", "unknown", **NETWORK)
    assert (answer.code, answer.out.startswith("no notice up to ")) == (0, True)
