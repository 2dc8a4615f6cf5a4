"""Messages to read: what a preview writes, and a notice that is only planned."""

from pathlib import Path

import pytest

from tests.cli.command import Mandates


@pytest.fixture
def mandates(tmp_path: Path) -> Mandates:
    made = Mandates(tmp_path / "home")
    assert made.imported().code == 0
    return made


def test_the_preview_writes_messages_and_sends_none(mandates: Mandates, tmp_path: Path):
    answer = mandates("preview", "--days", "1", "--out", str(tmp_path / "seen"))
    messages = list((tmp_path / "seen").rglob("*.eml"))
    assert answer.code == 0
    assert answer.out.startswith(f"{len(messages)} messages from ")
    assert messages
    assert not (mandates.home / "outbox").exists()

    (tmp_path / "seen" / "notes.txt").write_text("mine", encoding="utf-8")
    assert (
        mandates("preview", "--as-of", "2035-06-05", "--days", "0", "--out", str(tmp_path / "seen")).code == 0
    )
    assert not [file for file in messages if file.exists()]
    assert (tmp_path / "seen" / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_planned_notice_is_shown_as_it_would_leave(mandates: Mandates):
    [key, *_] = [row["notice_key"] for row in mandates("notices", "--json").json if row["state"] == "planned"]
    shown = mandates("notices", "show", key)
    assert shown.code == 0
    assert "planned for 20" in shown.out
    assert "not in the ledger yet" in shown.out
