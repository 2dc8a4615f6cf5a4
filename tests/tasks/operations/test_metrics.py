from pathlib import Path

import pytest

from tasks.enforcement.enforcement import enforce
from tasks.operations.metrics import as_text, figures, write_figures
from tests.installations import TODAY, at, workplace_in

pytestmark = pytest.mark.usefixtures("each_database")


def lines(text: str) -> dict[str, float]:
    found = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in found}


def test_figures_count_what_is_on_record_and_name_nobody(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        done = enforce(installation, TODAY, at(TODAY))
        text = as_text(figures(installation, TODAY))
    told = lines(text)
    assert told["mandates_last_enforcement_timestamp_seconds"] == at(TODAY).timestamp()
    assert told['mandates_notices{state="entered"}'] == len(done.notices)
    assert told['mandates_notices{state="unknown"}'] == 0
    assert told["mandates_opened_cycles"] == len(done.opened)
    assert told["mandates_breaches"] == len(done.breached)
    assert told["mandates_findings"] == len(done.findings)
    assert (told["mandates_incident"], told["mandates_rules_refused"]) == (0, 0)
    assert "@" not in text


def test_the_file_is_written_where_the_settings_name_one(tmp_path: Path):
    with workplace_in(tmp_path) as installation:
        write_figures(installation, TODAY)
        assert list(tmp_path.glob("*.prom")) == []
    settings = installation.settings.model_copy(update={"metrics_file": tmp_path / "mandates.prom"})
    with workplace_in(tmp_path) as again:
        write_figures(type(again)(settings, again.pack, again.engine), TODAY)
    assert lines((tmp_path / "mandates.prom").read_text("utf-8"))["mandates_opened_cycles"] == 0
