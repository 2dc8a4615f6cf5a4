"""Writing values as TOML has them."""

import json
from collections.abc import Mapping
from datetime import date, time


def toml_value(value: object) -> str:
    """Return a value as it stands in a TOML file; what is no number, day, list or table is text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_text(key)} = {toml_value(each)}" for key, each in value.items()) + " }"
    if isinstance(value, tuple):
        return "[" + ", ".join(toml_value(each) for each in value) + "]"
    return _text(str(value))


def _text(text: str) -> str:
    # TOML writes text as JSON does, but for one more character that must be escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
