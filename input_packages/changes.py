"""What is otherwise in one version of a package than in the one before, from the facts of both."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from input_packages.contents import Change

Facts = Mapping[str, Any]  # the content of `package.json`
_DATES: Final = ("opens_on", "target_on", "due_on")
_OF_THE_VERSION: Final = frozenset({"edition", "facts_upto"})


def changes_between(before: Facts, after: Facts) -> tuple[Change, ...]:
    """Return every change, in the order of the sections; that of rules or words where there is no other."""
    found = tuple(Change(kind=kind, subject=subject) for kind, subject in _found(before, after))
    if found or _without(before) == _without(after):
        return found
    return (Change(kind="rules", subject=""),)


def _found(before: Facts, after: Facts) -> Iterator[tuple[str, str]]:
    contributors = list(_contributions(before, after))
    yield from dict.fromkeys(contributors)
    yield from _asked(before, after, {name for _, name in contributors})
    yield from _items(before, after)
    yield from _dates(before, after)
    yield from dict.fromkeys(_decisions(before, after))
    yield from _rolls(before, after)
    yield from (("earlier-cycle", key) for key in _differing(before, after, "history", lambda c: c["name"]))


def _contributions(before: Facts, after: Facts) -> Iterator[tuple[str, str]]:
    old, new = _by_giver(before), _by_giver(after)
    for giver, sums in new.items():
        if giver not in old:
            yield "contribution-new", giver[0]
        elif old[giver] != sums:
            yield "contribution-replaced", giver[0]


def _by_giver(facts: Facts) -> dict[tuple[str, str, str | None], set[str]]:
    found: dict[tuple[str, str, str | None], set[str]] = {}
    for each in facts.get("contributions", ()):
        found.setdefault((each["name"], each["item"], each["part"]), set()).add(each["sha256"])
    return found


def _asked(before: Facts, after: Facts, contributors: set[str]) -> Iterator[tuple[str, str]]:
    old = {each["person"]: each for each in before["asked"]}
    for each in after["asked"]:
        was = old.get(each["person"], {})
        answer = [each.get(key) != was.get(key) for key in ("answered_on", "answer", "detail")]
        if any(answer) and each["answered_on"] and each["name"] not in contributors:
            yield "answer", each["name"]
        if each["asked_on"] and not was.get("asked_on"):
            yield "asked", each["name"]


def _items(before: Facts, after: Facts) -> Iterator[tuple[str, str]]:
    old = {item["id"]: item["present"] for item in before["items"]}
    for item in after["items"]:
        if item["present"] != old.get(item["id"], False):
            yield ("item" if item["present"] else "item-gone"), item["id"]


def _rolls(before: Facts, after: Facts) -> Iterator[tuple[str, str]]:
    old, new = (facts.get("groups") or {} for facts in (before, after))
    yield from (("group", key) for key in _differing(old, new, "groups", lambda group: group["id"]))
    if before.get("roll") != after.get("roll"):
        yield "roll", ""
    lead = after.get("lead")
    if lead and lead != before.get("lead"):
        yield "lead", lead["name"]


def _dates(before: Facts, after: Facts) -> Iterator[tuple[str, str]]:
    yield from (("date", key) for key in _DATES if before[key] != after[key])
    yield from (("date", key) for key in _differing(before, after, "milestones", lambda m: m["id"]))


def _decisions(before: Facts, after: Facts) -> Iterator[tuple[str, str]]:
    """Yield the decisions of which there is news: those since the last cycle, and those of its time."""
    old, new = (facts.get("memory") or {} for facts in (before, after))
    yield from (("decision", key) for key in _differing(before, after, "decisions", lambda d: d["id"]))
    if "decided" in old:
        yield from (("decision", key) for key in _differing(old, new, "decided", lambda d: d["id"]))


def _differing(before: Facts, after: Facts, table: str, key: Callable[[Any], str]) -> Iterator[str]:
    rows: Sequence[Any] = before.get(table, ())
    old = {key(row): row for row in rows}
    yield from (key(row) for row in after.get(table, ()) if old.get(key(row)) != row)


def _without(facts: Facts) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if key not in _OF_THE_VERSION}
