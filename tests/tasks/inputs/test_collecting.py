"""The drop folder: whatever lies there, the run goes on and nothing is lost."""

import os
from pathlib import Path

import pytest

from records.database import reading
from records.facts.facts import read_facts
from records.submissions import submissions_for
from tasks.enforcement.enforcement import enforce
from tasks.inputs.collecting import collect
from tasks.installation.installation import Installation
from tests.input_packages.files import OLE, pdf, repacked, word
from tests.installations import TODAY, at, workplace_in

GROUPS = "working-group-review/2026"


@pytest.fixture
def installation(tmp_path: Path):
    with workplace_in(tmp_path) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def dropped(installation: Installation, where: str, content: bytes, hour: int = 7) -> Path:
    file = installation.settings.incoming / where
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    written = at(TODAY, hour).timestamp()
    os.utime(file, (written, written))
    return file


def left(installation: Installation) -> list[str]:
    root = installation.settings.incoming
    return sorted(file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file())


def test_each_file_goes_where_its_sender_sees_what_became_of_it(installation):
    dropped(installation, f"{GROUPS}/ilo/views.docx", word())
    dropped(installation, f"{GROUPS}/ilo/macros.docx", repacked(word(), {"word/vbaProject.bin": OLE}))
    dropped(installation, f"{GROUPS}/who/\u200fإسهام.pdf", pdf())
    dropped(installation, f"{GROUPS}/secretariat/progress-declaration/decl.pdf", pdf("Declaration"))
    done = collect(installation, TODAY, at(TODAY, 8))
    assert done.findings == []
    assert sorted((row["person"], row["outcome"].partition(":")[0]) for row in done.rows) == [
        ("ilo", "macros.docx"),
        ("ilo", "views.docx"),
        ("secretariat", "decl.pdf"),
        ("who", "إسهام.pdf"),
    ]
    assert left(installation) == [
        f"{GROUPS}/ilo/refused/macros.docx",
        f"{GROUPS}/ilo/refused/macros.docx.why.txt",
        f"{GROUPS}/ilo/taken/views.docx",
        f"{GROUPS}/secretariat/progress-declaration/taken/decl.pdf",
        f"{GROUPS}/who/taken/\u200fإسهام.pdf",
    ]
    why = installation.settings.incoming / GROUPS / "ilo" / "refused" / "macros.docx.why.txt"
    assert why.read_text().startswith("The file holds macros.")
    with reading(installation.engine) as session:
        assert [(r.person, r.item, r.way) for r in submissions_for(session, GROUPS) if r.accepted] == [
            ("ilo", "members-views", "folder"),
            ("secretariat", "progress-declaration", "folder"),
            ("who", "members-views", "folder"),
        ]
        assert {answer.person for answer in read_facts(session).answers_to(GROUPS)} >= {"ilo", "who"}
    assert collect(installation, TODAY, at(TODAY, 9)).rows == []


def test_a_folder_called_also_names_a_further_cycle_for_its_files(installation):
    dropped(
        installation, f"{GROUPS}/ilo/also/annual-meeting/2026/also/annual-workplan/2026/views.txt", b"views"
    )
    done = collect(installation, TODAY, at(TODAY, 8))
    named = f"{GROUPS}, annual-meeting/2026, annual-workplan/2026"
    assert [(row["cycle"], row["person"]) for row in done.rows] == [(named, "ilo")]
    with reading(installation.engine) as session:
        sums = [row.sha256 for cycle in named.split(", ") for row in submissions_for(session, cycle)]
    assert (len(sums), len(set(sums))) == (3, 1)
    assert left(installation)[0].endswith("annual-workplan/2026/taken/views.txt")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        (f"{GROUPS}/ilo/also/a.txt", "'/' is not an opened cycle"),
        (f"{GROUPS}/ilo/also/annual-meeting/a.txt", "'annual-meeting' is not an opened cycle"),
        (f"{GROUPS}/ilo/also/annual-meeting/2026/views/a.txt", "'views' is not an opened cycle"),
        ("loose.txt", "'/' is not an opened cycle"),
        ("working-group-review/1999/ilo/a.txt", "'working-group-review/1999' is not an opened cycle"),
        (f"{GROUPS}/stranger/a.txt", "'stranger' has no part in working-group-review/2026"),
        (f"{GROUPS}/ilo/poems/a.txt", "has no item 'poems'"),
    ],
)
def test_what_belongs_to_nobody_stays_and_is_a_finding_and_the_rest_is_taken(where, said, installation):
    dropped(installation, where, b"a")
    dropped(installation, f"{GROUPS}/who/good.txt", b"good")
    done = collect(installation, TODAY, at(TODAY, 8))
    [finding] = done.findings
    assert said in finding
    assert where in left(installation)
    assert [row["person"] for row in done.rows] == ["who"]


