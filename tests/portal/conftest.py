"""A board with something on it, served for real, and a browser."""

from collections.abc import Iterator

import httpx
import pytest

from portal.board.app import create_app
from portal.board.data import Desk
from tests.portal.desks import lived_in, served


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = lived_in(tmp_path_factory.mktemp("board"))
    with made.workplace:
        yield made


@pytest.fixture(scope="session")
def board_address(desk: Desk) -> Iterator[str]:
    """Where the board is served."""
    with served(create_app(desk, hosts=["127.0.0.1"])) as found:
        yield found


@pytest.fixture(scope="session")
def client(board_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=board_address, trust_env=False) as made:
        yield made
