"""What the documents say is what the program does."""

import re
import shlex
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.main
from pydantic import TypeAdapter

from cli.main import COMMANDS, application
from policies.pack.holidays import HolidayList
from policies.pack.pack import load_pack
from policies.recurrence import Recurrence
from tasks.facts.importing import take
from tasks.installation.settings import PACK, Settings
from tests.cli.command import FACTS, Mandates
from tests.installations import TODAY, at, workplace_in

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])
TEXTS = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in DOCUMENTS}
COMMAND_LINE = TEXTS["docs/command-line.md"]

LINK = re.compile(r"\[[^\]]*\]\((?!https?:)([^)\s]+)\)")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
VARIABLE = re.compile(r"MANDATES_[A-Z_]+")
SEEN = """
[[joinings]]
body = "network-members"
member = "iom"
seen_on = 2019-11-14
source = "the statement of that day"
"""
A_MACHINES_PATH = re.compile(r"(?<![\w.…])/(?:home|root|Users|work|tmp|var|opt|mnt)/")


def fenced(text: str, language: str) -> list[str]:
    return [body for found, body in FENCE.findall(text) if found == language]


def inline(text: str) -> list[str]:
    return INLINE.findall(FENCE.sub("", text))


def rows(text: str, columns: int) -> Iterator[list[str]]:
    """Yield the cells of every table row with this many columns, without its code marks."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and len(cells) == columns:
            yield [cell.replace("`", "") for cell in cells]


def anchors(file: Path) -> set[str]:
    headings = HEADING.findall(FENCE.sub("", file.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def commands(text: str) -> Iterator[list[str]]:
    """Yield the words of every `mandates …` that a document names."""
    lines = [line for block in fenced(text, "sh") for line in block.splitlines()]
    for line in [*lines, *inline(text)]:
        words = shlex.split(line, comments=True) if "mandates " in line else []
        if words and words[0].rpartition("/")[2] == "mandates":
            yield words[1:]


def spelt(command: Any) -> set[str]:
    """Return the options a command takes, in every spelling."""
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}


@cache
def ways() -> list[tuple[tuple[str, ...], Any]]:
    """Return every command with its name; `record` and `package` do nothing by themselves."""
    application_: Any = typer.main.get_command(application(COMMANDS))
    found: list[tuple[tuple[str, ...], Any]] = []
    for name, command in application_.commands.items():
        inner = getattr(command, "commands", {})
        if not inner or command.invoke_without_command:
            found.append(((name,), command))
        found += (((name, sub), each) for sub, each in inner.items())
    return found


def unknown_in(words: Sequence[str]) -> list[str]:
    """Return what a command's line names that there is not: the command, or its options."""
    named = {way: spelt(command) | {"--help"} for way, command in ways()}
    way = next((w for length in (2, 1) if (w := tuple(words[:length])) in named), None)
    if way is None:
        return [" ".join(words)] if words else []
    options = (word.partition("=")[0] for word in words if word.startswith("--"))
    return [f"{' '.join(way)} {option}" for option in options if option not in named[way]]


def keys_of(value: Any, path: str = "") -> set[str]:
    """Return the keys of some JSON, each with its way: `obligations[].breaches[].cycle`."""
    if isinstance(value, dict):
        return set().union(*(keys_of(inner, f"{path}.{key}".lstrip(".")) for key, inner in value.items()))
    if isinstance(value, list) and any(isinstance(inner, dict) for inner in value):
        keys = set().union(*(keys_of(inner, f"{path}[]") for inner in value))
        return {
            key for key in keys if not any(other.startswith(f"{key}[]") for other in keys)
        }  # an empty list
    return {path}


def contract(command: str) -> tuple[str, str]:
    """Return the example and the table that stand under a command's heading."""
    section = COMMAND_LINE.partition(f"### `{command}`\n")[2].partition("\n### ")[0]
    return fenced(section, "json")[0], section


@pytest.mark.parametrize("name", TEXTS)
def test_every_link_leads_somewhere(name):
    here = ROOT / name
    broken = []
    for link in LINK.findall(FENCE.sub("", TEXTS[name])):
        path, _, anchor = link.partition("#")
        target = (here.parent / path).resolve() if path else here
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_named_exists_with_its_options(name):
    assert [wrong for words in commands(TEXTS[name]) for wrong in unknown_in(words)] == []


def test_every_command_and_every_option_is_documented():
    documented = {tuple(words) for words in commands(COMMAND_LINE)}
    for command, option, _ in rows(COMMAND_LINE, 3):
        if command.startswith("mandates "):
            documented |= {(*command.split()[1:], each) for each in re.findall(r"--[a-z-]+", option)}
    for way, command in ways():
        options = {option for option in spelt(command) if option.startswith("--")}
        assert [option for option in options if (*way, option) not in documented] == []
        assert any(words[: len(way)] == way for words in documented), way


