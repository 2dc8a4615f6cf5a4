"""Counts as people write them."""

from collections.abc import Sized


def pluralise(things: Sized, one: str, many: str | None = None) -> str:
    """`1 notice`, `2 notices`; `many` where the plural is not made with an s."""
    return f"{len(things)} {one if len(things) == 1 else many or one + 's'}"
