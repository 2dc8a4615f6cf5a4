import json
from dataclasses import replace
from pathlib import Path

import pytest

from records.database import reading
from records.runs import ENFORCE, last_run
from tasks.installation.clock_guard import DayAheadError
from tasks.installation.runs import Asked, RunContext
from tasks.operations.day import build, decide, do_day, send
from tests.days import day
from tests.installations import TODAY, at, workplace_in

NOW = at(TODAY)
BY_HAND = Asked("Amal", "to see what is owed")
GROUPS = "working-group-review"


def test_a_day_is_decided_then_built_then_sent(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        done = do_day(installation, RunContext(TODAY, NOW, rehearsal=False), obligation=GROUPS, asked=BY_HAND)
        assert done.built
        assert done.sent
        assert done.decided.opened == ["working-group-review/2026"]
        assert [row["cycle"] for row in done.built.rows] == ["working-group-review/2026"]
        assert done.sent.letters == len(list(installation.settings.outbox.glob("*.eml"))) > 0
        every = (*done.decided.findings, *done.built.findings, *done.sent.findings)
        assert done.findings == list(dict.fromkeys(every))
        with reading(installation.engine) as session:
            runs = {flow: last_run(session, flow) for flow in (ENFORCE, "assemble", "dispatch")}
        assert {flow: run and run.recorded_by for flow, run in runs.items()} == dict.fromkeys(runs, "Amal")


def test_a_rehearsal_only_decides_and_takes_it_back(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        done = do_day(installation, RunContext(TODAY, NOW, rehearsal=True), obligation=GROUPS)
        with reading(installation.engine) as session:
            assert last_run(session, ENFORCE) is None
    assert (done.decided.opened, done.built, done.sent) == (["working-group-review/2026"], None, None)


def test_the_parts_done_one_by_one_are_the_day(tmp_path: Path):
    run_context = RunContext(TODAY, NOW, rehearsal=False)
    with workplace_in(tmp_path / "parts") as installation:
        parts = (
            decide(installation, run_context),
            build(installation, run_context),
            send(installation, run_context),
        )
    with workplace_in(tmp_path / "whole") as installation:
        whole = do_day(installation, run_context)
    assert whole.built
    assert whole.sent
    assert parts[0].counts() == whole.decided.counts()
    assert parts[1].rows == whole.built.rows
    assert parts[2].rows == whole.sent.rows


def test_a_day_that_a_person_confirmed_is_decided_built_and_sent(tmp_path: Path):
    ahead = day("Wed 2027-03-03")
    with workplace_in(tmp_path) as installation:
        do_day(installation, RunContext(TODAY, NOW, rehearsal=False), obligation=GROUPS)
        leap = RunContext(ahead, at(ahead), rehearsal=False)
        with pytest.raises(DayAheadError):
            do_day(installation, leap, obligation=GROUPS)
        done = do_day(installation, leap, obligation=GROUPS, confirmed=ahead)
    assert done.sent


def test_each_part_leaves_its_lines_in_the_journal(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        settings = installation.settings.model_copy(update={"log_json": True})
        keeping = replace(installation, settings=settings)
        do_day(keeping, RunContext(TODAY, NOW, rehearsal=False), obligation=GROUPS)
    lines = (tmp_path / "logs" / "journal.jsonl").read_text("utf-8").splitlines()
    events = list(dict.fromkeys(json.loads(line)["event"] for line in lines))
    assert events == ["opened", "entered", "enforced", "assembled", "dispatched"]
