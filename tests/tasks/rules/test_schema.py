import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from policies.problems import read_toml
from tasks.rules.schema import FILES, schemas, write_schemas
from tests import example_pack
from tests.golden import assert_golden
from tests.policies import network

COMMITTED = example_pack.FOLDER.parents[1] / "schema"
PACKS = [example_pack.FOLDER, network.FOLDER]


def as_json(value: Any) -> Any:
    """Return TOML as an editor hands it to a JSON Schema: a date is text there."""
    return json.loads(json.dumps(value, default=date.isoformat))


def mistakes(name: str, content: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft7Validator(schemas()[name]).iter_errors(as_json(content))]


def test_the_committed_schemas_are_those_of_the_models(tmp_path: Path):
    written = write_schemas(tmp_path)
    for file in written:
        assert_golden(COMMITTED / file.name, file.read_text(encoding="utf-8"))
    assert sorted(file.name for file in COMMITTED.iterdir()) == sorted(file.name for file in written)


@pytest.mark.parametrize("name", FILES)
def test_every_schema_is_one(name: str):
    Draft7Validator.check_schema(schemas()[name])


@pytest.mark.parametrize("pack", PACKS)
def test_every_file_of_a_pack_has_one_schema_and_keeps_to_it(pack: Path):
    found = {file: name for name, (pattern, _) in FILES.items() for file in pack.glob(pattern)}
    assert sorted(found) == sorted(pack.rglob("*.toml"))
    assert {file.name: bad for file, name in found.items() if (bad := mistakes(name, read_toml(file)))} == {}


def test_an_editor_sees_a_misspelt_key_an_unknown_clock_and_a_milestone_after_the_due_date():
    obligation = read_toml(example_pack.FOLDER / example_pack.SAFETY)
    assert mistakes("obligation", obligation | {"hodler": "commission"})
    obligation["versions"][0]["clock"]["kind"] = "now-and-then"
    assert mistakes("obligation", obligation)
    plans = read_toml(example_pack.FOLDER / "plans.toml")
    plans["plans"]["short"]["milestones"][0]["weeks_before"] = -1
    assert mistakes("plans", plans)
