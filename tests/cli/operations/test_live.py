"""`mandates live`, and what every command says of a record that is not the live one."""

import shutil
from pathlib import Path

from tests.cli.command import Mandates

NOT_SENT = "nothing is sent from here"


def test_a_restored_home_sends_nothing_until_a_named_person_says_that_it_is_the_live_one(tmp_path: Path):
    mandates, other = Mandates(tmp_path / "home"), Mandates(tmp_path / "other")
    mandates.imported()
    mandates("enforce", "working-group-review")
    mandates("backup", str(tmp_path / "backup.zip"))
    assert "mandates live --by NAME" in other("restore", str(tmp_path / "backup.zip")).out
    files = sorted(path.name for path in (other.home / "outbox").iterdir())
    enforced = other("enforce")
    assert (enforced.code, enforced.out.count(NOT_SENT), "\n0 sent, " in enforced.out) == (0, 1, True)
    assert sorted(path.name for path in (other.home / "outbox").iterdir()) == files
    for command in ("status", "doctor"):
        assert "this record was restored from backup.zip" in " ".join(other(command).out.split())
    watched = other("watch", MANDATES_WATCH_TO="head@example.org")
    assert (watched.code, watched.out.startswith("Nothing is sent from here: this record was")) == (1, True)
    assert other("live").code == 2
    live = other("live", "--by", "Amal Haddad")
    assert (live.code, "Stop every other copy first" in live.out) == (0, True)
    assert "the live one from now on, as declared by Amal Haddad" in live.out
    assert NOT_SENT not in other("enforce").out
    assert len(list((other.home / "outbox").iterdir())) > len(files)
    assert other("live", "--by", "Amal Haddad").out.endswith("already; nothing was changed.\n")


def test_a_trial_in_a_new_home_writes_to_one_address_alone(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    trial = {"MANDATES_TRIAL": "me@example.org"}
    assert mandates("status", MANDATES_TRIAL="me").code == 2
    mandates("status")  # a look before does not settle what the home is for
    assert "all of it to me@example.org" in mandates("doctor", **trial).out
    mandates("enforce", **trial)
    mails = [file.read_text(encoding="utf-8") for file in (mandates.home / "outbox").glob("*.eml")]
    assert len(mails) > 0
    assert [mail for mail in mails if "<me@example.org>" not in mail.partition("\n\n")[0]] == []
    assert "was used for a trial" in mandates("enforce").out


def test_a_copied_home_is_recognised(tmp_path: Path):
    mandates, copy = Mandates(tmp_path / "home"), Mandates(tmp_path / "copy")
    mandates.imported()
    mandates("enforce")
    shutil.copytree(mandates.home, copy.home)
    assert "the record is live at" in " ".join(copy("status").out.split())
    assert NOT_SENT not in mandates("status").out
