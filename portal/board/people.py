"""The page of who is who today: whom each person stands for, how they are reached, who is away."""

from typing import Any

from policies.people.directory import UNCONFIRMED
from portal.board.data import BoardData
from tasks.status.people import shown


def people_page(board_data: BoardData) -> dict[str, Any]:
    """Return everybody who is there today, and who the letters come from."""
    directory = board_data.overview().directory
    return {
        "people": shown(directory),
        "named": directory.name_of,
        "sender": directory.sender,
        "unconfirmed": directory.status == UNCONFIRMED,
    }
