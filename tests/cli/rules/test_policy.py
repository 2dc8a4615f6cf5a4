"""`mandates policy`: packs checked, compared and described, and the chapter that teaches to write one."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter

from tests.cli.command import Mandates
from tests.test_documents import DOCS, contract, keys_of, rows

EXAMPLE = DOCS / "examples" / "harbour-commission"
PAGE = (DOCS / "writing-a-policy.md").read_text(encoding="utf-8")
CHAPTER = PAGE.partition("\n## Write a policy in ten minutes\n")[2].partition("\n## ")[0]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SHOWN = re.compile(r"\A(?:#:schema .*\n)?# (\S+\.toml)\n")
NEGATIVE = "-6, which is after the due date; expected 0 (the day itself) or more weeks before it"
EDITED = "safety-report: the rule in force from 2019-05-01 was edited, so the past would be judged by it"
ADDED = re.compile(r"\A# added to (\S+)\n")


@pytest.fixture
def mandates(tmp_path: Path) -> Mandates:
    return Mandates(tmp_path / "home")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(EXAMPLE, tmp_path / "copy")


def change(file: Path, found: str, put: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert found in text
    file.write_text(text.replace(found, put), encoding="utf-8")


def squeezed(text: str) -> str:
    return re.sub(r" +", " ", text)


def shell(script: str, folder: Path, environment: dict[str, str]) -> str:
    """Run a block of the chapter as a person would, and remember what it exports."""
    scripts = Path(sys.executable).parent
    around = os.environ | {"PATH": f"{scripts}:{os.environ['PATH']}", "COLUMNS": "200"} | environment
    remember = "\nenv -0 > .environment"
    done = subprocess.run(
        ["bash", "-e", "-c", script + remember],
        cwd=folder,
        env=around,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept = (folder / ".environment").read_text(encoding="utf-8").split("\0")
    named = (line.partition("=") for line in kept if line.startswith("MANDATES_"))
    environment.update({name: value for name, _, value in named})
    return done.stdout


def blocks() -> Iterator[tuple[str, str]]:
    return ((language, body) for language, body in BLOCK.findall(CHAPTER))


def test_the_files_shown_in_the_chapter_are_those_of_the_example():
    shown = {name[1]: body for _, body in blocks() if (name := SHOWN.match(body))}
    assert {"instrument.toml", "provisions.toml", "plans.toml", "directory.toml"} < set(shown)
    assert {name: (EXAMPLE / name).read_text(encoding="utf-8") for name in shown} == shown


def test_the_chapter_works_as_it_is_written(tmp_path: Path):
    shutil.copytree(EXAMPLE, tmp_path / "docs" / "examples" / EXAMPLE.name)
    environment: dict[str, str] = {}
    answer, compared = "", 0
    for language, body in blocks():
        if language == "sh":
            answer = shell(body, tmp_path, environment)
        elif added := ADDED.match(body):
            with (tmp_path / added[1]).open("a", encoding="utf-8") as file:
                file.write(f"\n{body}")
        elif language == "text" and answer:
            expected = [squeezed(line) for line in body.splitlines()]
            assert [line for line in expected if line not in squeezed(answer)] == []
            answer, compared = "", compared + 1
    assert compared == 3


def test_every_line_that_names_a_schema_leads_to_one():
    lines = {
        file: file.read_text(encoding="utf-8").partition("\n")[0] for file in sorted(EXAMPLE.rglob("*.toml"))
    }
    assert len(lines) > 5
    assert [
        file.name
        for file, line in lines.items()
        if not line.startswith("#:schema ") or not (file.parent / line.split()[1]).is_file()
    ] == []


def test_check_says_what_a_pack_holds_and_that_it_is_in_order(mandates: Mandates):
    answer = mandates("policy", "check", str(EXAMPLE), "--as-of", "2027-01-01")
    assert answer.code == 0
    assert "4 obligations, 4 provisions, 5 actors" in answer.out
    assert (
        "pilotage-review  rolling-ceiling  2019-05-01     2026-11-23       replaced on 2027-01-01"
        in answer.out
    )
    assert answer.out.endswith("\nno mistakes\n")
    assert not mandates.home.exists()


def test_check_lists_the_mistakes_of_every_file_and_takes_nothing(mandates: Mandates, copy: Path):
    change(copy / "obligations" / "dredging-plan.toml", "2019-05-01\n", "2019-02-30\n")
    change(copy / "plans.toml", "weeks_before = 6", "weeks_before = -6")
    change(copy / "directory.toml", 'status = "unconfirmed"', 'status = "perhaps"')
    answer = mandates("policy", "check", str(copy))
    assert (answer.code, answer.out) == (2, "")
    told = [line.partition(": found ") for line in answer.err.splitlines()[1:-1]]
    assert [(key.removeprefix("  - "), found) for key, _, found in told] == [
        ("plans.toml: plans.short.milestones.0.weeks_before", NEGATIVE),
        (
            "dredging-plan.toml: versions.0.in_force_from",
            "'2019-02-30'; expected a calendar date, such as 2026-11-10",
        ),
        ("directory.toml: status", "'perhaps'; expected 'confirmed' or 'unconfirmed'"),
    ]


def test_the_pack_in_use_is_the_one_checked_when_none_is_named(mandates: Mandates):
    answer = mandates("policy", "check", MANDATES_POLICIES=str(EXAMPLE))
    assert answer.out.startswith("Charter of the Harbour Commission (")


def test_a_pack_moves_nothing_against_itself(mandates: Mandates, copy: Path):
    answer = mandates("policy", "diff", str(EXAMPLE), str(copy), "--as-of", "2026-11-23")
    assert (answer.code, answer.out) == (0, "nothing moves from 2026-11-23 to 2031-11-23\n")


def test_the_documented_json_is_what_diff_prints(mandates: Mandates, copy: Path):
    plan = copy / "obligations" / "safety-report.toml"
    change(plan, "[versions.clock]\n", "[versions.clock]\nstarts_in_month = 7\n")
    change(copy / "plans.toml", "days = 14", "days = 21")
    printed = mandates("policy", "diff", str(EXAMPLE), str(copy), "--as-of", "2026-11-23", "--json").json
    example, section = contract("mandates policy diff OLD NEW --json")
    documented = keys_of(TypeAdapter(Any).validate_json(example))
    moving = {**printed, "moves": [move for move in printed["moves"] if move["change"] == "moves"]}
    assert keys_of(moving) == documented
    assert {row[0] for row in rows(section, 2)} - {"key", "---"} == documented
    assert {move["change"] for move in printed["moves"]} == {"appears", "vanishes", "moves"}
    assert printed["remarks"] == [f"{EDITED}; an amendment adds a version"]


def test_diff_refuses_two_packs_with_the_mistakes_of_both(mandates: Mandates, tmp_path: Path):
    (tmp_path / "one").mkdir()
    answer = mandates("policy", "diff", str(tmp_path / "one"), str(tmp_path / "two"))
    assert answer.code == 2
    assert "one/obligations" in answer.err
    assert "two/obligations" in answer.err


def test_schema_prints_every_schema_or_writes_each_to_a_file(mandates: Mandates, tmp_path: Path):
    printed = mandates("policy", "schema").json
    written = mandates("policy", "schema", "--out", str(tmp_path / "schema")).out.splitlines()
    assert sorted(Path(file).name for file in written) == sorted(f"{name}.schema.json" for name in printed)
    assert sorted((tmp_path / "schema").iterdir()) == sorted(Path(file) for file in written)
