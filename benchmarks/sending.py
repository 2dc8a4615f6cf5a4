"""How many messages a second leave, beside bare smtplib.

The server runs in a process of its own, as a relay does. Both sides keep one connection, and take turns.
"""

import gc
import smtplib
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.tables import Table
from notifications.channels import Outcome, open_channel
from notifications.envelope import Mail, Sender, enclose
from notifications.messages import Message, render
from notifications.notice_content import NoticeContent
from policies.obligations.instrument import Words
from policies.people.directory import Recipient
from policies.plans.notices import NoticeKind

MESSAGES, ROUNDS = 400, 5
AS_OF = date(2026, 11, 23)
SENT_AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
SENDER = Sender("Secretariat", "secretariat@example.org")
TITLE: Words = {"en": "Review of the working arrangements", "ar": "استعراض ترتيبات العمل"}
CONTENT = NoticeContent(
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
    with (
        relay() as port,
        bare_smtplib(port) as rivals,
        open_channel(f"rmail://127.0.0.1:{port}", outbox=Path("unused")) as channel,
    ):

        def ours(language: str) -> float:
            started = perf_counter()
            for number in (next(numbers) for _ in range(MESSAGES)):
                assert channel.send(mail(number, language)).outcome is Outcome.SENT
            return MESSAGES / (perf_counter() - started)

        ways = rivals | {
            "rendered and sent, English": lambda: ours("en"),
            "rendered and sent, Arabic": lambda: ours("ar"),
        }
        return in_turns("Rendered and sent over one kept connection: mails a second", ways, list(rivals))


def in_turns(title: str, ways: Mapping[str, Callable[[], float]], rivals: Sequence[str]) -> Table:
    """Go each way in turns, the first round unmeasured, and compare the median rates with those of rivals."""
    rounds = [{name: _alone(way) for name, way in ways.items()} for _ in range(ROUNDS + 1)][1:]
    rates = {name: median(one[name] for one in rounds) for name in ways}
    rows = [
        (name, f"{rate:.0f}", *(f"{100 * rate / rates[rival]:.0f} %" for rival in rivals))
        for name, rate in rates.items()
    ]
    return Table(f"{title}, median of {ROUNDS} rounds", ("", "a second", *(f"of {r}" for r in rivals)), rows)


def _alone(way: Callable[[], float]) -> float:
    gc.collect()  # nobody clears up after the way before
    return way()


@contextmanager
def bare_smtplib(port: int) -> Iterator[dict[str, Callable[[], float]]]:
    """Yield what smtplib does alone, over one kept connection: bytes that are ready, and mails that it makes.

    The second has the words ready, makes a mail of them as its documentation shows, and keeps no record.
    """
    content = [mail(number, "en").content for number in range(MESSAGES)]
    words = render([CONTENT], Recipient("p", "Person", "p@example.org", "en"), AS_OF)
    with smtplib.SMTP("127.0.0.1", port) as connection:

        def hand_over() -> float:
            started = perf_counter()
            for one in content:
                connection.sendmail(SENDER.address, ["a@example.org"], one)
            return MESSAGES / (perf_counter() - started)

        def make_and_send() -> float:
            started = perf_counter()
            for number in range(MESSAGES):
                connection.send_message(_made(words, number))
            return MESSAGES / (perf_counter() - started)

        yield {"smtplib, bytes ready": hand_over, "smtplib, words ready": make_and_send}


def _made(words: Message, number: int) -> EmailMessage:
    made = EmailMessage()
    made["From"] = f"{SENDER.name} <{SENDER.address}>"
    made["To"] = f"Person {number} <p{number}@example.org>"
    made["Subject"] = words.subject
    made.set_content(words.text)
    made.add_alternative(words.html, subtype="html")
    return made


def mail(number: int, language: str) -> Mail:
    person = Recipient(f"p{number}", f"Person {number}", f"p{number}@example.org", language)
    content = replace(CONTENT, notice_key=f"working-arrangements-review/2026/reminder/due-30/p{number}/email")
    return enclose(
        render([content], person, AS_OF),
        person,
        sender=SENDER,
        notice_keys=[content.notice_key],
        cycles=[content.cycle],
        sent_at=SENT_AT,
    )


@contextmanager
def relay() -> Iterator[int]:
    command = [sys.executable, "-c", SINK]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield int(process.stdout.readline())
        process.communicate()
