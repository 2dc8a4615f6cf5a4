"""What has been kept long enough is ended, class by class; what proves stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from policies.pack.retention import Period, Retention, load_retention
from policies.problems import RefusedFileError
from records.chain.audit import breaks
from records.database import reading
from records.inbox import inbox
from records.ledger.letters import letter_of
from records.ledger.notices import notices_of
from records.runs import last_run
from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.inputs.arriving import Arrivals
from tasks.inputs.collected import Collected
from tasks.inputs.intake import Intake
from tasks.inputs.submitting import reader_of
from tasks.installation.installation import Installation
from tasks.operations.inbox import UndecidableItemError, opened
from tasks.operations.retention import end_what_is_over
from tests.input_packages.files import OLE, repacked, word
from tests.installations import TODAY, at, workplace_in
from tests.tasks.inputs.mails import reply, with_word
from tests.tasks.sent import sent

CYCLE = "working-group-review/2026"
PERIODS = Retention()


@pytest.fixture
def installation(tmp_path: Path):
    with workplace_in(tmp_path) as workplace:
        enforce(workplace, TODAY, at(TODAY))
        dispatch(workplace, TODAY, at(TODAY))
        bad = repacked(word(), {"word/vbaProject.bin": OLE})
        sent(workplace, CYCLE, "ilo", {"macros.docx": bad, "views.docx": word()}, TODAY)
        yield workplace


def letters(installation: Installation) -> list[bytes | None]:
    with reading(installation.engine) as session:
        names = {n.letter for n in notices_of(session) if n.letter}
        return [letter_of(session, name) for name in sorted(names)]


def ended(installation: Installation, days: int) -> dict[str, int]:
    on = TODAY + timedelta(days=days)
    return {name: count for name, count in end_what_is_over(installation, on, at(on)).counts.items() if count}


def test_nothing_is_ended_before_its_time(installation: Installation):
    before = letters(installation)
    assert ended(installation, 1) == {}
    assert letters(installation) == before


def test_letters_end_after_their_period_and_their_seals_stay(installation: Installation):
    count = len(letters(installation))
    assert "letters" not in ended(installation, PERIODS.letters.days)
    assert ended(installation, PERIODS.letters.days + 1)["letters"] == count
    on = TODAY + timedelta(days=PERIODS.letters.days + 1)
    assert letters(installation) == [f"forgotten on {on}".encode()] * count
    with reading(installation.engine) as session:
        assert list(breaks(session)) == []
    assert "letters" not in ended(installation, PERIODS.letters.days + 2)


def test_what_came_by_mail_ends_and_that_it_came_stays(installation: Installation):
    for name, sender in (("known", "ilo"), ("unknown", "stranger")):
        with reader_of(installation) as reader:
            arrivals = Arrivals(Intake(installation, TODAY), reader, at(TODAY, 9), Collected())
            arrivals.take(name, with_word(reply("", sender=sender)).as_bytes())
    assert ended(installation, PERIODS.strangers.days + 1)["addresses of strangers"] == 1
    assert ended(installation, PERIODS.inbox.days + 1)["messages to us"] == 2
    with reading(installation.engine) as session:
        known, unknown = inbox(session)
        assert (known.sender, unknown.sender.partition(" on ")[0]) == ("ilo@example.org", "forgotten")
        assert (known.fate.fate if known.fate else "", unknown.item.received_on) == ("needs-a-person", TODAY)
        with pytest.raises(UndecidableItemError, match="what item 1 holds is not kept"):
            opened(installation, known)
        assert list(breaks(session)) == []


def test_refused_files_end_and_those_that_were_taken_stay(installation: Installation):
    settings = installation.settings
    taken = sorted(file.name for file in settings.inputs.iterdir())
    assert len(list(settings.quarantine.iterdir())) == 1
    ended(installation, PERIODS.refused.days + 1)
    assert list(settings.quarantine.iterdir()) == []
    assert sorted(file.name for file in settings.inputs.iterdir()) == taken


def test_what_still_waits_in_the_drop_folder_stays_however_old_it_is(installation: Installation):
    folder = installation.settings.incoming / CYCLE / "ilo"
    (folder / "taken").mkdir(parents=True)
    for file in (folder / "waits.docx", folder / "taken" / "views.docx"):
        file.write_bytes(b"something")
        os.utime(file, (at(TODAY).timestamp(),) * 2)
    assert ended(installation, PERIODS.incoming.days + 2)["incoming files"] == 1
    assert (folder / "waits.docx").exists()


def test_the_journal_loses_its_oldest_lines_and_old_logs_go(installation: Installation):
    logs = installation.settings.home / "logs"
    logs.mkdir()
    late = TODAY + timedelta(days=60)
    lines = [f'{{"at": "{at(on).isoformat()}", "event": "enforced"}}\n' for on in (TODAY, late)]
    (logs / "journal.jsonl").write_text("".join(lines), encoding="utf-8")
    (logs / "server.log").write_text("old", encoding="utf-8")
    os.utime(logs / "server.log", (at(TODAY).timestamp(),) * 2)
    found = ended(installation, PERIODS.logs.days + 2)
    assert (found["journal lines"], found["logs"]) == (1, 1)
    assert (logs / "journal.jsonl").read_text(encoding="utf-8") == lines[1]


def test_it_leaves_a_heartbeat_that_says_what_went(installation: Installation):
    ended(installation, 1)
    with reading(installation.engine) as session:
        run = last_run(session, "retention")
        assert run
        assert run.as_of == TODAY + timedelta(days=1)


def test_a_pack_changes_a_period_with_its_reason(tmp_path: Path):
    (tmp_path / "retention.toml").write_text(
        '[letters]\ndays = 3653\nbecause = "the archives ask for ten years"\n', encoding="utf-8"
    )
    found = load_retention(tmp_path)
    assert found.letters == Period(days=3653, because="the archives ask for ten years")
    assert found.logs == PERIODS.logs


def test_a_period_without_a_reason_is_refused(tmp_path: Path):
    (tmp_path / "retention.toml").write_text("[letters]\ndays = 10\n", encoding="utf-8")
    with pytest.raises(RefusedFileError, match="because"):
        load_retention(tmp_path)
