"""Mistakes in a file a person wrote: all of them at once, each with what to do about it."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "missing": "a value: this key is required",
    "extra_forbidden": "no such key here; is it misspelt?",
    "date_from_datetime_parsing": "a calendar date such as 2026-11-10, without quotes",
    "date_from_datetime_inexact": "a calendar date such as 2026-11-10, without a time of day",
    "date_type": "a calendar date such as 2026-11-10, without quotes",
    "date_parsing": "a calendar date such as 2026-11-10, without quotes",
    "string_type": 'text in quotes, such as "REV-2"',
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
            f"{count} mistake{'s' if count != 1 else ''}, so nothing was taken:\n{listed}\n"
            "Mend the file and try again."
        )


def read_toml(file: Path) -> dict[str, Any]:
    """Read a TOML file.

    Raises:
        RefusedFileError: the file is missing, not UTF-8 or not TOML.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise _whole(file, error.strerror or str(error), "a TOML file that can be read") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _whole(file, str(error), "TOML in UTF-8 (https://toml.io)") from error


def parse(model: type[Model], content: Any, file: Path) -> Model:  # noqa: ANN401 (raw TOML)
    """Read `content`, which came from `file`, into `model`.

    Raises:
        RefusedFileError: with every mistake pydantic finds.
    """
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise RefusedFileError([_problem(detail, file) for detail in error.errors()]) from error


def _problem(detail: ErrorDetails, file: Path) -> Problem:
    key = ".".join(str(part) for part in detail["loc"])
    found = "nothing" if detail["type"] == "missing" else repr(detail["input"])[:120]
    return Problem(file.name, key, found, _EXPECTED.get(detail["type"]) or _plain(detail["msg"]))


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ").removeprefix("Input should be ")


def _whole(file: Path, found: str, expected: str) -> RefusedFileError:
    return RefusedFileError([Problem(file.name, "", found, expected)])


def combined(refusals: Iterable[RefusedFileError]) -> RefusedFileError:
    """Return several refusals as one, with the problems of each."""
    return RefusedFileError([problem for refusal in refusals for problem in refusal.problems])
