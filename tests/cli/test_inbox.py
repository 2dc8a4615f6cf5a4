"""The inbox at a terminal: what waits is shown with what to do, and decided once."""

import shutil
from pathlib import Path

import pytest

from flows.clock import now, today
from input_packages.reading.confinement import this_kernel
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import reader_of
from tests.cli.command import Mandates
from tests.installations import workplace_in
from tests.kernels import LANDLOCK
from tests.tasks.inputs.mails import reply, with_word

BY = ("--by", "an officer")
CYCLE = "working-group-review/2026"
WHY = ("--reason", "it is for the review")


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Mandates:
    """A home in which mails wait: a text, a document, one that nobody can read, and a forwarded one."""
    home = tmp_path_factory.mktemp("home")
    made = Mandates(home)
    with workplace_in(home) as installation, reader_of(installation) as reader:
        assert made("enforce").code == 0
        on = today(installation.zone)
        arrivals = Arrivals(Intake(installation, on), reader, now(), Collected())
        arrivals.take(
            "1", reply("", "Nothing to add.\x1b[31m", sender="ilo", subject="\x1b]0;x\x07").as_bytes()
        )
        quoting = "Attached.\n\nOn Fri, Oct 8, 2027 at 9:00 AM Office <s@example.org> wrote:\n> a\n> b\n> c"
        arrivals.take("2", with_word(reply("", quoting, sender="undp"), "views.docx").as_bytes())
        arrivals.take("3", b"From: ilo@example.org\n" + b"X: y\n" * 5000)
        arrivals.take("4", reply("", sender="stranger").as_bytes())
        forwarding = reply("", "See below.", sender="who")
        forwarding.add_attachment(with_word(reply("", "Our views.", sender="boss"), "../boss.docx"))
        arrivals.take("5", forwarding.as_bytes())
    return made


@pytest.fixture
def mandates(waiting: Mandates, tmp_path: Path) -> Mandates:
    """A copy of that home, for what changes it."""
    shutil.copytree(waiting.home, tmp_path / "home")
    return Mandates(tmp_path / "home")


def test_what_a_mail_program_quoted_is_shown_when_it_is_asked_for(waiting: Mandates):
    shown = waiting("inbox", "show", "2").out
    assert "Attached." in shown
    assert "> b" not in shown
    assert "not shown: 4 lines; see: mandates inbox show 2 --whole" in " ".join(shown.split())
    assert "> b" in waiting("inbox", "show", "2", "--whole").out


def test_what_waits_is_listed_and_shown_without_what_a_terminal_obeys(waiting: Mandates):
    rows = waiting("inbox", "list", "--json").json
    assert [(row["item"], row["person"], row["fate"]) for row in rows] == [
        ("1", "ilo", "needs-a-person"),
        ("2", "undp", "needs-a-person"),
        ("3", "ilo", "set-aside"),
        ("5", "who", "needs-a-person"),
    ]
    assert len(waiting("inbox", "list", "--all", "--json").json) == 5
    shown = waiting("inbox", "show", "1")
    assert shown.code == 0
    assert "Nothing to add." in shown.out
    assert "\\x1b]0;x\\x07" in shown.out
    assert "\x1b" not in shown.out + waiting("inbox", "list").out
    assert "nothing but its From line" in shown.out
    unreadable = waiting("inbox", "show", "3")
    assert unreadable.code != 0
    assert "item 3 cannot be read" in unreadable.err


