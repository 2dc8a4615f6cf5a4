"""The bodies of a pack name what the pack has, each once; a pack without them keeps no roll."""

import shutil
from pathlib import Path

import pytest

from policies.pack.pack import load_pack
from policies.problems import RefusedFileError
from tests.policies.network import PACK as NETWORK

GROUPS = """
[[bodies]]
actor = "working-groups"
kind = "groups"
source = "the text"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(NETWORK.folder, tmp_path / "pack"))


def problems(folder: Path, text: str) -> list[tuple[str, str, str]]:
    (folder / "rolls.toml").write_text(text, encoding="utf-8")
    with pytest.raises(RefusedFileError) as refused:
        load_pack(folder)
    return [(problem.key, problem.found, problem.expected) for problem in refused.value.problems]


def test_the_network_keeps_four_rolls_and_says_which_provisions_guard_them():
    assert {body.actor: (body.kind, body.admission or body.partners) for body in NETWORK.bodies.values()} == {
        "network-members": ("members", "MEM-2b"),
        "executive-committee": ("members", None),
        "working-groups": ("groups", "MEM-4b"),
        "fund-board-members": ("seats", None),
    }


def test_a_pack_without_the_file_keeps_no_roll(folder: Path):
    (folder / "rolls.toml").unlink()
    assert load_pack(folder).bodies == {}


def test_every_name_that_the_pack_has_not_is_listed(folder: Path):
    named = 'partners = "MEM-9"\namong = "nobodies"\nreviewed_by = "a-review"\n'
    found = problems(folder, f"{GROUPS}{named}")
    assert [(key, name) for key, name, _ in found] == [
        ("bodies.partners", "'MEM-9'"),
        ("bodies.among", "'nobodies'"),
        ("bodies.reviewed_by", "'a-review'"),
    ]


def test_a_body_stands_once_and_there_is_one_of_groups(folder: Path):
    other = GROUPS.replace("working-groups", "stakeholders")
    assert problems(folder, GROUPS + GROUPS + other) == [
        ("bodies.actor", "'working-groups'", "each body once"),
        ("bodies.kind", "'working-groups'", "one body of groups"),
        ("bodies.kind", "'stakeholders'", "one body of groups"),
    ]


def test_what_is_of_groups_stands_with_groups_alone(folder: Path):
    text = GROUPS.replace('"groups"', '"members"') + 'chairs = "working-group-chairs"\n'
    assert problems(folder, text) == [
        ("bodies.0", "chairs of 'working-groups'", 'these keys only with kind = "groups"')
    ]
