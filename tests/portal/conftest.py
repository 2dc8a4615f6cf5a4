"""A board with something on it, served for real, and somebody who was let in, with a browser or without."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser

from portal.board.app import create_app
from portal.board.data import BoardData
from tests.portal.desks import LetIn, door_of, let_in, lived_in, served


@pytest.fixture(scope="session")
def board_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoardData]:
    made = lived_in(tmp_path_factory.mktemp("board"), languages=())
    with made.installation:
        yield made


@pytest.fixture(scope="session")
def board_address(board_data: BoardData) -> Iterator[str]:
    """Where the board is served."""
    with served(create_app(board_data, door_of(board_data))) as found:
        yield found


@pytest.fixture(scope="session")
def cookies(board_data: BoardData) -> dict[str, str]:
    """What the browser of somebody who was let in has."""
    return let_in(board_data)


@pytest.fixture(scope="session")
def client(board_address: str, cookies: dict[str, str]) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=board_address, trust_env=False, cookies=cookies) as made:
        yield made


@pytest.fixture(scope="session")
def stranger(board_address: str) -> Iterator[httpx.Client]:
    """Somebody who was not let in."""
    with httpx.Client(base_url=board_address, trust_env=False) as made:
        yield made


@pytest.fixture(scope="session")
def reader(browser: Browser, board_address: str, cookies: dict[str, str]) -> LetIn:
    """A browser that was let in."""
    return LetIn(browser, board_address, cookies)
