"""`mandates doctor`: also where mail leaves and comes in, and never with a password."""

from pathlib import Path

import pytest

from input_packages.reading.confinement import this_kernel
from tests.cli.command import Mandates
from tests.kernels import LANDLOCK, SECCOMP


def test_it_says_where_mail_leaves_and_comes_in(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    told = mandates(
        "doctor",
        MANDATES_CHANNELS_EMAIL="rmails://keeper:hunter2@mail.example.org:465",
        MANDATES_CHANNELS_TEAM_CHAT="json://example.org/hunter2",
        MANDATES_MAILBOX="imaps://keeper:hunter2@imap.example.org/Replies",
    )
    assert told.code == 0
    assert "mail out   from United Nations Network on Migration <mandates@network.example.org>" in told.out
    assert "           email: mail server mail.example.org:465, with TLS" in told.out
    assert "           team-chat: json://…" in told.out
    assert "mail in    mailbox: Replies at imap.example.org:993, with TLS" in told.out
    assert f"           folder: {mandates.home}/incoming" in told.out
    assert "hunter2" not in told.out + told.err


ALL_THE_SAME = "files are opened all the same; to have none opened, set MANDATES_READER=confined"
NONE = "no file is opened (MANDATES_READER=confined), and each waits for a person"
MACHINES = {
    "neither": ((LANDLOCK, SECCOMP), {}, "Landlock and seccomp", ALL_THE_SAME),
    "seccomp alone": ((LANDLOCK,), {}, "Landlock", ALL_THE_SAME),
    "Landlock alone": ((SECCOMP,), {}, "seccomp", ALL_THE_SAME),
    "neither, and a setting": (
        (LANDLOCK, SECCOMP),
        {"MANDATES_READER": "confined"},
        "Landlock and seccomp",
        NONE,
    ),
}


@pytest.mark.skipif(bool(this_kernel().missing), reason=f"this kernel has no {this_kernel().missing}")
@pytest.mark.parametrize("setting", [{}, {"MANDATES_READER": "confined"}])
def test_it_says_that_this_machine_confines_who_opens_files(setting, tmp_path: Path):
    told = Mandates(tmp_path / "home")("doctor", **setting)
    assert "reader     confined by Landlock and seccomp\n" in told.out
    assert "the kernel of this machine has no" not in told.out


@pytest.mark.skipif(bool(this_kernel().missing), reason=f"this kernel has no {this_kernel().missing}")
@pytest.mark.parametrize(("lacking", "setting", "missing", "outcome"), MACHINES.values(), ids=MACHINES)
def test_it_says_that_a_machine_cannot_and_what_follows(lacking, setting, missing, outcome, tmp_path: Path):
    told = Mandates(tmp_path / "home", lacking)("doctor", **setting)
    assert f"reader     not confined, for the kernel has no {missing}; {outcome}\n" in told.out
    assert (
        f"no {missing} to confine the reader of files that people send: {outcome}; run on Linux" in told.out
    )


def test_a_setting_that_means_nothing_is_refused(tmp_path: Path):
    told = Mandates(tmp_path / "home")("doctor", MANDATES_READER="open")
    assert told.code == 2
    assert "MANDATES_READER: found 'open'" in told.err
    assert "'confined'" in told.err
