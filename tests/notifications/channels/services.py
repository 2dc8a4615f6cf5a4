"""Real HTTP services on the loopback address, as webhooks and chats are."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Service:
    """What a service answers, after how many seconds, and what it was sent: the path and the JSON."""

    status: int = 200
    answers: dict[str, Any] = field(default_factory=dict)
    slow: float = 0
    hangs_up: bool = False
    got: list[tuple[str, dict[str, Any]]] = field(default_factory=list)


@contextmanager
def serving(service: Service) -> Iterator[int]:
    """Run a service; gives its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            service.got.append((self.path, json.loads(body or b"{}")))
            time.sleep(service.slow)
            with suppress(ConnectionError):  # who asked may not have waited
                if not service.hangs_up:
                    self._answer()

        do_PUT = do_GET = do_POST  # noqa: N815

        def _answer(self) -> None:
            words = json.dumps(service.answers).encode()
            self.send_response(service.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(words)))
            self.end_headers()
            self.wfile.write(words)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