def test_a_link_is_never_followed(installation, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    folder = installation.settings.incoming / GROUPS / "ilo"
    folder.mkdir(parents=True)
    (folder / "views.txt").symlink_to(secret)
    done = collect(installation, TODAY, at(TODAY, 8))
    assert done.rows == []
    assert done.findings == [f"{GROUPS}/ilo/views.txt: not a file but a link or a device; left where it is"]


def test_what_is_still_written_waits_for_the_next_time(installation):
    file = dropped(installation, f"{GROUPS}/ilo/slow.txt", b"half", hour=8)
    assert collect(installation, TODAY, at(TODAY, 8)).rows == []
    os.utime(file, (at(TODAY, 8).timestamp(), at(TODAY, 8).timestamp()))
    assert len(collect(installation, TODAY, at(TODAY, 9)).rows) == 1


def test_litter_is_passed_over_and_no_file_is_put_over_another(installation):
    dropped(installation, f"{GROUPS}/ilo/~$views.docx", b"lock")
    dropped(installation, f"{GROUPS}/ilo/.DS_Store", b"litter")
    for hour, text in ((6, b"one"), (7, b"two")):
        dropped(installation, f"{GROUPS}/ilo/views.txt", text, hour)
        collect(installation, TODAY, at(TODAY, hour + 2))
    taken = sorted(
        file.name for file in (installation.settings.incoming / GROUPS / "ilo" / "taken").iterdir()
    )
    assert taken == ["views-2.txt", "views.txt"]
    assert {f"{GROUPS}/ilo/~$views.docx", f"{GROUPS}/ilo/.DS_Store"} <= set(left(installation))


def test_an_empty_or_missing_folder_is_nothing_to_do(installation):
    assert collect(installation, TODAY, at(TODAY, 8)).rows == []


def test_names_that_are_not_utf_8_stop_nothing(installation):
    answer = dropped(installation, f"{GROUPS}/ilo/views.docx", word())
    odd, named = os.fsdecode(b"caf\xe9.docx"), os.fsdecode(b"m\xe9dical")
    dropped(installation, f"{GROUPS}/who/{odd}", word())
    dropped(installation, f"{GROUPS}/ilo/refused-{odd}", repacked(word(), {"word/vbaProject.bin": OLE}))
    dropped(installation, f"{GROUPS}/{named}/inner/views.docx", word())
    dropped(installation, f"nowhere/{odd}", word())
    done = collect(installation, TODAY, at(TODAY, 8))
    assert sorted(" ".join(row["outcome"].split()[:2]) for row in done.rows) == [
        "caf.docx: taken",
        "refused-caf.docx: refused:",
        "views.docx: taken",
    ]
    assert not answer.exists()
    unplaced, nameless = sorted(done.findings)
    assert unplaced == (
        f"{installation.settings.incoming}/nowhere: caf\\udce9.docx: left where it is: "
        "'nowhere/' is not an opened cycle; see: mandates status"
    )
    assert nameless == (
        f"{GROUPS}/m\\udce9dical: a folder whose name is not in UTF-8 names no cycle and nobody; "
        "left as it is: rename it"
    )
