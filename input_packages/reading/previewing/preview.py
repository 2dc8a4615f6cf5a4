"""What can be read of a file, and what of it cannot be seen here."""

from pydantic import BaseModel, ConfigDict

STRUCK = "~~"  # stands before and behind what is struck
TICKED, UNTICKED = "☒", "☐"
STRUCK_SAID = f"Struck text stands between {STRUCK} and {STRUCK}."


class Preview(BaseModel):
    """The text of a file; `html` only where it has a form worth showing, `cut` when it is too long.

    `encoding` is that of plain text, `pages` the number a PDF has. `left_out` says in English, in sentences,
    what the file holds and the text does not; the text begins with the same sentences.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    text: str
    html: str | None = None
    encoding: str | None = None
    pages: int | None = None
    cut: bool = False
    left_out: tuple[str, ...] = ()


def counted(number: int, one: str, many: str) -> str:
    """Return a number with what it counts: `1 picture`, `2 pictures`."""
    return f"{number} {one if number == 1 else many}"