def test_an_item_is_placed_answered_or_dismissed_by_name(mandates: Mandates):
    placed = mandates("inbox", "place", "2", CYCLE, *WHY, *BY)
    assert placed.code == 0
    assert "views.docx: taken" in placed.out
    answered = mandates("inbox", "answer", "1", CYCLE, "--kind", "nil-return", *WHY, *BY)
    assert (answered.code, answered.out) == (0, "recorded\n")
    assert mandates("inbox", "dismiss", "3", "--reason", "rubbish", *BY).code == 0
    assert mandates("inbox", "dismiss", "5", "--reason", "rubbish", *BY).code == 0
    assert "nothing waits for a person" in mandates("inbox", "list").out
    again = mandates("inbox", "dismiss", "2", *WHY, *BY)
    assert again.code != 0
    assert f"item 2 was decided on {today('UTC')} by an officer (taken)" in again.err
    assert mandates("doctor").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "99"), "no item has the number 99; see: mandates inbox list --all"),
        (("show", "0"), "--"),
        (("place", "1", CYCLE, *WHY, *BY), "item 1 has no document"),
        (("place", "2", "annual-meeting/1999", *WHY, *BY), "'annual-meeting/1999' is not an opened cycle"),
        (("place", "3", CYCLE, *WHY, *BY), "item 3 cannot be read"),
        (("answer", "1", CYCLE, "--kind", "soon", *WHY, *BY), "found 'soon'; expected one of: nil-return"),
        (("answer", "1", CYCLE, "--kind", "document", *WHY, *BY), "taken with: mandates inbox place"),
        (
            ("answer", "1", CYCLE, "--kind", "message", *WHY, *BY),
            "found 'message'; expected one of: nil-return",
        ),
        (("answer", "1", CYCLE, "--kind", "more-time", *WHY, *BY), "until: a more-time needs it"),
        (("answer", "4", CYCLE, "--kind", "nil-return", *WHY, *BY), "nobody knows whose item 4 is"),
        (("dismiss", "1", "--reason", "x"), "--by"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_what_to_do(
    waiting: Mandates, words: tuple[str, ...], told: str
):
    answer = waiting("inbox", *words)
    assert answer.code != 0
    assert told in " ".join(answer.err.split())
    assert "Traceback" not in answer.err


@pytest.mark.skipif(bool(this_kernel().missing), reason=f"this kernel has no {this_kernel().missing}")
def test_what_may_not_be_opened_here_is_not_placed_and_waits_on(mandates: Mandates):
    elsewhere = Mandates(mandates.home, (LANDLOCK,))
    placed = elsewhere("inbox", "place", "2", CYCLE, *WHY, *BY, MANDATES_READER="confined")
    assert (placed.code, placed.out) == (1, "")
    assert "its kernel has no Landlock, and MANDATES_READER=confined" in placed.err
    assert "2" in [row["item"] for row in mandates("inbox", "list", "--json").json]
    assert elsewhere("inbox", "place", "2", CYCLE, *WHY, *BY).code == 0


def test_what_was_forwarded_is_shown_written_out_and_taken(mandates: Mandates, tmp_path: Path):
    shown = mandates("inbox", "show", "5").out
    assert "boss.docx" in shown
    assert "Our views." in shown
    folder = tmp_path / "looked at"
    assert mandates("inbox", "save", "5", str(folder)).code == 0
    assert mandates("inbox", "save", "5", str(folder)).code == 0
    assert sorted(each.name for each in folder.iterdir()) == [
        "boss-2.docx",
        "boss.docx",
        "item-5-2.eml",
        "item-5.eml",
    ]
    assert (folder / "boss.docx").read_bytes().startswith(b"PK")
    taken = mandates("inbox", "place", "5", CYCLE, "--by", "an officer", *WHY)
    assert (taken.code, "boss.docx: taken" in taken.out) == (0, True)


def test_one_that_cannot_be_read_is_written_out_whole_and_a_strangers_is_not_there(
    mandates: Mandates, tmp_path: Path
):
    assert mandates("inbox", "save", "3", str(tmp_path / "3")).code == 0
    assert (tmp_path / "3" / "item-3.eml").read_bytes().startswith(b"From: ilo@example.org")
    gone = mandates("inbox", "save", "4", str(tmp_path / "4"))
    assert (gone.code, "not kept here" in gone.err, (tmp_path / "4").exists()) == (2, True, False)
    (tmp_path / "file").touch()
    refused = mandates("inbox", "save", "3", str(tmp_path / "file"))
    assert (refused.code, "not a folder" in refused.err) == (1, True)
