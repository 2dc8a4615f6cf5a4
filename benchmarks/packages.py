"""Packages: 500 contributions in one, and pages beside WeasyPrint where it is installed."""

import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from tempfile import TemporaryFile
from time import perf_counter
from typing import TypeVar

import pikepdf

from benchmarks.documents import TEXT, pdf, word
from benchmarks.tables import Table
from input_packages.archive import build_into
from input_packages.contents import Contents, Contribution, Item, ProvisionText
from input_packages.documents import document
from input_packages.pages import page
from input_packages.reading_copy import Attached
from input_packages.typeset import printed

Result = TypeVar("Result")
CONTRIBUTIONS, ROWS = 500, 2000
AT = datetime(2026, 11, 23, 6, tzinfo=UTC)
ACTOR = {"en": "Network members", "ar": "أعضاء الشبكة"}
BASE = Contents(
    institution={"en": "United Nations Network on Migration", "ar": "شبكة الأمم المتحدة المعنية بالهجرة"},
    instrument={"en": "Terms of Reference", "ar": "الاختصاصات"},
    obligation="annual-meeting",
    title={"en": "Annual meeting of the Network", "ar": "الاجتماع السنوي للشبكة"},
    cycle="annual-meeting/2026",
    holder={"en": "Network Coordinator", "ar": "منسق الشبكة"},
    cadence={"en": "once a year", "ar": "مرة كل سنة"},
    evidence={"en": "the summary", "ar": "الموجز"},
    provisions=(ProvisionText(id="REV-3", says=ACTOR, source="Terms of Reference"),),
    opens_on=date(2026, 1, 1),
    due_on=date(2026, 12, 31),
    target_on=None,
    facts_upto=AT,
    languages=("en", "ar"),
)


def measure() -> Table:
    """Build and read; the large package in a process of its own, whose memory is its own too."""
    large = subprocess.run(
        [sys.executable, "-c", "from benchmarks.packages import large; large()"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    rows = [
        (f"a package of {CONTRIBUTIONS} contributions, two languages", large[0], f"{large[1]} MB at most")
    ]
    rows += [_pages(), *_weasyprint()]
    return Table("Packages", ("", "seconds", ""), rows)


def large() -> None:
    """Build the large package and print the seconds, and the largest memory in megabytes with its child's."""
    files = [word(), pdf(), TEXT.encode()]
    kinds, endings = ("word", "pdf", "text"), ("docx", "pdf", "txt")
    contributions = tuple(
        Contribution(
            annex=number + 1,
            person=f"member-{number}",
            name=f"Member {number}",
            actor=ACTOR,
            item="views",
            part=None,
            title="views",
            file=f"annex-{number + 1}-member-{number}.{endings[number % 3]}",
            kind=kinds[number % 3],
            bytes=len(files[number % 3]),
            sha256=sha256(files[number % 3]).hexdigest(),
            received_on=date(2026, 11, 2),
            version=1,
        )
        for number in range(CONTRIBUTIONS)
    )
    attached = {each.file: Attached(files[n % 3], TEXT) for n, each in enumerate(contributions)}
    started = perf_counter()
    with TemporaryFile() as archive:
        build_into(archive, replace(BASE, contributions=contributions), attached)
    taken = perf_counter() - started
    most = sum(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"{taken:.1f} {most // 1024}")


def _pages() -> tuple[str, str, str]:
    long = document(_long(), "en")
    taken, pdf = _timed(lambda: printed(long, AT))
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    return (
        f"a table of {ROWS} rows as tagged PDF (Typst)",
        f"{taken:.2f}",
        f"{pages / taken:.0f} pages a second",
    )


def _weasyprint() -> list[tuple[str, str, str]]:
    """The same content by WeasyPrint; nothing where it, or the libraries it needs, are not there."""
    if find_spec("weasyprint") is None:
        return [("the same by WeasyPrint", "-", "not installed here")]
    html_of = import_module("weasyprint").HTML  # a rival, installed by hand

    html = page(document(_long(), "en")).decode()
    taken, pdf = _timed(lambda: html_of(string=html).write_pdf(pdf_variant="pdf/ua-1"))
    with pikepdf.open(BytesIO(pdf)) as opened:
        pages = len(opened.pages)
    return [("the same by WeasyPrint", f"{taken:.2f}", f"{pages / taken:.0f} pages a second")]


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    started = perf_counter()
    result = work()
    return perf_counter() - started, result


def _long() -> Contents:
    items = (
        Item(id=f"item-{n}", title={"en": f"Item {n}: {TEXT[:90]}"}, basis="mandate", present=False)
        for n in range(ROWS)
    )
    return replace(BASE, items=tuple(items))
