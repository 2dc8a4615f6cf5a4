"""Real SMTP servers on the loopback address, with the moods that relays have."""

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

PASSWORD = "correct horse/battery@staple"  # noqa: S105 (made up, for these servers only)


@dataclass
class Mood:
    """What a relay answers to each command, how it misbehaves, and what it kept.

    `rcpt_of` answers for single recipients, `first_rcpt` only once each. `slow` is the step before whose
    answer it falls silent, `hangs_up` the step at which it drops the connection.
    """

    mail: str = "250 OK"
    rcpt: str = "250 OK"
    data: str = "250 OK"
    rcpt_of: dict[str, str] = field(default_factory=dict)
    first_rcpt: list[str] = field(default_factory=list)
    hang_up_after_data: bool = False
    slow: str = ""
    hangs_up: str = ""
    asked: list[str] = field(default_factory=list)
    kept: list[tuple[list[str], bytes]] = field(default_factory=list)
    peers: set[object] = field(default_factory=set)

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name, as the next two)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.peers.add(session.peer)
        envelope.mail_from = address
        return await self._mood(server, "MAIL", self.mail)

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.asked.append(address)
        answer = self.first_rcpt.pop(0) if self.first_rcpt else self.rcpt_of.get(address, self.rcpt)
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return await self._mood(server, "RCPT", answer)

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        if self.data.startswith("250") or self.hang_up_after_data:
            self.kept.append((list(envelope.rcpt_tos), bytes(envelope.original_content or b"")))
        if self.hang_up_after_data and server.transport:
            server.transport.close()
        return await self._mood(server, "DATA", self.data)

    async def _mood(self, server: SMTP, step: str, answer: str) -> str:
        if self.slow == step:
            await asyncio.sleep(SILENCE)
        if self.hangs_up == step and server.transport:
            server.transport.close()
        return answer


SILENCE = 1.5


@dataclass(frozen=True)
class Authority:
    """A certificate authority that only this test knows."""

    ca: trustme.CA
    file: Path

    def for_host(self, host: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(host).configure_cert(context)
        return context


def authority(folder: Path) -> Authority:
    made = Authority(trustme.CA(), folder / "authority.pem")
    made.ca.cert_pem.write_to_path(str(made.file))
    return made


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class _LongAnswers(SMTP):
    line_length_limit = 12290  # of an answer in a login (RFC 4954, 4); for mail it would be 1000


class LongAnswers(Controller):
    """Takes answers in a login that are as long as tokens."""

    def factory(self) -> SMTP:
        return _LongAnswers(self.handler, **self.SMTP_kwargs)


@contextmanager
def relay(mood: Mood, **options: Any) -> Iterator[int]:
    """Run a relay in that mood, of a `kind` if one is asked for; gives its port, else a free one."""
    kind: type[Controller] = options.pop("kind", Controller)
    controller = kind(mood, hostname="127.0.0.1", **{"port": free_port(), **options})
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
