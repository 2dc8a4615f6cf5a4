"""Mistakes in a file a person wrote: all of them at once, each with what to do about it."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

Model = TypeVar("Model", bound=BaseModel)

_DATE = re.compile(r"^([\w.-]+\s*=\s*)(\d{4}-\d\d-\d\d)(?=\s*(?:#|$))", re.MULTILINE)
_DEEPEST, _LARGEST = 30, 10**18 - 1
_LONGEST_FILE, _LONGEST_KEPT = 50_000_000, 100_000  # characters
_DEPTH = "tables and lists as the documents show them, a few within each other"
_SIZE = "a number that people write, of up to 18 digits"
_EXPECTED = {
    "missing": "a value: this key is required",
    "extra_forbidden": "no such key here; is it misspelt?",
    "date_from_datetime_parsing": "a calendar date, such as 2026-11-10",
    "date_from_datetime_inexact": "a calendar date, such as 2026-11-10, without a time of day",
    "date_type": "a calendar date, such as 2026-11-10",
    "date_parsing": "a calendar date, such as 2026-11-10",
    "string_too_short": "some words",
    "tuple_type": "a list: as many tables of that name in [[double brackets]] as there are",
    "string_type": 'text in quotes, such as "REV-2"',
    "bool_type": "true or false, without quotes",
    "model_type": "a table, as in [[double brackets]]",
    "model_attributes_type": "a table, as in [[double brackets]]",
    "union_tag_not_found": 'a key kind, such as kind = "rolling-ceiling"',
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: where it is, what was found there and what is expected."""

    file: str
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key or '(whole file)'}: found {self.found}; expected {self.expected}"


class RefusedFileError(Exception):
    """A file was refused whole; `problems` lists everything wrong with it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        listed = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(
            f"{count} error{'s' if count != 1 else ''}; nothing was accepted:\n{listed}\n"
            "Please correct it and try again."
        )


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        RefusedFileError: the file is missing, not UTF-8 or not TOML, or holds what nobody writes by hand.
    """
    text = _read(file)
    try:
        content = _kept(text) if len(text) < _LONGEST_KEPT else _parsed(text)
    except tomllib.TOMLDecodeError as error:
        raise _whole(file, str(error), "TOML (https://toml.io)") from error
    except RecursionError as error:
        raise _whole(file, "tables or lists within each other without end", _DEPTH) from error
    except ValueError as error:  # Python reads no decimal number of more than 4,300 digits
        raise _whole(file, "a number of thousands of digits", _SIZE) from error
    if strange := list(_strange(content, file)):
        raise RefusedFileError(strange)
    return deepcopy(content)


def _parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(_DATE.sub(_quoted, text))


# The files of a pack are read whenever an installation is opened, and are mostly what they were.
_kept = lru_cache(maxsize=256)(_parsed)


def parse(model: type[Model], content: Any, file: Path, context: object = None) -> Model:  # noqa: ANN401 (raw TOML)
    """Read `content`, which came from `file`, into `model`; its validators are handed `context`.

    Raises:
        RefusedFileError: with every mistake pydantic finds.
    """
    try:
        return model.model_validate(content, context=context)
    except ValidationError as error:
        details = [detail for detail in error.errors() if not _echo(detail)]
        raise RefusedFileError([_problem(detail, content, file) for detail in details]) from error


def is_text(said: str) -> bool:
    """Say whether a name that came from the system is text, and not bytes that are none in UTF-8."""
    try:
        said.encode()
    except UnicodeEncodeError:
        return False
    return True


