import json
from pathlib import Path
from typing import Any

from tasks.dispatch.dispatching import dispatch
from tasks.enforcement.enforcement import enforce
from tasks.operations.journal import dispatched, enforced, journal
from tests.installations import TODAY, Listed, at, workplace_in

NOW = at(TODAY)


def kept(home: Path, *, log_json: bool) -> list[dict[str, Any]]:
    with workplace_in(home) as installation:
        settings = installation.settings.model_copy(update={"log_json": log_json})
        done = enforce(installation, TODAY, NOW, obligation="working-group-review")
        journal(settings, NOW, enforced(done))
        journal(settings, NOW, dispatched(dispatch(installation, TODAY, NOW, Listed().open_channels)))
    file = home / "logs" / "journal.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []


def test_everything_a_run_did_is_a_line_with_the_keys_to_look_it_up_by(tmp_path: Path):
    lines = kept(tmp_path, log_json=True)
    key = "working-group-review/2026:opening:begins:iom:email"
    of_iom = [line for line in lines if line.get("notice") == key]
    common = {
        "at": "2026-11-23T06:00:00+00:00",
        "obligation": "working-group-review",
        "cycle": "working-group-review/2026",
        "notice": key,
    }
    assert of_iom == [
        common | {"event": "entered", "state": "entered"},
        common | {"event": "dispatched", "state": "sent"},
    ]
    assert {line["event"] for line in lines} == {"opened", "entered", "enforced", "dispatched"}


def test_no_line_holds_an_address_or_anything_that_was_written(tmp_path: Path):
    assert [line for line in kept(tmp_path, log_json=True) if "@" in str(line)] == []


def test_nothing_is_kept_unless_it_is_asked_for(tmp_path: Path):
    assert kept(tmp_path, log_json=False) == []
