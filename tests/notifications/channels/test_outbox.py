import resource
from contextlib import contextmanager

import pytest

from notifications.channels import Outcome, open_channel
from tests.notifications.channels.mails import mail


@pytest.fixture
def outbox(tmp_path):
    return tmp_path / "made" / "when needed"


@pytest.fixture
def channel(outbox):
    with open_channel("outbox://", outbox=outbox) as channel:
        yield channel


@contextmanager
def files_of_at_most(size):
    """Let no file grow beyond `size` bytes, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_notice_becomes_one_file_with_a_name_people_can_read(channel, outbox):
    verdict = channel.send(mail())
    (file,) = outbox.iterdir()
    assert file.name == "2026-11-23-annual-meeting_2026_reminder_due-30_anna-35bfe93b685a.eml"
    assert file.read_bytes() == mail().content
    assert (verdict.outcome, verdict.text) == (Outcome.SENT, f"in the outbox as {file.name}")


def test_the_same_notice_never_makes_a_second_file(channel, outbox):
    first = mail()
    channel.send(first)
    verdict = channel.send(mail(day=24))
    (file,) = outbox.iterdir()
    assert file.read_bytes() == first.content
    assert (verdict.outcome, verdict.text) == (Outcome.SENT, f"already in the outbox as {file.name}")


def test_a_folder_that_leads_elsewhere_is_not_written_through(channel, outbox, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    outbox.parent.mkdir()
    outbox.symlink_to(elsewhere)
    verdict = channel.send(mail())
    assert verdict.outcome is Outcome.UNREACHED
    assert verdict.text == (
        f"the outbox {outbox} cannot be written: it is a symbolic link; "
        "put a folder of its own there, then they are written"
    )
    assert list(elsewhere.iterdir()) == []
    outbox.unlink()
    assert channel.send(mail()).outcome is Outcome.SENT


def test_several_notices_in_one_message_are_one_file_in_whatever_order(channel, outbox):
    channel.send(mail("a/b", others=["c/d", "e/f"]))
    channel.send(mail("e/f", others=["a/b", "c/d"]))
    assert channel.send(mail("a/b")).outcome is Outcome.SENT
    assert sorted(file.name for file in outbox.iterdir()) == [
        "2026-11-23-a_b+2-03556aee502f.eml",
        "2026-11-23-a_b-c14cddc033f6.eml",
    ]


def test_keys_that_look_alike_in_a_name_have_a_file_each(channel, outbox):
    for key in ("a/b", "a_b", "A/B", "../../a/b", "a/b" * 200, "a/b" * 200 + "c"):
        assert channel.send(mail(key)).outcome is Outcome.SENT
    names = [file.name for file in outbox.iterdir()]
    assert len(names) == 6
    assert all(len(name) < 200 and not name.startswith(".") for name in names)


def test_an_outbox_that_cannot_be_written_refuses_for_now(tmp_path):
    occupied = tmp_path / "occupied"
    occupied.write_text("not a folder")
    with open_channel("outbox://", outbox=occupied) as channel:
        verdict = channel.send(mail())
    assert verdict.outcome is Outcome.UNREACHED
    assert verdict.text == f"the outbox {occupied} cannot be written: File exists"


def test_a_full_disk_refuses_for_now_and_leaves_nothing_behind(channel, outbox):
    with files_of_at_most(100):
        verdict = channel.send(mail())
    assert (verdict.outcome, list(outbox.iterdir())) == (Outcome.UNREACHED, [])
    assert channel.send(mail()).outcome is Outcome.SENT