def visible(said: str) -> str:
    """Return a name on one line, fit for logs and screens: what cannot be printed is shown as its number."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in said)


def mistake(found: str, expected: str) -> PydanticCustomError:
    """Return the error a validator raises to say itself what was found and what is expected."""
    return PydanticCustomError("mistake", "{expected}", {"found": found, "expected": expected})


def _echo(detail: ErrorDetails) -> bool:
    """Whether pydantic calls a list too short only because it refused what is in it."""
    return detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"]


def _problem(detail: ErrorDetails, content: Any, file: Path) -> Problem:  # noqa: ANN401 (raw TOML)
    kind, key = detail["type"], _key(detail["loc"], content)
    if kind == "union_tag_invalid":
        tag, tags = detail["ctx"]["tag"], detail["ctx"]["expected_tags"]
        return Problem(file.name, f"{key}.kind", repr(tag), f"one of: {tags}")
    if kind == "mistake":
        return Problem(file.name, key, detail["ctx"]["found"], detail["ctx"]["expected"])
    found = "nothing" if kind == "missing" else _shown(detail["input"])
    return Problem(file.name, key, found, _EXPECTED.get(kind) or _plain(detail["msg"]))


def _shown(value: object) -> str:
    return str(value) if isinstance(value, date) else repr(value)[:120]


def _key(loc: Iterable[int | str], content: Any) -> str:  # noqa: ANN401 (raw TOML)
    """Return the key as it stands in the file, without the names of kinds that pydantic puts into it."""
    *way, last = [*loc] or [""]
    named: list[int | str] = []
    for part in way:
        if part in content if isinstance(content, dict) else isinstance(part, int):
            content = content[part]
            named.append(part)
    return ".".join(map(str, [*named, last]))


def _plain(message: str) -> str:
    words = message.removeprefix("Value error, ")
    return words.removeprefix("Input should be ").replace("String should match pattern", "text like")


def _read(file: Path) -> str:
    # What is no plain file may have no end, or keep whoever opens it waiting.
    if file.exists() and not file.is_file():
        raise _whole(file, "something that is no plain file", "a TOML file that can be read")
    try:
        if (size := file.stat().st_size) > _LONGEST_FILE:
            raise _whole(file, f"{size} bytes", f"a TOML file of at most {_LONGEST_FILE} bytes")
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise _whole(file, error.strerror or str(error), "a TOML file that can be read") from error
    except UnicodeDecodeError as error:
        raise _whole(file, str(error), "a TOML file in UTF-8") from error


def _quoted(line: re.Match[str]) -> str:
    """Put an impossible date in quotes, so that it is listed with everything else that is wrong."""
    try:
        date.fromisoformat(line[2])
    except ValueError:
        return f'{line[1]}"{line[2]}"'
    return line[0]


def _strange(content: Any, file: Path) -> Iterator[Problem]:  # noqa: ANN401 (raw TOML)
    """Yield what TOML allows and no person writes: what could not be shown, kept or counted with."""
    waiting: list[tuple[tuple[str | int, ...], Any]] = [((), content)]
    while waiting:
        way, value = waiting.pop()
        key = ".".join(map(str, way[:3])).replace("\0", "�")
        if len(way) > _DEEPEST:
            yield Problem(file.name, key, f"tables or lists within each other, more than {_DEEPEST}", _DEPTH)
        elif isinstance(value, dict):
            waiting += [((*way, name), inner) for name, inner in value.items()]
        elif isinstance(value, list):
            waiting += [((*way, number), inner) for number, inner in enumerate(value)]
        elif isinstance(value, int) and abs(value) > _LARGEST:
            yield Problem(file.name, key, "a number of more than 18 digits", _SIZE)
        if any(isinstance(text, str) and "\0" in text for text in (value, *way[-1:])):
            yield Problem(file.name, key, "a character that no text has (U+0000)", "text without it")


def _whole(file: Path, found: str, expected: str) -> RefusedFileError:
    return RefusedFileError([Problem(file.name, "", found, expected)])


def combined(refusals: Iterable[RefusedFileError]) -> RefusedFileError:
    """Return several refusals as one, with the problems of each."""
    return RefusedFileError([problem for refusal in refusals for problem in refusal.problems])
