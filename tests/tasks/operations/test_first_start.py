"""The first start: the shipped history comes first, once, and the record is live where that was."""

from datetime import date
from pathlib import Path

from records.database import reading
from records.facts.facts import read_facts
from records.places import Use, last_use
from tasks.installation.installation import open_installation
from tasks.installation.last_good import people_copy
from tasks.installation.settings import Settings
from tasks.operations.first_start import first_start
from tests.installations import TODAY, at, directory, record, workplace_in


def test_the_history_is_in_a_new_record_before_anything_else_can_contradict_it(tmp_path: Path):
    with open_installation(Settings(home=tmp_path)) as installation:
        taken = first_start(installation, TODAY, at(TODAY))
        assert taken is not None
        assert taken.new == 24
        assert directory(installation).name_of("ilo") == "ILO focal point"
        assert people_copy(installation.settings).is_file()
        with reading(installation.engine) as session:
            said = last_use(session)
            assert said is not None
            assert (said.use, said.recorded_by) == (Use.LIVE, "mandates")
        assert first_start(installation, TODAY, at(TODAY)) is None
        with reading(installation.engine) as session:
            assert last_use(session).id == said.id  # type: ignore[union-attr]  # there was one above


def test_a_record_that_holds_something_is_left_as_people_made_it(tmp_path: Path):
    with workplace_in(tmp_path, {}) as installation:
        completion = {
            "obligation": "annual-meeting",
            "completed_on": date(2025, 12, 1),
            "evidence": "minutes",
        }
        record(installation, {"completions": [completion]}, TODAY)
        assert first_start(installation, TODAY, at(TODAY)) is None
        with reading(installation.engine) as session:
            assert len(read_facts(session).completions) == 1
