"""The rules of the house that no linter keeps, as far as a reading of the source can tell."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = (
    "cli",
    "flows",
    "input_packages",
    "language",
    "notifications",
    "policies",
    "portal",
    "records",
    "tasks",
)
SOURCES = sorted(file for room in (*ROOMS, "tests", "benchmarks") for file in (ROOT / room).rglob("*.py"))
TREES = {file.relative_to(ROOT): ast.parse(file.read_text(encoding="utf-8")) for file in SOURCES}
TESTS = {file: tree for file, tree in TREES.items() if file.parts[0] == "tests"}

LONGEST_FUNCTION, LONGEST_MODULE = 50, 300
CLOCK = Path("flows/clock.py")
ASKING_THE_CLOCK = {"now", "today", "utcnow"}
CLOCKS = {"date", "datetime", "pendulum", "Date", "DateTime"}
PATCHING = {"setattr", "delattr", "setitem", "delitem"}

# A migration is a list of statements written once, read from top to bottom and never changed.
MIGRATIONS = Path("records/migrations/versions")

# Tests that tell one story across several modules, and so bear the story's name.
STORIES = {
    "tests/stories/test_a_weekend_of_failures.py",
    "tests/cli/test_mandates.py",
    "tests/flows/test_end_to_end.py",
    "tests/input_packages/test_in_a_browser.py",
    "tests/language/test_golden_sentences.py",
    "tests/policies/test_backtest.py",
    "tests/portal/test_any_request.py",
    "tests/portal/test_in_a_browser.py",
    "tests/policies/test_golden_calendar.py",
    "tests/policies/test_properties.py",
    "tests/policies/test_the_network.py",
    "tests/tasks/test_a_dispute.py",
    "tests/tasks/test_a_package_for_each_review.py",
    "tests/tasks/test_a_year.py",
    "tests/tasks/test_meetings_and_decisions.py",
    "tests/tasks/test_recurring_report.py",
    "tests/tasks/test_the_year_2022.py",
    "tests/tasks/test_faults.py",
    "tests/tasks/test_at_once.py",
    "tests/tasks/test_follow_up.py",
    "tests/tasks/test_killed.py",
    "tests/tasks/test_who_belongs_to_what.py",
    "tests/tasks/test_who_is_told.py",
    "tests/tasks/test_what_sets_duties_off.py",
    "tests/tasks/test_compliance_calendar.py",
    "tests/test_documents.py",
    "tests/test_house.py",
}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def called_on(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield (owner, method) of every call such as `date.today()`; the owner is its last name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            yield name, node.func.attr


def has_module(test: Path) -> bool:
    """Whether `tests/<room>/…/test_x.py` has an x in that room, or at the root (`prefect.yaml`)."""
    room, *inner = test.parts[1:-1] or ("",)
    stem = test.stem.removeprefix("test_")
    folder = ROOT.joinpath(room, *inner)
    beside = [
        folder / f"{stem}.py",
        folder / stem,
        ROOT / stem.replace("_", "."),
        folder / stem.replace("_", "."),
    ]
    return any(path.exists() for path in beside)


def test_there_is_something_to_read():
    assert len(TREES) > len(TESTS) > 0


def test_no_function_is_longer_than_fifty_lines():
    lengths = {
        f"{file}: {function.name}": (function.end_lineno or 0) - function.lineno + 1
        for file, tree in TREES.items()
        if file.parent != MIGRATIONS
        for function in functions(tree)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_no_module_is_longer_than_three_hundred_lines():
    lengths = {str(file): len((ROOT / file).read_text(encoding="utf-8").splitlines()) for file in TREES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc"])
def test_nothing_is_put_where_nobody_would_look_for_it(name):
    assert [str(file) for file in TREES if name in (file.stem, *file.parts)] == []


def test_tests_patch_nothing_of_ours():
    """Fakes and equality: no mock library, and no monkeypatching but of the environment and the folder."""
    mocks = {
        str(file) for file, tree in TESTS.items() for name in imported(tree) if "mock" in name.split(".")
    }
    patched = {
        str(file)
        for file, tree in TESTS.items()
        for owner, method in called_on(tree)
        if (owner, method) in {("monkeypatch", way) for way in PATCHING}
    }
    assert mocks | patched == set()


def test_every_test_stands_where_its_module_stands():
    tests = [file for file in TESTS if file.name.startswith("test_")]
    assert [
        file.as_posix() for file in tests if file.as_posix() not in STORIES and not has_module(file)
    ] == []


def test_only_one_module_asks_the_clock():
    asking = {
        str(file)
        for file, tree in TREES.items()
        for owner, method in called_on(tree)
        if owner in CLOCKS and method in ASKING_THE_CLOCK
    }
    assert asking <= {str(CLOCK)}


def test_every_module_says_what_it_is_for():
    own = {file: tree for file, tree in TREES.items() if file.parts[0] in ROOMS}
    silent = [str(file) for file, tree in own.items() if tree.body and not ast.get_docstring(tree)]
    assert silent == []


def test_the_name_of_a_test_is_a_sentence():
    names = [
        f"{file}: {function.name}"
        for file, tree in TESTS.items()
        for function in functions(tree)
        if function.name.startswith("test_") and function.name.count("_") < 3
    ]
    assert names == []
