"""Mails, files and folders as nobody sends them: sound ones with parts replaced at random, by a seed."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from records.database import reading
from records.inbox import Fate, inbox, interrupted
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.folder.folder import read_folder
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import reader_of
from tasks.installation.installation import Installation
from tests.days import day
from tests.fuzzing import MAIL_PIECES, edited
from tests.input_packages.files import excel, pdf, word, zipped
from tests.input_packages.reading.open_files import deck, odt, slide
from tests.installations import TODAY, TWO_LANGUAGES, Listed, at, workplace_in
from tests.tasks.inputs.mails import CYCLE, Letters, every_case, letters_of, reply, with_word

CALLED, LEFT = day("Fri 2027-10-08"), day("Mon 2027-10-11")
_ROUNDS_OF_A_HOME = 20  # then a new one: what came is looked through for every round
_MAILS, _FILES = 6, 6
_OFFICE = {"docx": word(), "xlsx": excel(), "odt": odt("<text:p>a</text:p>"), "pptx": deck(slide())}
_FILE_KINDS = (*_OFFICE, "pdf")
_XML_PIECES = (
    *(
        b"<w:p>",
        b"</w:p>",
        b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
        b"&b;",
        b"<![CDATA[",
        b"]]>",
        b"\xff\xfe",
        b"<a>" * 999,
    ),
    *(b"<w:tbl>", b'xmlns:w="x"', b"<row/>", b'r="ZZZ99999999"', b"<f>1</f>", b"&#0;", b"-1", b"1e999"),
)
_PDF_PIECES = (
    *(b"<<", b">>", b"[", b"]", b"1 0 R", b"endobj", b"stream\n", b"/Kids [1 0 R]", b"/Length 99999999"),
    *(b"/Parent 2 0 R", b"xref", b"trailer", b"startxref\n0\n", b"%%EOF", b"/FlateDecode", b"[" * 999),
)
_NAMES = (
    "views",
    "a\nb",
    "é" * 60,
    ".hidden",
    "~$views",
    "x.tmp",
    "-rf",
    "also",
    "taken",
    "ilo",
    "..views",
    " ",
)


@dataclass(slots=True)
class Tried:
    """How much was tried, and in which rounds something went wrong."""

    rounds: int = 0
    mails: int = 0
    files: int = 0
    wrong: list[str] = field(default_factory=list)


def try_anything(seed: int, goes_on: Callable[[Tried], bool]) -> Tried:
    """Send round after round while it `goes_on`; none may end early, or keep waiting what is behind."""
    tried = Tried()
    while goes_on(tried):
        with TemporaryDirectory() as folder, _called(Path(folder)) as installation:
            letters = letters_of(installation)
            for _ in range(_ROUNDS_OF_A_HOME):
                random = Random(f"{seed} {tried.rounds}")  # noqa: S311 (what is tried, and no secret)
                for part in (_mailed, _dropped):
                    try:
                        part(installation, letters, random, tried)
                    except Exception as error:  # noqa: BLE001 (that is what is looked for)
                        tried.wrong.append(f"round {tried.rounds}, {part.__name__}: {error!r}")
                tried.rounds += 1
                if not goes_on(tried):
                    break
    return tried


def _called(home: Path) -> Installation:
    """Open an installation whose contributors were asked."""
    installation = workplace_in(home, languages=TWO_LANGUAGES)
    for on in (TODAY, CALLED, LEFT):
        enforce(installation, on, at(on))
        dispatch(installation, on, at(on), Listed().open_channels)
    return installation


def _mailed(installation: Installation, letters: Letters, random: Random, tried: Tried) -> None:
    """Take in broken mails and a sound one behind them; each has a fate."""
    cases = [case.content for case in every_case(letters)]
    behind = with_word(reply(letters.own), f"behind {tried.rounds}.docx").as_bytes()
    contents = [_broken_mail(random, cases) for _ in range(_MAILS)]
    places = [f"round {tried.rounds} mail {number}" for number in range(_MAILS + 1)]
    with reader_of(installation) as reader:
        arrivals = Arrivals(Intake(installation, LEFT), reader, at(LEFT, 9), Collected())
        fates = [arrivals.take(place, each) for place, each in zip(places, [*contents, behind], strict=True)]
    tried.mails += len(fates)
    with reading(installation.engine) as session:
        known = {kept.item.place for kept in inbox(session) if kept.fate}
        left = [item.place for item in interrupted(session)]
    assert None not in fates, f"read again next time: {fates}"
    assert fates[-1] is Fate.TAKEN, f"the sound mail behind the others: {fates[-1]}"
    assert known >= set(places), f"without a fate: {set(places) - known}"
    assert not left, f"interrupted: {left}"


def _broken_mail(random: Random, cases: list[bytes]) -> bytes:
    if random.random() < 0.5:
        return _broken(random, random.choice(cases), MAIL_PIECES)
    mail = reply("<nobody@example.org>", sender=random.choice(("ilo", "who", "stranger")))
    kind = random.choice(_FILE_KINDS)
    mail.add_attachment(_broken_file(random, kind), "application", "octet-stream", filename=f"views.{kind}")
    return mail.as_bytes()


def _dropped(installation: Installation, _letters: Letters, random: Random, tried: Tried) -> None:
    """Read a drop folder with broken files in odd folders, and a sound one; that one is taken."""
    incoming, sound = installation.settings.incoming, f"behind-{tried.rounds}.txt"
    for _ in range(_FILES):
        _put(random, incoming)
    place = incoming / CYCLE / "who" / sound
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(f"Our views, {tried.rounds}.", encoding="utf-8")
    done = Collected()
    with reader_of(installation) as reader:
        read_folder(Intake(installation, LEFT), reader, at(LEFT, 10), done)
    tried.files += _FILES + 1
    outcomes = [row["outcome"] for row in done.rows]
    assert f"{sound}: taken" in {each.partition(";")[0] for each in outcomes}, f"{outcomes} {done.findings}"
    assert not any("not read to its end" in each for each in done.findings), done.findings


def _put(random: Random, incoming: Path) -> None:
    """Put a broken file, or something that is none, anywhere into the drop folder."""
    kind = random.choice(_FILE_KINDS)
    folders = random.choice(([*CYCLE.split("/"), "ilo"], [*CYCLE.split("/"), "nobody"], ["x"] * 40, []))
    way = [*folders, *random.sample(_NAMES, random.randrange(3))]
    folder = incoming.joinpath(*way)
    name = f"{random.choice(_NAMES)}-{random.randrange(10**6)}.{kind}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        random.choice(_MAKERS)(folder / name, partial(_broken_file, random, kind))
    except (FileExistsError, NotADirectoryError):
        return  # a file has the name of a folder: what lies there already is odd enough


def _as_file(place: Path, content: Callable[[], bytes]) -> None:
    place.write_bytes(content())


def _as_link(place: Path, _content: Callable[[], bytes]) -> None:
    place.symlink_to(Path("/etc/passwd"))


def _as_pipe(place: Path, _content: Callable[[], bytes]) -> None:
    os.mkfifo(place)


def _as_folder(place: Path, content: Callable[[], bytes]) -> None:
    place.mkdir()
    (place / "views.pdf").write_bytes(content())


_MAKERS = (*[_as_file] * 6, _as_link, _as_pipe, _as_folder)


def _broken_file(random: Random, kind: str) -> bytes:
    if kind == "pdf":
        return _broken(random, pdf(), _PDF_PIECES)
    if random.random() < 0.3:
        return _broken(random, _OFFICE[kind], _XML_PIECES)
    with ZipFile(BytesIO(_OFFICE[kind])) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for name in random.sample(sorted(parts), random.randrange(1, 3)):
        parts[name] = _broken(random, parts[name], _XML_PIECES)
    return zipped(parts)


def _broken(random: Random, content: bytes, pieces: tuple[bytes, ...]) -> bytes:
    """Return a content in which a few stretches were replaced: by pieces of its kind, or by any bytes."""

    def piece() -> bytes:
        return random.choice((*pieces, b"<" * 999, random.randbytes(random.randrange(40))))

    count = random.randrange(1, 6)
    return edited(content, [(random.random(), random.choice((0, 0.01, 0.2)), piece()) for _ in range(count)])
