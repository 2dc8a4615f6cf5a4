"""Real SMTP servers on the loopback address, with the moods that relays have."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "correct horse/battery@staple"  # noqa: S105 (made up, for these servers only)


@dataclass
class Mood:
    """What a relay answers to each command, and what it kept."""

    mail: str = "250 OK"
    rcpt: str = "250 OK"
    data: str = "250 OK"
    hang_up_after_data: bool = False
    kept: list[tuple[list[str], bytes]] = field(default_factory=list)
    peers: set[object] = field(default_factory=set)

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name, as the next two)
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.peers.add(session.peer)
        envelope.mail_from = address
        return self.mail

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.data.startswith("250") or self.hang_up_after_data:
            self.kept.append((list(envelope.rcpt_tos), bytes(envelope.original_content or b"")))
        if self.hang_up_after_data and server.transport:
            server.transport.close()
        return self.data


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def relay(mood: Mood, **options: Any) -> Iterator[int]:
    """Run a relay in that mood; gives its port."""
    controller = Controller(mood, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def only_with_password(
    _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, login: Any
) -> AuthResult:
    right = isinstance(login, LoginPassword) and login.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)