def test_every_setting_is_documented_and_every_documented_setting_exists():
    said = {variable for text in TEXTS.values() for variable in VARIABLE.findall(text)}
    settings = {f"MANDATES_{name.upper()}" for name in Settings.model_fields}
    options = {
        variable
        for file in (ROOT / "cli").rglob("*.py")
        for variable in VARIABLE.findall(file.read_text(encoding="utf-8"))
    }
    assert said == settings | options
    assert {row[0] for row in rows(TEXTS["docs/operating.md"], 3) if VARIABLE.fullmatch(row[0])} == said


@pytest.mark.parametrize(
    ("command", "asked"),
    [
        ("mandates status --json", ("--as-of", "2026-11-23")),
        ("mandates calendar --json", ("--from", "2026-01-01", "--to", "2027-12-31")),
        ("mandates explain working-group-review --json", ("--as-of", "2026-11-23")),
        ("mandates coverage --json", ()),
        ("mandates notices --json", ("--as-of", "2026-11-23", "--days", "0")),
        ("mandates roll show network-members --json", ("--as-of", "2026-11-23")),
        ("mandates people list --json", ("--on", "2026-11-23")),
        ("mandates rehearse --json", ("--from", "2026-11-23", "--to", "2030-12-31")),
    ],
)
def test_the_documented_json_is_what_the_program_prints(command, asked, tmp_path: Path):
    mandates = Mandates(tmp_path)
    mandates.imported(f"{FACTS}{SEEN}")
    example, section = contract(command)
    printed = keys_of(mandates(*command.split()[1:], *asked).json)
    assert keys_of(TypeAdapter(Any).validate_json(example)) == printed
    assert {row[0] for row in rows(section, 2)} - {"key", "---"} == printed


def test_the_facts_file_in_the_documents_is_one(tmp_path: Path):
    (example,) = fenced(COMMAND_LINE, "toml")
    with workplace_in(tmp_path, {}) as installation:
        taken = take(installation, tomllib.loads(example), Path("facts.toml"), "a reader", at(TODAY), TODAY)
    assert taken.new > 0


def test_the_table_of_obligations_is_that_of_the_pack():
    said = {tuple(row) for row in rows(TEXTS["docs/mandate.md"], 5)} - {
        ("Obligation", "Provision", "Holder", "How often", "Clock"),
        ("---",) * 5,
    }
    assert said == {
        (
            each.id,
            ", ".join(each.provisions),
            each.holder,
            each.versions[-1].cadence["en"],
            each.versions[-1].recurrence.kind,
        )
        for each in load_pack(PACK).obligations.values()
    }


def test_the_holidays_in_the_documents_are_a_list_that_can_be_read():
    blocks = [tomllib.loads(block) for block in fenced(TEXTS["docs/writing-a-policy.md"], "toml")]
    lists = [HolidayList.model_validate(block) for block in blocks if "days" in block]
    stations = [station for block in blocks for station in block.get("stations", {}).items()]
    assert lists
    assert {(each.station, each.zone) for each in lists} <= {(name, s["zone"]) for name, s in stations}


def test_every_clock_has_an_example_that_can_be_read():
    blocks = (tomllib.loads(block) for block in fenced(TEXTS["docs/writing-a-policy.md"], "toml"))
    clocks = [block["versions"]["clock"] for block in blocks if isinstance(block.get("versions"), dict)]
    kinds = {TypeAdapter[Any](Recurrence).validate_python(recurrence).kind for recurrence in clocks}
    assert kinds == {
        "fixed-grid",
        "rolling-ceiling",
        "per-period",
        "after-event",
        "before-event",
        "earliest-of",
        "latest-of",
        "per-trigger",
        "on-term",
        "standing",
    }


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_of_the_project_that_is_named_exists(name):
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir()}
    named = [code for code in inline(TEXTS[name]) if re.fullmatch(r"[\w.-]+/[\w./-]*", code)]
    ours = [path for path in named if path.split("/")[0] in rooms - {"var", ".venv"}]
    assert [path for path in ours if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", TEXTS)
def test_no_document_names_a_path_of_somebodys_machine(name):
    assert A_MACHINES_PATH.findall(TEXTS[name]) == []


def test_every_decision_is_in_the_index_and_says_what_follows_from_it():
    decisions = sorted((DOCS / "decisions").glob("0*.md"))
    index = TEXTS["docs/decisions/README.md"]
    assert [file.name for file in decisions] == re.findall(r"\((0\d{3}-[\w-]+\.md)\)", index)
    for file in decisions:
        assert re.findall(r"^## (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE) == [
            "Context",
            "Decision",
            "Consequence",
        ]
