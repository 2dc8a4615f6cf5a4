"""The page of the rolls: who belongs to which body today, and whether anybody vouches for it."""

from typing import Any

from policies.pack.bodies import BodyKind
from portal.board.data import BoardData
from tasks.facts.rolls import Register, register_of


def rolls_page(board_data: BoardData) -> dict[str, Any]:
    """Return the rolls of the pack's bodies, each body of groups followed by the roll of every group."""
    seen = board_data.overview()
    found: list[Register] = []
    for name, body in seen.pack.bodies.items():
        register = register_of(seen.pack, seen.facts, name, seen.as_of)
        found.append(register)
        if body.kind is BodyKind.GROUPS:
            groups = [row["group"] for row in register.rows]
            found += [register_of(seen.pack, seen.facts, group, seen.as_of) for group in groups]
    return {"registers": found}
