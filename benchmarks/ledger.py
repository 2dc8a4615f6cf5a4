"""The ledger: entering many notices, deciding many ladders, and a day's letters from claim to record.

The letters leave over one kept connection, in turns with bare smtplib; the database is a real SQLite file,
synchronised to disk at every commit.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from pydantic import SecretStr

from benchmarks.sending import CONTENT, bare_smtplib, in_turns, relay
from benchmarks.tables import Table
from notifications.notice_content import to_json
from policies.facts.people import ALWAYS
from policies.pack.pack import load_pack
from policies.plans.notices import ladder
from records.cycles import Opening, open_cycles
from records.database import writing
from records.ledger.notices import Notice, enter_all
from tasks.dispatch.dispatching import dispatch
from tasks.facts.importing import take
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import PACK, Settings

ENTERED, LADDERS, LETTERS = 100_000, 100_000, 300
YEAR = Path(__file__).parents[1] / "tests" / "golden" / "year.txt"
AS_OF = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


def entering() -> Table:
    """Enter notices all at once, each with its first move, and both sealed into the audit chain."""
    with _installation() as installation, writing(installation.engine) as session:
        notices = [_notice(number, number % LETTERS) for number in range(ENTERED)]
        started = perf_counter()
        enter_all(session, notices, NOW, "a benchmark")
        taken = perf_counter() - started
    row = (f"{ENTERED:,} notices", f"{taken:.1f}", f"{ENTERED / taken:,.0f}")
    return Table("Entering notices in the ledger, SQLite", ("", "seconds", "a second"), [row])


def deciding() -> Table:
    """Decide which scheduled notices have come: of a year's plan, for cycles due on all days of a year."""
    pack = load_pack(PACK)
    rows = []
    for name in ("yearly", "four-yearly"):
        plan, days = pack.plans[name], pack.working_days
        due = [AS_OF + timedelta(days=number % 365 - 100) for number in range(LADDERS)]
        dated = [{"due": on, "target": on, "begins": on, "inputs-due": on} for on in due]
        started = perf_counter()
        come = sum(len(ladder(plan.scheduled_notices, dates, days, AS_OF)) for dates in dated)
        taken = perf_counter() - started
        rows.append(
            (
                f"{name}: {len(plan.scheduled_notices)} rungs",
                f"{LADDERS / taken:,.0f}",
                f"{come / LADDERS:.1f}",
            )
        )
    return Table("Deciding ladders", ("", "ladders a second", "rungs come, each"), rows)


def sending() -> Table:
    """Send from the ledger, in turns with bare smtplib: a notice to each person, and as many as in a year.

    The ledger's notices are counted, and smtplib's mails: one for each notice.
    """
    numbers = count()
    with relay() as port, _installation(port) as installation, bare_smtplib(port) as rivals:

        def ours(counts: Sequence[int]) -> float:
            owed = [(next(numbers), person) for person, several in enumerate(counts) for _ in range(several)]
            with writing(installation.engine) as session:
                enter_all(session, [_notice(number, person) for number, person in owed], NOW, "a benchmark")
            started = perf_counter()
            done = dispatch(installation, AS_OF, NOW)
            taken = perf_counter() - started
            assert (done.count("sent"), done.letters) == (len(owed), len(counts))
            return len(owed) / taken

        a_year = _a_year()
        ways = rivals | {
            "ledger, a notice to each person": lambda: ours([1] * LETTERS),
            f"ledger, {sum(a_year) / len(a_year):.1f} notices a letter": lambda: ours(a_year),
        }
        return in_turns("Claimed, written, kept, sent, recorded: notices a second", ways, list(rivals))


def _a_year() -> list[int]:
    """Return how many notices came to one person on one day, wherever one did in the year of the tests."""
    told: Counter[tuple[str, str]] = Counter()
    for line in YEAR.read_text(encoding="utf-8").splitlines():
        said, _, people = line.rpartition(": ")
        told.update((said.split()[1], person) for person in people.split(", "))
    return list(told.values())


@contextmanager
def _installation(port: int | None = None) -> Iterator[Installation]:
    """Open an installation with one opened cycle and as many people as there are letters."""
    with TemporaryDirectory() as home:
        settings = Settings(home=Path(home))
        if port:
            settings = Settings(home=Path(home), channels_email=SecretStr(f"rmail://127.0.0.1:{port}"))
        with open_installation(settings) as plain:
            since = {"since_on": ALWAYS, "source": "a benchmark"}
            people = [{"id": f"p{n}", "name": f"Person {n}", **since} for n in range(LETTERS)]
            contacts = [{"person": f"p{n}", "address": f"p{n}@example.org", **since} for n in range(LETTERS)]
            content = {"people": people, "contacts": contacts}
            take(plain, content, Path("benchmark"), "a benchmark", NOW, AS_OF)
            with writing(plain.engine) as session:
                opening = Opening(CONTENT.cycle, CONTENT.obligation, AS_OF, {}, CONTENT.due_on, None)
                open_cycles(session, [opening], NOW, "a benchmark")
            yield plain


def _notice(number: int, person: int) -> Notice:
    key = f"{CONTENT.cycle}:reminder:due-30-{number}:p{person}:email"
    return Notice(
        notice_key=key,
        cycle=CONTENT.cycle,
        kind=CONTENT.kind,
        rung=f"due-30-{number}",
        person=f"p{person}",
        channel="email",
        notice_class="routine",
        send_on=AS_OF,
        matter=to_json(replace(CONTENT, notice_key=key)),
        state="entered",
        cause="owed",
    )
