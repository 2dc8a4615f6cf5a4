"""The board on a port of this machine, until it is told to stop."""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlsplit

import uvicorn

from portal.board.app import create_app
from portal.board.data import Desk
from tasks.installation.workplace import Workplace

HOST = "127.0.0.1"
_OWN_NAMES = (HOST, "localhost")


def serve(workplace: Workplace, today: Callable[[], date]) -> None:
    """Serve the board on loopback.

    It answers only to its own names: a page elsewhere cannot make a browser read it under another one.
    """
    desk = Desk(workplace, today)
    desk.overview()  # the first reader does not wait for it
    settings = workplace.settings
    named = urlsplit(settings.board).hostname
    app = create_app(desk, hosts=[*_OWN_NAMES, *([named] if named else [])])
    uvicorn.run(app, host=HOST, port=settings.portal_port, log_level="warning", server_header=False)
