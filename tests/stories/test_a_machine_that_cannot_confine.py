"""A machine whose kernel cannot confine who opens files: what is read there, and who hears of it."""

import os
from pathlib import Path

import pytest

from input_packages.reading.confinement import Kernel, this_kernel
from input_packages.reading.reader import Reader, UnopenedError
from policies.status.inputs import BEING_READ
from records.database import reading
from records.facts.facts import read_facts
from records.inbox import Fate, inbox
from records.ledger.notices import notices_of
from records.submissions import submissions_for
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.folder.folder import read_folder
from tasks.inputs.intake import Intake
from tests.cli.command import FORKED, Mandates
from tests.days import day
from tests.input_packages.files import word
from tests.installations import TODAY, TWO_LANGUAGES, Listed, at, workplace_in
from tests.kernels import LANDLOCK, SECCOMP, lack
from tests.patience import ended_by_itself
from tests.tasks.inputs.drops import GROUPS, dropped, put_away, waiting
from tests.tasks.inputs.mails import CYCLE, PERSON, reply, with_word

HERE = this_kernel()
NOWHERE = "files cannot be opened safely on this machine"
NO_LANDLOCK = f"{NOWHERE}: its kernel has no Landlock, and MANDATES_READER=confined"
FINDING = "the kernel of this machine has no Landlock to confine the reader of files that people send"
ONLY_CONFINED = {"MANDATES_READER": "confined"}
CALLED, LEFT = day("Fri 2027-10-08"), day("Mon 2027-10-11")

can_confine = pytest.mark.skipif(
    bool(HERE.missing), reason=f"this kernel has no {HERE.missing} to be without"
)


def strict() -> Reader:
    return Reader(kernel=Kernel(0, HERE.seccomp or "x86_64"), only_confined=True)


@can_confine
def test_each_run_says_so_and_files_are_read_as_they_were(tmp_path: Path):
    mandates = Mandates(tmp_path / "home", (LANDLOCK,))
    mandates.imported()
    assert FINDING in mandates("enforce").out
    file = tmp_path / "home/incoming/working-group-review/2026/ilo/views.docx"
    file.parent.mkdir(parents=True)
    file.write_bytes(word())
    os.utime(file, (1, 1))
    told = mandates("collect")
    assert "views.docx: taken" in told.out
    assert FINDING in told.out
    assert "files are opened all the same" in told.out


@can_confine
def test_with_the_setting_no_file_is_opened_and_the_person_at_the_command_is_told(tmp_path: Path):
    mandates, file = Mandates(tmp_path / "home", (LANDLOCK, SECCOMP)), tmp_path / "views.docx"
    file.write_bytes(word())
    mandates.imported()
    assert mandates("enforce").code == 0
    told = mandates("submit", GROUPS, "ilo", str(file), "--by", "Ada", **ONLY_CONFINED)
    assert (told.code, told.out) == (1, "")
    assert f"{NOWHERE}: its kernel has no Landlock and seccomp, and MANDATES_READER=confined" in told.err
    elsewhere = Mandates(tmp_path / "home")(
        "submit", GROUPS, "ilo", str(file), "--by", "Ada", **ONLY_CONFINED
    )
    assert "views.docx: taken" in elsewhere.out


def test_with_the_setting_a_file_in_the_drop_folder_stays_and_waits_for_a_person(tmp_path: Path):
    with workplace_in(tmp_path) as installation, strict() as reader:
        enforce(installation, TODAY, at(TODAY))
        dropped(installation, f"{GROUPS}/ilo/views.docx", word())
        done = Collected()
        read_folder(Intake(installation, TODAY), reader, at(TODAY, 8), done)
        assert done.rows == []
        assert done.findings == [f"{GROUPS}/ilo/views.docx: left where it is: {NO_LANDLOCK}; look at it"]
        assert (waiting(installation), put_away(installation)) == ([f"{GROUPS}/ilo/views.docx"], [])
        with reading(installation.engine) as session:
            assert submissions_for(session, GROUPS) == []


def test_with_the_setting_a_file_that_came_by_mail_needs_a_person_and_its_sender_is_not_chased(
    tmp_path: Path,
):
    with workplace_in(tmp_path, languages=TWO_LANGUAGES) as installation, strict() as reader:
        for on in (TODAY, CALLED, LEFT):
            enforce(installation, on, at(on))
            dispatch(installation, on, at(on), Listed().open_channels)
        with reading(installation.engine) as session:
            called = [n for n in notices_of(session) if (n.kind, n.person) == ("call-for-inputs", PERSON)]
        mail = with_word(reply(str(called[0].letter)))
        arrivals = Arrivals(Intake(installation, LEFT), reader, at(LEFT, 9), Collected())
        assert arrivals.take("mail INBOX 1/1", mail.as_bytes()) is Fate.NEEDS_A_PERSON
        with reading(installation.engine) as session:
            [kept] = inbox(session)
            assert kept.fate
            assert (kept.fate.person, kept.fate.cycles, kept.fate.why) == (PERSON, [CYCLE], NO_LANDLOCK)
            assert submissions_for(session, CYCLE) == []
            assert [a.kind in BEING_READ for a in read_facts(session).answers if a.person == PERSON] == [True]


def _read_where_landlock_is_promised_and_not_there(file: Path) -> None:
    lack((LANDLOCK,))
    with Reader(kernel=HERE) as reader, pytest.raises(UnopenedError, match="did not confine"):
        reader.read(file)


@can_confine
def test_a_kernel_that_does_not_keep_its_word_has_no_file_opened(tmp_path: Path):
    file = tmp_path / "views.docx"
    file.write_bytes(word())
    process = FORKED.Process(target=_read_where_landlock_is_promised_and_not_there, args=(file,))
    process.start()
    assert ended_by_itself(process, "a reader") == 0
