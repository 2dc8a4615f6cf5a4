"""The JSON Schema of every file people write, exported from the models that read them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from policies.entries.facts_file import FactsFile
from policies.obligations.instrument import Instrument
from policies.obligations.obligations import Obligation
from policies.pack.bodies import RollsFile
from policies.pack.holidays import HolidayList
from policies.pack.pack import PlansFile, ProvisionsFile
from policies.pack.packages import PackageDefinition
from policies.people.directory_file import DirectoryFile

DIALECT = "http://json-schema.org/draft-07/schema#"  # the newest that editors of TOML understand throughout
# The files that each model reads, as a pattern within a pack; facts files bear any name.
FILES: Mapping[str, tuple[str, type[BaseModel]]] = {
    "instrument": ("instrument.toml", Instrument),
    "provisions": ("provisions.toml", ProvisionsFile),
    "plans": ("plans.toml", PlansFile),
    "obligation": ("obligations/*.toml", Obligation),
    "package": ("packages/*.toml", PackageDefinition),
    "rolls": ("rolls.toml", RollsFile),
    "holidays": ("holidays/*.toml", HolidayList),
    "directory": ("directory.toml", DirectoryFile),
    "facts": ("history.toml", FactsFile),
}


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file."""
    return {name: {"$schema": DIALECT, **model.model_json_schema()} for name, (_, model) in FILES.items()}


def write_schemas(folder: Path) -> list[Path]:
    """Write each schema as `<kind>.schema.json`; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, schema in schemas().items():
        file = folder / f"{name}.schema.json"
        file.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        written.append(file)
    return written
