"""The board on a port of this machine, until it is told to stop."""

from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlsplit

import uvicorn

from portal.board.app import OWN_NAMES, create_app
from portal.board.data import Desk
from portal.board.door import Door
from tasks.installation.workplace import Workplace

HOST = "127.0.0.1"


def serve(workplace: Workplace, today: Callable[[], date], now: Callable[[], datetime]) -> None:
    """Serve the board on loopback.

    It answers only to its own names: a page elsewhere cannot make a browser read it under another one.
    """
    desk = Desk(workplace, today)
    desk.overview()  # the first reader does not wait for it
    settings = workplace.settings
    named = urlsplit(settings.board)
    door = Door(workplace.engine, now, secure=named.scheme == "https")
    app = create_app(desk, door, hosts=[*OWN_NAMES, *filter(None, [named.hostname])])
    uvicorn.run(app, host=HOST, port=settings.portal_port, log_level="warning", server_header=False)
