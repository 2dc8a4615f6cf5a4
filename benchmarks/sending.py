"""How many messages a second leave, beside smtplib handing over bytes that are ready.

The server runs in a process of its own, as a relay does. Both sides keep one connection, and take turns.
"""

import smtplib
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from benchmarks.tables import Table
from notifications.channels import Outcome, open_channel
from notifications.directory import Recipient
from notifications.envelope import Mail, Sender, enclose
from notifications.matter import Matter
from notifications.messages import render
from policies.instrument import Words
from policies.notices import NoticeKind

MESSAGES, ROUNDS = 400, 5
AS_OF = date(2026, 11, 23)
SENT_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SENDER = Sender("Secretariat", "secretariat@example.org")
TITLE: Words = {"en": "Review of the working arrangements", "ar": "استعراض ترتيبات العمل"}
MATTER = Matter(
    notice_key="working-arrangements-review/2026/reminder/due-30/nobody/email",
    kind=NoticeKind.REMINDER,
    about="due",
    institution={"en": "Network", "ar": "الشبكة"},
    obligation="working-arrangements-review",
    title=TITLE,
    provision="REV-2",
    says={"en": "The working arrangements are reviewed every 12 months.", "ar": "تُستعرض ترتيبات العمل."},
    cycle="working-arrangements-review/2026",
    holder={"en": "Coordinator", "ar": "المنسق"},
    due_on=date(2026, 12, 10),
    inputs_due_on=date(2026, 9, 15),
)
SINK = """
import asyncio, sys
from aiosmtpd.smtp import SMTP

class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"

async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Sink()), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)

asyncio.run(main())
"""


def measure() -> Table:
    """Send in turns, and compare the median rounds."""
    numbers = count()
    with relay() as port, open_channel(f"rmail://127.0.0.1:{port}", outbox=Path("unused")) as channel:

        def ours(language: str) -> None:
            for number in (next(numbers) for _ in range(MESSAGES)):
                message = mail(number, language)
                assert channel.send(message).outcome is Outcome.SENT

        with smtplib.SMTP("127.0.0.1", port) as bare:
            ready = [mail(number, "en").content for number in range(MESSAGES)]

            def theirs() -> None:
                for content in ready:
                    bare.sendmail(SENDER.address, ["a@example.org"], content)

            ways = {
                "smtplib, ready bytes": theirs,
                "rendered and sent, English": lambda: ours("en"),
                "rendered and sent, Arabic": lambda: ours("ar"),
            }
            rates = _rates(ways)
    best = rates["smtplib, ready bytes"].a_second
    rows = [
        (name, f"{rate.a_second:.0f}", f"{100 * rate.a_second / best:.0f} %", f"{rate.own_ms:.2f}")
        for name, rate in rates.items()
    ]
    title = f"Sending over one kept connection, median of {ROUNDS} rounds of {MESSAGES} messages"
    notes = ("own ms: processor time of the sender for one message; the rest is waiting for the server",)
    return Table(title, ("", "a second", "of smtplib", "own ms"), rows, notes)


@dataclass(frozen=True, slots=True)
class Rate:
    """How many messages leave in a second, and how long the sender computes for each, in milliseconds."""

    a_second: float
    own_ms: float


def _rates(ways: dict[str, Callable[[], None]]) -> dict[str, Rate]:
    for way in ways.values():
        way()
    taken = [{name: _seconds(way) for name, way in ways.items()} for _ in range(ROUNDS)]
    return {
        name: Rate(
            MESSAGES / median(one[name][0] for one in taken),
            1000 * median(one[name][1] for one in taken) / MESSAGES,
        )
        for name in ways
    }


def _seconds(way: Callable[[], None]) -> tuple[float, float]:
    started, computed = perf_counter(), process_time()
    way()
    return perf_counter() - started, process_time() - computed


def mail(number: int, language: str) -> Mail:
    person = Recipient(f"p{number}", f"Person {number}", f"p{number}@example.org", language)
    matter = replace(MATTER, notice_key=f"working-arrangements-review/2026/reminder/due-30/p{number}/email")
    return enclose(
        render([matter], person, AS_OF),
        person,
        sender=SENDER,
        notice_keys=[matter.notice_key],
        cycles=[matter.cycle],
        sent_at=SENT_AT,
    )


@contextmanager
def relay() -> Iterator[int]:
    command = [sys.executable, "-c", SINK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.communicate()
