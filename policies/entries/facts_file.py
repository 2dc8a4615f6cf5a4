"""A file of facts: its form, what each entry is checked against, all in one pass; and how it is written."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from pydantic import StrictBool, ValidationInfo, create_model, field_validator

import policies.entries
from policies.entries.checks import known_of
from policies.entries.entry import FactEntry
from policies.entries.second_completions import met_twice
from policies.facts.facts import KINDS, ROLLS
from policies.problems import mistake
from policies.recurrence.question import Strict
from policies.toml_text import toml_value

# What is known to have happened, and sets nothing off, where a file says that it is `partial`.
_PARTIAL = frozenset({"completion", "meeting"})


class Entries(Strict):
    """The entries of a file, a table of them for each kind of fact."""

    if TYPE_CHECKING:
        partial: bool

    @field_validator("*")
    @classmethod
    def _each_once(cls, entries: Any) -> Any:  # noqa: ANN401 (the entries of any kind)
        named = entries if isinstance(entries, tuple) else ()
        names = Counter(entry.goes_by for entry in named if entry.goes_by)
        if twins := [name for name, count in names.items() if count > 1]:
            raise mistake(f"{', '.join(twins)} more than once", "each name once")
        return entries

    @field_validator("completions", check_fields=False)
    @classmethod
    def _one_for_each_cycle(
        cls, completions: tuple[FactEntry, ...], info: ValidationInfo
    ) -> tuple[FactEntry, ...]:
        known = known_of(info)
        given = [entry.fact() for entry in completions]
        if twice := met_twice(known.pack, known.facts, given, known.today):
            named = ", ".join(sorted({cycle.key for cycle in twice}))
            raise mistake(f"a second completion of {named}", "one completion for each cycle, or counts_for")
        return completions

    def facts(self) -> Iterator[tuple[str, Any]]:
        """Yield every fact with the name of its kind: kind by kind, in the order they are written."""
        for name, kind in KINDS.items():
            for entry in getattr(self, kind.plural):
                fact = entry.fact()
                yield name, replace(fact, partial=True) if self.partial and name in _PARTIAL else fact


def _found() -> Iterator[type[FactEntry]]:
    """Yield the entries of every module in this room."""
    for module in iter_modules(policies.entries.__path__):
        import_module(f"policies.entries.{module.name}")
    waiting = [FactEntry]
    while waiting:
        entry = waiting.pop()
        waiting += entry.__subclasses__()
        if "fact_kind" in vars(entry):
            yield entry


ENTRIES: Mapping[str, type[FactEntry]] = {entry.fact_kind: entry for entry in _found()}
"""What reads and checks the entries of each kind of fact, by the kind's name."""


def _tables(names: Mapping[str, Any]) -> dict[str, Any]:
    return {KINDS[name].plural: (tuple[ENTRIES[name], ...], ()) for name in names}  # type: ignore[valid-type]  # found by kind


FactsFile: type[Entries] = create_model(
    "FactsFile",
    __base__=Entries,
    __doc__="""What `mandates import` reads, checked with `Known` as the context.

`partial` says that the silence between the entries means nothing.""",
    **_tables(ROLLS),
    partial=(StrictBool, False),
    **_tables({name: kind for name, kind in KINDS.items() if name not in ROLLS}),
)


def written(kind: str, fact: Any) -> str:  # noqa: ANN401 (a fact of any kind)
    """Return the facts file (TOML) that says one fact, and nothing else."""
    entry = ENTRIES[kind]
    said = entry.saying(fact)
    whole = ["partial = true\n"] if getattr(fact, "partial", False) and kind in _PARTIAL else []
    lines = [f"{key} = {toml_value(value)}" for key, value in said.items()]
    return "\n".join([*whole, f"[[{KINDS[kind].plural}]]", *lines]) + "\n"
