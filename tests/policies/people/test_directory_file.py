"""The directory: every mistake in it is listed, and nothing of a wrong one is taken."""

from pathlib import Path

import pytest

from policies.people.directory_file import read_directory
from policies.problems import RefusedFileError

WRONG = """
status = "confirmed"

[sender]
id = "sender"
name = "Sender"
address = "sender@example.org"

[actors]
secretariat = ["amal", "amal"]
coordinator = ["nobody"]
chancellor = ["amal"]

[[people]]
id = "amal"
name = "Amal"
address = "amal@example.org"

[[people]]
id = "amal"
name = "Amal again"
address = "amal@example.org"
"""


def test_every_mistake_is_listed(tmp_path: Path):
    file = tmp_path / "directory.toml"
    file.write_text(WRONG, encoding="utf-8")
    with pytest.raises(RefusedFileError) as refused:
        read_directory(file, ["coordinator", "secretariat"])
    assert [(problem.key, problem.found) for problem in refused.value.problems] == [
        ("people.id", "'amal'"),
        ("actors.secretariat", "'amal'"),
        ("actors.chancellor", "'chancellor'"),
        ("actors.coordinator", "'nobody'"),
    ]


@pytest.mark.parametrize(
    "address", ["amal", "amal@", "amal@example.org\\nBcc: x@example.org", "a b@example.org"]
)
def test_what_is_no_address_is_refused(tmp_path: Path, address: str):
    file = tmp_path / "directory.toml"
    text = WRONG.replace('address = "sender@example.org"', f'address = "{address}"')
    file.write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFileError, match=r"sender\.address"):
        read_directory(file, ["coordinator", "secretariat"])
