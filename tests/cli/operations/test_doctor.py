"""`mandates doctor`: also where mail leaves and comes in, and never with a password."""

from pathlib import Path

from tests.cli.command import Mandates


def test_it_says_where_mail_leaves_and_comes_in(tmp_path: Path):
    mandates = Mandates(tmp_path / "home")
    told = mandates(
        "doctor",
        MANDATES_CHANNELS_EMAIL="rmails://keeper:hunter2@mail.example.org:465",
        MANDATES_CHANNELS_TEAM_CHAT="json://example.org/hunter2",
        MANDATES_MAILBOX="imaps://keeper:hunter2@imap.example.org/Replies",
    )
    assert told.code == 0
    assert (
        "mail out   from UN Network on Migration (Mandate Keeper) <mandates@network.example.org>" in told.out
    )
    assert "           email: mail server mail.example.org:465, with TLS" in told.out
    assert "           team-chat: json://…" in told.out
    assert "mail in    mailbox: Replies at imap.example.org:993, with TLS" in told.out
    assert f"           folder: {mandates.home}/incoming" in told.out
    assert "hunter2" not in told.out + told.err
