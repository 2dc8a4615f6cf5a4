"""The board on a port of this machine, until it is told to stop."""

from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlsplit

import uvicorn

from portal.board.app import OWN_NAMES, create_app
from portal.board.data import BoardData
from portal.board.door import Door
from tasks.installation.installation import Installation

HOST = "127.0.0.1"


def serve(installation: Installation, today: Callable[[], date], now: Callable[[], datetime]) -> None:
    """Serve the board on loopback.

    It answers only to its own names: a page elsewhere cannot make a browser read it under another one.
    """
    board_data = BoardData(installation, today)
    board_data.overview()  # the first reader does not wait for it
    settings = installation.settings
    named = urlsplit(settings.board)
    door = Door(installation.engine, now, secure=named.scheme == "https")
    app = create_app(board_data, door, hosts=[*OWN_NAMES, *filter(None, [named.hostname])])
    uvicorn.run(app, host=HOST, port=settings.portal_port, log_level="warning", server_header=False)
