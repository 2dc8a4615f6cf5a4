"""Prefect's server behind our door, on a socket of the supervisor: `python -m flows.server.serving 5`.

The number is that of the open socket. Because the supervisor keeps the port for as long as it runs, no other
program can take it while a server that died is started again, and be told the password by our own worker.
"""

import socket
import sys

import uvicorn
from prefect.server.api.server import create_app
from prefect.settings import get_current_settings

from flows.server.door import Door, names
from flows.server.environment import origins
from tasks.installation.settings import read_settings


def serve(listening: socket.socket) -> None:
    """Serve until told to stop, as `prefect server start` does, with the same settings."""
    ours, prefect = read_settings(), get_current_settings().server
    where = ours.port, ours.public_url
    config = uvicorn.Config(
        Door(create_app(final=True), names(*where), origins(*where)),
        timeout_keep_alive=prefect.api.keepalive_timeout,
        ws_ping_interval=prefect.api.websocket_ping_interval,
        ws_ping_timeout=prefect.api.websocket_ping_timeout,
        log_level=prefect.logging_level.lower(),
    )
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
