"""Collecting: two ways in, and neither waits for the other."""

from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import SecretStr

from tasks.enforcement.enforcement import enforce
from tasks.inputs.collecting import collect
from tasks.installation.installation import Installation
from tests.input_packages.files import word
from tests.installations import TODAY, at, workplace_in
from tests.tasks.inputs.drops import GROUPS, dropped


@pytest.fixture
def installation(tmp_path: Path):
    with workplace_in(tmp_path) as opened:
        enforce(opened, TODAY, at(TODAY))
        yield opened


def with_mailbox(installation: Installation, address: str) -> Installation:
    settings = installation.settings.model_copy(update={"mailbox": SecretStr(address)})
    return replace(installation, settings=settings)


@pytest.mark.parametrize(
    "address", ["imap://127.0.0.1:1/INBOX", "imap://[/INBOX", "imap://127.0.0.1:x/INBOX"]
)
def test_a_mailbox_that_cannot_be_read_does_not_close_the_drop_folder(address, installation):
    dropped(installation, f"{GROUPS}/ilo/views.docx", word())
    done = collect(with_mailbox(installation, address), TODAY, at(TODAY, 8))
    assert [row["person"] for row in done.rows] == ["ilo"]
    [finding] = done.findings
    assert "mailbox" in finding or "MANDATES_MAILBOX" in finding


def test_a_drop_folder_that_is_none_is_a_finding(installation):
    installation.settings.incoming.write_bytes(b"a file")
    done = collect(installation, TODAY, at(TODAY, 8))
    assert done.findings == [
        "the drop folder was not read to its end: Not a directory; the rest waits for the next run"
    ]


def test_an_empty_or_missing_folder_is_nothing_to_do(installation):
    done = collect(installation, TODAY, at(TODAY, 8))
    assert (done.rows, done.findings) == ([], [])
    installation.settings.incoming.mkdir()
    done = collect(installation, TODAY, at(TODAY, 8))
    assert (done.rows, done.findings) == ([], [])
