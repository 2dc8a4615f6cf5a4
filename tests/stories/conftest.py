"""The board of the tests of `portal`, for the stories that look at it."""

from tests.portal.conftest import board_address, board_data, client, cookies, reader

__all__ = ["board_address", "board_data", "client", "cookies", "reader"]
