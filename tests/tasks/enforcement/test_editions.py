"""Editions: what is the source of what decides, and which rules are kept and read again."""

import ast
import json
from pathlib import Path

import pytest

from policies.pack.pack import load_pack
from policies.problems import RefusedFileError
from records.database import writing
from records.editions import EditionOf, digest_of, edition
from tasks.enforcement.editions import Owed, engine_edition, rules_of
from tasks.installation.settings import PACK, ROOT
from tests.installations import TODAY, at, workplace_in

NOT_DECIDING = {
    "language": "words",
    "notifications": "what a notice says, and how it leaves",
    "tasks/installation": "where things are",
}
"""What is imported on the way to what is owed, and decides nothing of it."""


def imports_of(file: Path) -> set[Path]:
    """Return our own modules that a module imports."""
    named = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            named |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    places = (ROOT / each.replace(".", "/") for each in named)
    return {
        file for each in places for file in (each.with_suffix(".py"), each / "__init__.py") if file.exists()
    }


def test_every_module_that_decides_what_is_owed_is_of_the_engine():
    found, new = set[Path](), {ROOT / "tasks" / "enforcement" / "deriving_again.py"}
    while new:
        found |= new
        new = set().union(*(imports_of(file) for file in new)) - found
    names = {file.relative_to(ROOT).as_posix() for file in found}
    engine = set(json.loads(engine_edition(ROOT)))
    outside = {name for name in names - engine if not name.startswith(tuple(NOT_DECIDING))}
    assert len(names & engine) > 50
    assert outside == set()


def test_the_engine_is_read_once_for_each_process():
    assert engine_edition(ROOT) is engine_edition(ROOT)


def test_rules_that_were_kept_are_read_again_as_they_were(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        again, now = rules_of(installation.rules), load_pack(PACK)
    for name in (
        "instrument",
        "provisions",
        "plans",
        "obligations",
        "packages",
        "bodies",
        "retention",
        "catch_up",
    ):
        assert getattr(again, name) == getattr(now, name)


def test_who_is_who_and_what_has_happened_are_no_rules(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        assert {"directory.toml", "history.toml"}.isdisjoint(json.loads(installation.rules))


def test_rules_that_this_program_cannot_read_are_refused():
    with pytest.raises(RefusedFileError):
        rules_of(b'{"plans.toml": "nonsense"}')


@pytest.mark.parametrize("content", [b"[]", b"nonsense", b'{"plans.toml": 1}', b'{"../outside.toml": ""}'])
def test_no_forged_edition_has_a_file_written_elsewhere(content: bytes):
    with pytest.raises(ValueError, match=r"error|no name of a file"):
        rules_of(content)


def test_what_is_owed_is_counted_over_all_lists_and_kept_by_each(tmp_path: Path):
    owed = Owed()
    with workplace_in(tmp_path) as installation, writing(installation.engine) as session:
        owed.keep(session, at(TODAY))  # of obligations that owe nothing there is no list
        owed.add(["a", "b"])
        owed.keep(session, at(TODAY))
        owed.add(["c"])
        owed.keep(session, at(TODAY))
        lists = [edition(session, EditionOf.OWED, digest) for digest in owed.lists]
    assert lists == [b"a\nb\n", b"c\n"]
    assert (owed.count, owed.digest) == (3, digest_of(b"a\nb\nc\n"))
