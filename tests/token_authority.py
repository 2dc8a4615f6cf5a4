"""An authority that gives tokens over https, as Microsoft Entra does, and says over http which are good."""

import json
import ssl
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_hex
from threading import Thread
from urllib.parse import parse_qs, urlsplit

SCOPE = "https://outlook.office365.com/.default"
CLIENT, SECRET = "11111111-2222-3333-4444-555555555555", "s3cret~value+with/letters="
MAILBOX = "replies"


@dataclass
class Authority:
    """How it behaves, and what it was asked; `lasts` is the life of a token in seconds."""

    lasts: int = 3600
    status: int = 0
    body: str = ""
    forms: list[dict[str, str]] = field(default_factory=list)
    good: list[str] = field(default_factory=list)
    url: str = ""
    tokeninfo: str = ""

    def answer(self, form: dict[str, str]) -> tuple[int, str]:
        """Answer a request for a token."""
        self.forms.append(form)
        if self.status:
            return self.status, self.body
        wanted = {
            "grant_type": "client_credentials",
            "scope": SCOPE,
            "client_id": CLIENT,
            "client_secret": SECRET,
        }
        if {name: form.get(name) for name in wanted} != wanted:
            told = f"AADSTS7000215: Invalid client secret {form.get('client_secret')} provided"
            return 401, json.dumps({"error": "invalid_client", "error_description": told})
        head = urlsafe_b64encode(b'{"typ":"JWT"}').decode().rstrip("=")
        self.good.append(f"{head}.{token_hex(700)}.{token_hex(32)}")  # as long as those of Entra
        given = {"token_type": "Bearer", "expires_in": self.lasts, "access_token": self.good[-1]}
        return 200, json.dumps(given)


@contextmanager
def running(certified: ssl.SSLContext, **behaviour: int | str) -> Iterator[Authority]:
    """Run it, on loopback; `url` is the authority, what follows `tokeninfo` is a token to ask about."""
    authority = Authority(**behaviour)  # type: ignore[arg-type]  # by name
    with _serving(authority, certified) as port, _serving(authority, None) as plain:
        authority.url = f"https://127.0.0.1:{port}/tenant"
        authority.tokeninfo = f"http://127.0.0.1:{plain}/tokeninfo?token="
        yield authority


@contextmanager
def _serving(authority: Authority, certified: ssl.SSLContext | None) -> Iterator[int]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/tenant/v2.0/.well-known/openid-configuration"):
                base = f"{authority.url}/oauth2/v2.0"
                told = {"issuer": authority.url, "authorization_endpoint": f"{base}/authorize"}
                self._say(200, json.dumps({**told, "token_endpoint": f"{base}/token"}))
                return
            [token] = parse_qs(urlsplit(self.path).query).get("token", [""])
            known = token in authority.good
            self._say(200 if known else 400, json.dumps({"username": MAILBOX} if known else {"error": "no"}))

        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*authority.answer({name: values[0] for name, values in parse_qs(sent).items()}))

        def _say(self, status: int, body: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        if certified:
            server.socket = certified.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
