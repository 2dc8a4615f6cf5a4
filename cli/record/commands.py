"""A command for each kind of fact, made from its entry: what a file needs, the command asks for.

A required name, day or choice is an argument, every other part an option of its name. Where a command has
other words than that, `cli/record/words.py` says so.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from inspect import Parameter, Signature
from typing import Annotated, Any, get_args, get_origin

import typer
from pydantic.fields import FieldInfo

from cli.days import read_day
from cli.options import By
from cli.record.recording import record
from cli.record.words import ARGUMENT, AS_IN_A_FILE, WORDS, Command, Said
from policies.entries.facts_file import ENTRIES
from policies.facts.facts import KINDS


def add_commands(app: typer.Typer, besides: Mapping[str, object]) -> None:
    """Add the command of every kind of fact but those that have one written for them alone."""
    for kind in (name for name in KINDS if name not in besides):
        command = WORDS.get(kind) or Command((ENTRIES[kind].__doc__ or kind).partition("\n")[0])
        app.command(command.name or kind, help=command.says)(_recording(kind, command))


def _recording(kind: str, command: Command) -> Callable[..., None]:
    """Return the function behind a command; its signature says what typer asks for."""
    fields = {name: info for name, info in ENTRIES[kind].model_fields.items() if name not in command.unsaid}
    parts = [
        _Part(name, info, command.said.get(name, AS_IN_A_FILE), number)
        for number, (name, info) in enumerate(fields.items())
    ]

    def run(recorder: str, **given: Any) -> None:  # noqa: ANN401 (whatever the entry asks for)
        record(KINDS[kind].plural, {part.name: part.written(given[part.key]) for part in parts}, recorder)

    asked = [part.parameter() for part in parts]
    asked.append(Parameter("recorder", Parameter.KEYWORD_ONLY, annotation=By))
    signature = Signature(sorted(asked, key=lambda each: each.default is not Parameter.empty))
    run.__dict__["__signature__"] = signature
    return run


class _Part:
    """One part of an entry on the command line: what typer asks for, and what the entry is given."""

    def __init__(self, name: str, info: FieldInfo, said: Said, number: int) -> None:
        self.name, self.key = name, f"part_{number}"  # a name of a part may be one of Python's own
        self._info, self._said = info, said
        self._type = _without_none(info.annotation)
        self._many = get_origin(self._type) in (tuple, Mapping)
        self._dated = self._type is date
        self._choices = (
            [*self._type] if isinstance(self._type, type) and issubclass(self._type, StrEnum) else []
        )

    def parameter(self) -> Parameter:
        """Return what typer is to ask for."""
        asked: Any = list[str] if self._many else date if self._dated else str
        shown: dict[str, Any] = {"metavar": self._said.metavar, "help": self._said.help}
        if self._choices and not self._said.help:
            shown["help"] = f"One of: {', '.join(self._choices)}."
        if self._dated:
            shown |= {"parser": read_day, "metavar": "DATE"}
        if self._is_argument:
            shown["metavar"] = shown["metavar"] or self.name
            return self._asking(Annotated[asked, typer.Argument(**shown)])
        option = typer.Option(self._said.option or f"--{self.name.replace('_', '-')}", **shown)
        if self._said.needed or (self._info.is_required() and self._said.otherwise is None):
            return self._asking(Annotated[asked, option])
        return self._asking(Annotated[asked | None, option], None if self._many else self._said.otherwise)

    def written(self, given: Any) -> Any:  # noqa: ANN401 (what typer read, and what the entry is given)
        """Return what was given as an entry has it; None where nothing was."""
        if self._many and not given:
            return [self._said.otherwise] if self._said.otherwise else None
        if get_origin(self._type) is Mapping:
            return {role: who for role, _, who in (each.partition("=") for each in given)}
        return given

    @property
    def _is_argument(self) -> bool:
        if self._said.option:
            return self._said.option is ARGUMENT
        named = any(getattr(each, "pattern", None) for each in self._info.metadata)
        return self._info.is_required() and (named or self._dated or bool(self._choices))

    def _asking(self, annotation: Any, default: Any = Parameter.empty) -> Parameter:  # noqa: ANN401 (what typer reads)
        return Parameter(self.key, Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _without_none(hint: Any) -> Any:  # noqa: ANN401 (the type of any field)
    """Return the type of a field that may be left out, without what only its checks need."""
    inner = [each for each in get_args(hint) if each is not type(None)]
    optional = len(inner) < len(get_args(hint))
    hint = inner[0] if optional else hint
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint
