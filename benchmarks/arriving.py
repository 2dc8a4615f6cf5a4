"""What arrives: files read beside the libraries alone, and mails and files taken in as their number grows."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from functools import partial
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.documents import ALONE
from benchmarks.tables import Table
from input_packages.reading.reader import Reader
from policies.plans.notices import NoticeKind
from records.database import reading
from records.inbox import Fate
from records.ledger.notices import notices_of
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.folder.folder import read_folder
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import reader_of
from tasks.installation.installation import Installation, open_installation
from tasks.installation.settings import Settings
from tasks.operations.first_start import first_start

NUMBERS = (300, 1000, 3000)
PEOPLE, READ = 100, 100
BEGUN, CALLED, LEFT = date(2026, 11, 23), date(2027, 10, 8), date(2027, 10, 11)
CYCLE = "annual-meeting/2027"
_DIRECTORY = """status = "confirmed"
duty_officer = "secretariat"
[sender]
id = "mandate-keeper"
name = "Network"
address = "mandates@network.example.org"
[actors]
secretariat = ["secretariat"]
coordinator = ["secretariat"]
network-members = [{members}]
[[people]]
id = "secretariat"
name = "Secretariat"
address = "secretariat@example.org"
"""
_MEMBER = '[[people]]\nid = "{id}"\nname = "{id}"\naddress = "{id}@example.org"\n'
_NOTHING = 0.01  # milliseconds: to decode a text costs none
_NUMBERS = count()

Taking = Callable[[Installation, Path, int], None]


def measure() -> Table:
    """Take in more and more mails and files from a hundred people, to one cycle."""
    rows = []
    for name, take in (("mails with a document, to one cycle", _mails), ("files in the drop folder", _files)):
        taken = [_seconds(take, number) for number in NUMBERS]
        each = [f"{1000 * seconds / number:.1f}" for seconds, number in zip(taken, NUMBERS, strict=True)]
        rows.append((name, *each, f"{taken[-1] / NUMBERS[-1] / (taken[0] / NUMBERS[0]):.2f}"))
    heading = ("milliseconds each", *(f"{number:,}" for number in NUMBERS), "last : first")
    return Table("What arrives", heading, rows)


def reading_files() -> Table:
    """Read documents of every kind, and let the libraries alone read them, in one process."""
    rows = []
    with TemporaryDirectory() as folder, Reader() as reader:
        file = Path(folder) / "document"
        for make, alone in ALONE.items():
            content = make()
            file.write_bytes(content)
            assert not reader.read(file).refusals
            alone(content)
            ours = _each(partial(reader.read, file))
            theirs = _each(partial(alone, content))
            ratio = f"{ours / theirs:.1f}" if theirs > _NOTHING else "-"
            rows.append((make.__name__, f"{ours:.2f}", f"{theirs:.2f}", ratio))
    return Table("Reading what came", ("milliseconds each", "ours", "libraries alone", "ratio"), rows)


def _each(work: Callable[[], object]) -> float:
    started = perf_counter()
    for _ in range(READ):
        work()
    return 1000 * (perf_counter() - started) / READ


def _seconds(take: Taking, number: int) -> float:
    with TemporaryDirectory() as folder, _called(Path(folder)) as installation:
        started = perf_counter()
        take(installation, Path(folder), number)
        return perf_counter() - started


@contextmanager
def _called(home: Path) -> Iterator[Installation]:
    """Open an installation in which a hundred members were asked for their input."""
    members = [f"member-{number}" for number in range(PEOPLE)]
    listed = ", ".join(f'"{each}"' for each in members)
    people = "".join(_MEMBER.format(id=each) for each in members)
    directory = home / "people.toml"
    directory.write_text(_DIRECTORY.format(members=listed) + people, encoding="utf-8")
    with open_installation(Settings(home=home / "home", directory=directory)) as installation:
        first_start(installation, BEGUN, _at(BEGUN))
        for on in (CALLED, LEFT):
            enforce(installation, on, _at(on))
            dispatch(installation, on, _at(on))
        yield installation


def _mails(installation: Installation, _folder: Path, number: int) -> None:
    with reading(installation.engine) as session:
        called = {
            notice.person: str(notice.letter)
            for notice in notices_of(session)
            if notice.kind == NoticeKind.CALL_FOR_INPUTS and notice.letter and notice.cycle == CYCLE
        }
    with reader_of(installation) as reader:
        arrivals = Arrivals(Intake(installation, LEFT), reader, _at(LEFT, 9), Collected())
        for at in range(number):
            person = f"member-{at % PEOPLE}"
            assert arrivals.take(f"mail {at}", _reply(person, called[person])) is Fate.TAKEN


def _reply(person: str, letter: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = f"{person}@example.org", f"Re: {CYCLE}"
    mail["Message-ID"], mail["In-Reply-To"] = f"<{next(_NUMBERS)}@example.org>", letter
    mail.set_content("Please find our views attached.")
    mail.add_attachment(_views(), "text", "plain", filename="views.txt")
    return mail.as_bytes()


def _files(installation: Installation, _folder: Path, number: int) -> None:
    for at in range(number):
        place = installation.settings.incoming / CYCLE / f"member-{at % PEOPLE}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"views-{at}.txt").write_bytes(_views())
    done = Collected()
    with reader_of(installation) as reader:
        while any(installation.settings.incoming.rglob("*.txt")):
            read_folder(Intake(installation, LEFT), reader, _at(LEFT, 9), done)
    assert len(done.rows) == number


def _views() -> bytes:
    return f"{next(_NUMBERS)}: the meeting should be held earlier in the year.\n".encode() * 20


def _at(on: date, hour: int = 6) -> datetime:
    return datetime.combine(on, time(hour), UTC)
